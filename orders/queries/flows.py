"""The goods' way in a period: kg delivered from farm to hub and on to kitchen, and where each of them lies.

An authority sees the farms that delivered to it, the hubs that serve its kitchens, and its kitchens. Who lies where is for
those who trade with each other: it is in no open data and no API.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.db import connection

from config.ground.coordinates import Coordinates
from market.models import Authority
from orders.rules.periods import Period

Sort = Literal["farm", "hub", "kitchen"]

_KG = """
SELECT t.supplier_id, k.hub_id, t.kitchen_id, sum(t.kg), sum(t.lines_without_kg)::int
FROM orders_tally t JOIN kitchens_kitchen k ON k.id = t.kitchen_id
WHERE t.authority_id = %(authority)s AND t.basis = 'delivered' AND t.day BETWEEN %(first)s AND %(last)s
GROUP BY 1, 2, 3
"""
_PLACES = """
SELECT 'farm', s.id, s.name, s.place, s.latitude, s.longitude, s.sort_key FROM suppliers_supplier s
WHERE s.id = ANY (%(farms)s)
UNION ALL
SELECT 'hub', h.id, h.name, h.address, h.latitude, h.longitude, h.sort_key FROM market_hub h
WHERE h.id IN (SELECT hub_id FROM kitchens_kitchen WHERE authority_id = %(authority)s)
UNION ALL
SELECT 'kitchen', k.id, k.name, k.address, k.latitude, k.longitude, k.sort_key FROM kitchens_kitchen k
WHERE k.authority_id = %(authority)s
ORDER BY 1, 7, 2
"""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of the goods' way. ``number`` counts from 1 in the order of the list; ``kg`` is what left or came there."""

    sort: Sort
    pk: int
    number: int
    name: str
    where: str
    at: Coordinates | None
    kg: Decimal

    @property
    def key(self) -> str:
        return f"{self.sort}-{self.pk}"


@dataclass(frozen=True, slots=True)
class Leg:
    begins: Stop
    ends: Stop
    kg: Decimal


@dataclass(frozen=True, slots=True)
class Ways:
    """``legs`` by weight, the heaviest first; ``lines_without_kg`` were delivered and weigh nobody knows what."""

    stops: tuple[Stop, ...]
    legs: tuple[Leg, ...]
    lines_without_kg: int

    @property
    def kg(self) -> Decimal:
        return sum((leg.kg for leg in self.legs if leg.ends.sort == "kitchen"), Decimal(0))

    @property
    def without_place(self) -> list[Stop]:
        return [stop for stop in self.stops if stop.at is None]


def ways_of(authority: Authority, period: Period) -> Ways:
    """Two statements."""
    told: dict[str, Any] = {"authority": authority.pk, "first": period.first, "last": period.last}
    with connection.cursor() as cursor:
        cursor.execute(_KG, told)
        rows = cursor.fetchall()
        cursor.execute(_PLACES, told | {"farms": sorted({row[0] for row in rows})})
        places = cursor.fetchall()
    kg_of: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    kg_between: defaultdict[tuple[tuple[str, int], tuple[str, int]], Decimal] = defaultdict(Decimal)
    for farm, hub, kitchen, kg, _lines in rows:
        way = (("farm", farm), ("hub", hub), ("kitchen", kitchen))
        for stop in way:
            kg_of[stop] += kg
        for leg in (way[:2], way[1:]):
            kg_between[leg[0], leg[1]] += kg
    stops = {
        (sort, pk): Stop(
            sort=sort,
            pk=pk,
            number=number,
            name=name,
            where=where,
            at=None if latitude is None or longitude is None else Coordinates(latitude, longitude),
            kg=kg_of[sort, pk],
        )
        for number, (sort, pk, name, where, latitude, longitude, _place) in enumerate(places, start=1)
    }
    legs = [Leg(stops[begins], stops[ends], kg) for (begins, ends), kg in kg_between.items()]
    return Ways(
        stops=tuple(stops.values()),
        legs=tuple(sorted(legs, key=lambda leg: (-leg.kg, leg.begins.number, leg.ends.number))),
        lines_without_kg=sum(row[4] for row in rows),
    )
