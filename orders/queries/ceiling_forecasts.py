"""When lots reach their ceilings, by what was taken of them by delivery week and what kitchens have planned."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from django.db import connection
from django.utils.translation import gettext as _

from config.ground import moments
from market.rules.ceiling_forecast import WEEKS_LOOKED_AT, CeilingForecast, Reach, forecast_ceiling
from orders.queries.lots import LotSheet

NOTHING = Decimal(0)
Week: TypeAlias = tuple[Decimal, Decimal | None]  # SEK, kg
WEEK = timedelta(days=7)


@dataclass(slots=True)
class _Weeks:
    """Of a lot, by the week's Monday; ``ordered_to`` is its last delivery day, the first of all days where there is none."""

    taken: dict[date, Week] = field(default_factory=dict)
    planned: dict[date, Week] = field(default_factory=dict)
    ordered_to: date = date.min


@dataclass(frozen=True, slots=True)
class LotForecast:
    """The nearer of the two ceilings decides; ``unit`` is ``SEK`` or ``kg``."""

    forecast: CeilingForecast
    unit: str

    @property
    def sentence(self) -> str:
        """In the language of the moment."""
        found = self.forecast
        if found.reach is Reach.REACHED:
            return _("Taket är nått.")
        if found.reach is Reach.CANT_TELL:
            return _("När taket nås går inte att säga: för få veckor med leveranser.")
        if found.reach is Reach.NOT_WITHIN:
            return _("Taket nås inte före avtalets sista dag, i den takt som varit.")
        told = {
            "likely": moments.day(found.likely) if found.likely else _("efter avtalets sista dag"),
            "earliest": moments.day(found.earliest) if found.earliest else "",
            "latest": moments.day(found.latest) if found.latest else _("efter avtalets sista dag"),
        }
        return _("Taket nås troligen %(likely)s; tidigast %(earliest)s, senast %(latest)s.") % told


# The first day of 2001 was a Monday: whole days are counted, which no clock of a time zone has to look at.
_MONDAY = "{day} - ({day} - DATE '2001-01-01') %% 7"
# What is bound is read out of the commitments' index; a call-off is looked at where nothing is bound for it any more (one that
# was replaced is no delivery, one that was declined is) or its commitment does not tell the day.
# A forecast is worth what the first rank asks for the goods, as its cheapest pack; only named authorities' kitchens count.
_WEEKS = f"""
WITH told AS (
  SELECT m.agreement_lot_id AS lot_id, {_MONDAY.format(day="m.delivery_date")} AS week, sum(m.net_sek) AS sek, sum(m.kg) AS kg,
         max(m.delivery_date) AS last_delivery
  FROM market_commitment m
  WHERE m.agreement_lot_id = ANY(%(lots)s) AND m.delivery_date >= %(first)s
    AND (m.net_sek > 0 OR m.kg > 0 OR (SELECT c.state FROM orders_calloff c WHERE c.id = m.call_off_id) = 'placed')
  GROUP BY 1, 2
), untold AS (
  SELECT m.agreement_lot_id, {_MONDAY.format(day="c.delivery_date")}, sum(m.net_sek), sum(m.kg), max(c.delivery_date)
  FROM market_commitment m JOIN orders_calloff c ON c.id = m.call_off_id
  WHERE m.agreement_lot_id = ANY(%(lots)s) AND m.delivery_date IS NULL
    AND c.delivery_date >= %(first)s AND c.state = 'placed'
  GROUP BY 1, 2
), taken AS (
  SELECT lot_id, week, sum(sek) AS sek, sum(kg) AS kg, max(last_delivery) AS last_delivery
  FROM (TABLE told UNION ALL TABLE untold) AS bound GROUP BY 1, 2
), price AS (
  SELECT DISTINCT ON (lp.agreement_lot_id, lp.product_id) lp.agreement_lot_id AS lot_id, lp.product_id,
         CASE WHEN pr.per = 'kg' THEN pr.price_sek * coalesce(g.kg_per_base, 1)
              ELSE pr.price_sek / k.base_per_pack END AS sek_per_base, g.kg_per_base
  FROM market_lotproduct lp
  JOIN market_agreementprice pr ON pr.agreement_lot_id = lp.agreement_lot_id AND pr.product_id = lp.product_id
    AND pr.valid_from <= %(today)s AND (pr.valid_to IS NULL OR pr.valid_to >= %(today)s)
  JOIN market_lotparty party ON party.agreement_lot_id = lp.agreement_lot_id AND party.supplier_id = pr.supplier_id
  JOIN market_pack k ON k.id = pr.pack_id
  JOIN market_product g ON g.id = lp.product_id
  WHERE lp.agreement_lot_id = ANY(%(lots)s)
    AND lp.product_id IN (SELECT product_id FROM kitchens_forecast WHERE week >= %(this_week)s)
  ORDER BY lp.agreement_lot_id, lp.product_id, party.rank, 3
), planned AS (
  SELECT price.lot_id, f.week, sum(f.quantity * price.sek_per_base) AS sek, sum(f.quantity * price.kg_per_base) AS kg
  FROM kitchens_forecast f
  JOIN price ON price.product_id = f.product_id
  JOIN market_agreementlot l ON l.id = price.lot_id
  JOIN kitchens_kitchen kitchen ON kitchen.id = f.kitchen_id
  JOIN market_agreementauthority n ON n.agreement_id = l.agreement_id AND n.authority_id = kitchen.authority_id
  WHERE f.week >= %(this_week)s GROUP BY 1, 2
)
SELECT lot_id, week, 'taken', sek, kg, last_delivery FROM taken
UNION ALL SELECT lot_id, week, 'planned', sek, kg, NULL FROM planned
"""


