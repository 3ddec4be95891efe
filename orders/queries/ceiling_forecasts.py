"""When lots reach their ceilings, by what was taken of them by delivery week and what kitchens have planned."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from django.db import connection
from django.utils.translation import gettext as _

from config.ground import moments
from market.rules.ceiling_forecast import WEEKS_LOOKED_AT, CeilingForecast, Reach, forecast_ceiling
from orders.queries.lots import LotSheet

NOTHING = Decimal(0)
# Its Monday, ``taken`` or ``planned``, SEK, kg, the last delivery day.
Week: TypeAlias = tuple[date, str, Decimal, Decimal | None, date | None]
WEEK = timedelta(days=7)


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
# A forecast is worth what the first rank asks for the goods, as its cheapest pack; only named authorities' kitchens count.
_WEEKS = """
WITH taken AS (
  SELECT c.agreement_lot_id AS lot_id, c.delivery_date - (c.delivery_date - DATE '2001-01-01') %% 7 AS week,
         sum(m.net_sek) AS sek, sum(m.kg) AS kg, max(c.delivery_date) AS last_delivery
  FROM orders_calloff c JOIN market_commitment m ON m.call_off_id = c.id
    AND m.agreement_lot_id = ANY(%(lots)s) AND m.month >= date_trunc('month', %(first)s::date)::date
  WHERE c.agreement_lot_id = ANY(%(lots)s) AND c.state = 'placed' AND c.delivery_date >= %(first)s
  GROUP BY 1, 2
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
        rows: defaultdict[int, list[Week]] = defaultdict(list)
        for lot_id, *week in cursor.fetchall():
            rows[lot_id].append(tuple(week))
    return {
        lot.lot_id: _of_lot(lot, rows[lot.lot_id], last_day=last_day, today=today) for lot, last_day in wanted
    }


def _of_lot(
    lot: LotSheet,
    rows: list[Week],
    *,
    last_day: date,
    today: date,
) -> LotForecast:
    taken_rows = [row for row in rows if row[1] == "taken"]
    planned_rows = [row for row in rows if row[1] == "planned"]
    ordered_to = max((row[4] for row in taken_rows if row[4] is not None), default=today)
    free_from = max(ordered_to + timedelta(days=1), today)
    this_week = today - timedelta(days=today.weekday())
    begun = min((row[0] for row in taken_rows), default=this_week)
    weeks = [begun + WEEK * number for number in range((this_week - begun).days // 7)]

    def forecast(room: Decimal, at: int) -> CeilingForecast:
        taken = _by_week(taken_rows, at)
        return forecast_ceiling(
            room=room,
            taken=[taken.get(week, NOTHING) for week in weeks],
            free_from=free_from,
            last_day=last_day,
            planned=_by_week(planned_rows, at),
        )

    in_sek = LotForecast(forecast=forecast(lot.room_sek, 2), unit="SEK")
    if lot.room_kg is None:
        return in_sek
    in_kg = LotForecast(forecast=forecast(lot.room_kg, 3), unit="kg")
    return min(in_kg, in_sek, key=_nearness)


def _by_week(rows: list[Week], at: int) -> dict[date, Decimal]:
    return {row[0]: row[at] or NOTHING for row in rows}  # type: ignore[misc]


def _nearness(found: LotForecast) -> tuple[int, date, date]:
    order = (Reach.REACHED, Reach.WITHIN, Reach.CANT_TELL, Reach.NOT_WITHIN)
    forecast = found.forecast
    return order.index(forecast.reach), forecast.likely or date.max, forecast.earliest or date.max
