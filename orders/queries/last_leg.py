"""kg CO2e of the last leg in a period, round by round, from measured ways and the kg that they carried."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from market.models import Authority, FactorSet
from market.queries.factors import active_set
from market.rules.transport import Round, driven_round
from orders.models import DrivenRound
from orders.rules.periods import Period

_CARRIED = """
SELECT s.driven_round_id, k.id, k.name, coalesce(sum(m.kg), 0), count(m.id) FILTER (WHERE m.kg IS NULL)
FROM orders_drivenround r
JOIN orders_drivenstop s ON s.driven_round_id = r.id AND s.retired_at IS NULL
JOIN kitchens_kitchen k ON k.id = s.kitchen_id
LEFT JOIN orders_calloff c ON c.kitchen_id = s.kitchen_id AND c.delivery_date = s.delivery_date AND c.state = 'placed'
LEFT JOIN orders_movement m ON m.call_off_id = c.id AND m.kind = 'delivered'
WHERE r.authority_id = %(authority)s AND r.delivery_date BETWEEN %(first)s AND %(last)s AND r.retired_at IS NULL
GROUP BY s.driven_round_id, k.id, k.name, k.sort_key ORDER BY k.sort_key
"""
_DAYS = """
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT FROM orders_drivenstop s WHERE s.kitchen_id = d.kitchen_id AND s.delivery_date = d.day AND s.retired_at IS NULL))
FROM (SELECT DISTINCT t.kitchen_id, t.day FROM orders_tally t
      WHERE t.authority_id = %(authority)s AND t.basis = 'delivered' AND t.day BETWEEN %(first)s AND %(last)s) AS d
"""


@dataclass(frozen=True, slots=True)
class CarriedTo:
    """kg carried to a kitchen, of the goods whose weight is known, and the kg CO2e that it answers for."""

    kitchen: str
    kg: Decimal
    without_kg: int
    co2e_kg: Decimal | None


@dataclass(frozen=True, slots=True)
class RoundRead:
    row: DrivenRound
    told: Round
    carried: tuple[CarriedTo, ...]

    @property
    def kg(self) -> Decimal:
        return sum((each.kg for each in self.carried), start=Decimal(0))


@dataclass(frozen=True, slots=True)
class LastLegs:
    """``is_held``: the set's factors hold the way to the kitchen, so nothing is added. Days are kitchens' delivery days."""

    factor_set: FactorSet | None
    rounds: tuple[RoundRead, ...]
    days: int
    days_with_round: int

    @property
    def is_held(self) -> bool:
        return self.factor_set is not None and self.factor_set.holds_last_leg

    @property
    def co2e_kg(self) -> Decimal | None:
        """None where it must not be added, and where no round was told: what isn't known is no zero."""
        if self.is_held or not self.rounds:
            return None
        return sum((each.told.own_co2e_kg for each in self.rounds), start=Decimal(0))


def last_legs(authority: Authority, period: Period) -> LastLegs:
    """The period's standing rounds, newest day first. What went back later was carried too. Four statements."""
    keys: dict[str, Any] = {"authority": authority.pk, "first": period.first, "last": period.last}
    loads: defaultdict[int, list[tuple[int, str, Decimal, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_CARRIED, keys)
        for round_id, *carried in cursor.fetchall():
            loads[round_id].append(tuple(carried))
        cursor.execute(_DAYS, keys)
        days, with_round = cursor.fetchone()
    rows = DrivenRound.objects.filter(
        authority=authority, delivery_date__range=(period.first, period.last), retired_at=None
    ).select_related("hub", "recorded_by")
    read = (_read(row, loads[row.pk]) for row in rows.order_by("-delivery_date", "name", "pk"))
    return LastLegs(
        factor_set=active_set(),
        rounds=tuple(each for each in read if each is not None),
        days=days,
        days_with_round=with_round,
    )


def _read(row: DrivenRound, loads: list[tuple[int, str, Decimal, int]]) -> RoundRead | None:
    told = driven_round(
        {str(kitchen): kg for kitchen, _name, kg, _bare in loads},
        load_kg=row.load_kg,
        driven_km=row.driven_km,
        kg_per_vehicle_km=row.kg_per_vehicle_km,
        km=row.km,
        kg_per_tonne_km=row.kg_per_tonne_km,
    )
    if told is None:
        return None
    return RoundRead(
        row=row,
        told=told,
        carried=tuple(
            CarriedTo(name, kg, bare, told.shares.get(str(kitchen))) for kitchen, name, kg, bare in loads
        ),
    )