def ceiling_forecasts(lots: Iterable[tuple[LotSheet, date]], *, today: date) -> dict[int, LotForecast]:
    """By lot id, in one statement. Each lot comes with its agreement's last day."""
    wanted = list(lots)
    if not wanted:
        return {}
    this_week = today - timedelta(days=today.weekday())
    first = this_week - WEEK * WEEKS_LOOKED_AT
    with connection.cursor() as cursor:
        cursor.execute(
            _WEEKS,
            {
                "lots": [lot.lot_id for lot, _last in wanted],
                "first": first,
                "today": today,
                "this_week": this_week,
            },
        )
        found: defaultdict[int, _Weeks] = defaultdict(_Weeks)
        for lot_id, week, sort, sek, kg, last_delivery in cursor.fetchall():
            of_lot = found[lot_id]
            if sort == "planned":
                of_lot.planned[week] = (sek, kg)
                continue
            of_lot.taken[week] = (sek, kg)
            of_lot.ordered_to = max(of_lot.ordered_to, last_delivery)
    whole_weeks = tuple(first + WEEK * number for number in range(WEEKS_LOOKED_AT))
    return {
        lot.lot_id: _of_lot(lot, found[lot.lot_id], whole_weeks, last_day=last_day, today=today)
        for lot, last_day in wanted
    }


def _of_lot(
    lot: LotSheet, found: _Weeks, whole_weeks: tuple[date, ...], *, last_day: date, today: date
) -> LotForecast:
    """A lot is looked at from its first week with deliveries on."""
    ordered_to = today if found.ordered_to == date.min else found.ordered_to
    free_from = max(ordered_to + timedelta(days=1), today)
    begun = min(found.taken, default=date.max)
    weeks = [week for week in whole_weeks if week >= begun]

    def forecast(room: Decimal, at: int) -> CeilingForecast:
        nothing = (NOTHING, NOTHING)
        return forecast_ceiling(
            room=room,
            taken=[found.taken.get(week, nothing)[at] or NOTHING for week in weeks],
            free_from=free_from,
            last_day=last_day,
            planned={week: planned[at] or NOTHING for week, planned in found.planned.items()},
        )

    in_sek = LotForecast(forecast=forecast(lot.room_sek, 0), unit="SEK")
    if lot.room_kg is None:
        return in_sek
    in_kg = LotForecast(forecast=forecast(lot.room_kg, 1), unit="kg")
    return min(in_kg, in_sek, key=_nearness)


def _nearness(found: LotForecast) -> tuple[int, date, date]:
    order = (Reach.REACHED, Reach.WITHIN, Reach.CANT_TELL, Reach.NOT_WITHIN)
    forecast = found.forecast
    return order.index(forecast.reach), forecast.likely or date.max, forecast.earliest or date.max
