"""The officer's desk beside `attention`: ceilings that will be reached, letters that came back, and a year of months.

Each in one statement.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection

from market.models import Authority
from orders.models import Basis
from orders.queries.ceiling_forecasts import ceiling_forecasts
from orders.queries.lots import AgreementSheet, LotSheet
from orders.queries.reports.asked import Asked
from orders.queries.reports.tallied import FACTORS, fold
from orders.rules.periods import Period
from orders.rules.reporting import ratio
from orders.rules.schedules import months_on

DAYS_BACK = timedelta(days=60)
AHEAD = timedelta(days=90)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class ComingCeiling:
    """A lot whose ceiling is reached before its agreement ends, if call-offs go on as they have of late."""

    agreement: AgreementSheet
    lot: LotSheet
    day: date


@dataclass(frozen=True, slots=True)
class ReturnedLetter:
    """A letter of this authority that could not be delivered. Those of purchase orders stand among the late papers."""

    kind: str
    recipient: str
    made_at: datetime
    has_bounced: bool


@dataclass(frozen=True, slots=True)
class Month:
    """Delivered in a month. ``per_kg`` kg CO2e of what has a factor, ``organic`` share of the value; None of nothing."""

    first: date
    net_sek: Decimal
    per_kg: Decimal | None
    organic: Decimal | None


@dataclass(frozen=True, slots=True)
class Year:
    """``goal`` is kg CO2e per kg that the authority has decided on for today; None where it has not."""

    months: tuple[Month, ...]
    goal: Decimal | None


_GOAL = """(SELECT g.value FROM orders_reportgoal g
  WHERE g.authority_id = %(authority)s AND g.measure = 'co2e_per_kg'
    AND g.valid_from <= %(today)s AND (g.valid_to IS NULL OR g.valid_to >= %(today)s))"""


def coming_ceilings(agreements: tuple[AgreementSheet, ...], *, today: date) -> tuple[ComingCeiling, ...]:
    """Those of the next ninety days, the first to come first. What others also call off from is not forecast."""
    lots = {
        lot.lot_id: (agreement, lot) for agreement in agreements for lot in agreement.lots if not lot.shared
    }
    forecasts = ceiling_forecasts(
        [(lot, agreement.last_day) for agreement, lot in lots.values()], today=today
    )
    found = [
        ComingCeiling(*lots[lot_id], each.forecast.likely)
        for lot_id, each in forecasts.items()
        if each.forecast.likely and today < each.forecast.likely <= today + AHEAD
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.lot.lot_id)))


_RETURNED = """
SELECT m.kind, m.recipient, m.created_at, m.state = 'bounced'
FROM ground_outboxmessage m
WHERE m.state IN ('failed', 'bounced') AND m.created_at >= %(since)s AND (
  m.cause_table = 'market_partyquestion'
    AND m.cause_id IN (SELECT id FROM market_partyquestion WHERE authority_id = %(authority)s)
  OR m.cause_table = 'market_declarationrequest'
    AND m.cause_id IN (SELECT id FROM market_declarationrequest WHERE authority_id = %(authority)s)
  OR m.cause_table = 'market_standingmatter'
    AND m.cause_id IN (SELECT id FROM market_standingmatter WHERE authority_id = %(authority)s)
  OR m.cause_table = 'market_bidder'
    AND m.cause_id IN (SELECT b.id FROM market_bidder b JOIN market_agreementauthority n
                       ON n.agreement_id = b.agreement_id AND n.authority_id = %(authority)s)
  OR m.cause_table = 'orders_reportfile'
    AND m.cause_id IN (SELECT id FROM orders_reportfile WHERE authority_id = %(authority)s)
  OR m.cause_table = 'orders_farmnotice'
    AND m.cause_id IN (SELECT f.id FROM orders_farmnotice f JOIN kitchens_kitchen k
                       ON k.id = f.kitchen_id AND k.authority_id = %(authority)s))
ORDER BY m.created_at DESC LIMIT 20
"""


def returned_letters(authority: Authority, *, now: datetime) -> tuple[ReturnedLetter, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_RETURNED, {"authority": authority.pk, "since": now - DAYS_BACK})
        return tuple(ReturnedLetter(*row) for row in cursor.fetchall())


def year_of_months(authority: Authority, *, today: date) -> Year:
    """The twelve months that end with this one; one without deliveries is zero kronor and knows nothing else."""
    begins = months_on(today.replace(day=1), 1 - MONTHS)
    ends = months_on(today.replace(day=1), 1) - timedelta(days=1)
    asked = Asked(
        authority=authority,
        period=Period(first=begins, last=ends),
        today=today,
        basis=Basis.DELIVERED,
        by="month",
    )
    sums = [
        "coalesce(sum(t.net_sek), 0)",
        "sum(t.kg * f.kg_co2e_per_kg)",
        "sum(t.kg) FILTER (WHERE f.id IS NOT NULL)",
        "sum(t.net_sek) FILTER (WHERE string_to_array(t.marks, ',') && ARRAY['organic', 'krav'])",
    ]
    folded = fold(asked, [*sums, _GOAL], joins=FACTORS, ways={"today": today}, by_day=True)
    found = {part.key: part.sums[: len(sums)] for part in folded.parts}
    firsts = [months_on(begins, number) for number in range(MONTHS)]
    return Year(
        months=tuple(_month(first, found.get(f"{first:%Y%m}")) for first in firsts), goal=folded.whole[-1]
    )


def _month(first: date, sums: tuple[Decimal, Decimal | None, Decimal | None, Decimal | None] | None) -> Month:
    if sums is None:
        return Month(first=first, net_sek=Decimal(0), per_kg=None, organic=None)
    net_sek, co2e, covered, organic = sums
    return Month(
        first=first,
        net_sek=net_sek,
        per_kg=ratio(co2e, covered),
        organic=ratio(organic or Decimal(0), net_sek),
    )
