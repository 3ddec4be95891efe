"""``prisindex`` and ``priser``: a fixed basket's index month by month, and each product's price per kg against its history."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import formats
from django.utils.translation import gettext as _

from orders.queries.month_goods import DAYS, plain_goods
from orders.queries.reports.asked import Asked
from orders.queries.reports.telling import (
    basis_told,
    kg_column,
    name_column,
    sek_column,
    stale_note,
    tallies_source,
)
from orders.queries.spend import stale_days
from orders.rules.periods import Period, month_of
from orders.rules.price_index import Bought, basket_of, laspeyres
from orders.rules.reporting import Cell, Column, Coverage, Kind, Part, Report, Told, Whole, ratio

TIMES = 2  # twice or half the product's middle price is an outlier: the house's own choice, told beside it
MOST_NAMED = 12

_MONTHS = """
SELECT date_trunc('month', t.day)::date, t.product_id::text, sum(t.kg), sum(t.net_sek - t.net_sek_without_kg)
FROM {goods}
WHERE t.authority_id = %(authority)s AND t.basis = %(basis)s AND t.day BETWEEN %(first)s AND %(last)s{narrowed}
GROUP BY 1, 2 HAVING sum(t.kg) > 0
"""
_NAMES = "SELECT id::text, name_{tongue} FROM market_product WHERE id = ANY (%(products)s) ORDER BY sort_key"
# The middle is that of the days, each of which counts once; of the months it is told how many came to each price.
_BY_MONTH = "orders_tallyprice t"
_BY_DAY = """(
  SELECT day, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id, marks, passed_over, basis,
         round((net_sek - net_sek_without_kg) / kg, 16) AS per_kg, 1 AS days, kg,
         net_sek - net_sek_without_kg AS net_sek, lines - lines_without_kg AS lines
  FROM orders_tally WHERE kg > 0 AND net_sek > net_sek_without_kg
) AS t"""
_PRICES = """
WITH goods AS MATERIALIZED (
  SELECT t.product_id, t.day >= %(first)s AS is_now, t.per_kg, sum(t.days) AS days, sum(t.kg) AS kg,
         sum(t.net_sek) AS sek, sum(t.lines) AS lines
  FROM {goods}
  WHERE t.authority_id = %(authority)s AND t.basis = %(basis)s AND t.day BETWEEN %(before)s AND %(last)s{narrowed}
  GROUP BY 1, 2, 3
), ranked AS (
  SELECT product_id, per_kg, sum(days) OVER (PARTITION BY product_id ORDER BY per_kg, is_now) AS up_to, days,
         sum(days) OVER (PARTITION BY product_id) AS of
  FROM goods
), middle AS (
  SELECT product_id, avg(per_kg) AS per_kg
  FROM ranked CROSS JOIN LATERAL (VALUES ((of + 1) / 2), (of / 2 + 1)) AS middle(place)
  WHERE div(place, 1) > up_to - days AND div(place, 1) <= up_to GROUP BY 1
)
SELECT g.product_id, p.name_{tongue}, coalesce(sum(sek) FILTER (WHERE is_now), 0), coalesce(sum(kg) FILTER (WHERE is_now), 0),
       coalesce(sum(sek) FILTER (WHERE NOT is_now), 0), coalesce(sum(kg) FILTER (WHERE NOT is_now), 0),
       min(g.per_kg) FILTER (WHERE is_now), max(g.per_kg) FILTER (WHERE is_now),
       coalesce(sum(lines) FILTER (WHERE is_now AND (g.per_kg >= m.per_kg * %(times)s OR g.per_kg * %(times)s <= m.per_kg)),
                0)::int
FROM goods g JOIN middle m USING (product_id) JOIN market_product p ON p.id = g.product_id
GROUP BY 1, 2, p.sort_key HAVING bool_or(is_now) ORDER BY p.sort_key
"""


def index_report(asked: Asked) -> Report:
    """Month by month; the basket is what was bought in the first month of the period that has goods with a weight."""
    months = _months(asked)
    base_month = min(months, default=None)
    basket = basket_of(months[base_month]) if base_month else {}
    names = _names(asked, basket)
    parts, notes = [], []
    for month in sorted(months):
        index = laspeyres(basket, months[month])
        told = formats.date_format(month, "F Y")
        parts.append(
            Part(
                f"{month:%Y-%m}",
                (
                    told,
                    index.value,
                    index.then_sek,
                    index.now_sek,
                    index.priced_share,
                    len(index.missing),
                ),
                opens=asked.opening(**{"from": f"{month:%Y-%m}", "to": f"{month:%Y-%m}"}),
            )
        )
        if index.missing:
            notes.append(
                _("%(month)s saknar pris på: %(goods)s")
                % {"month": told, "goods": _named(names, index.missing)}
            )
    return Report(
        slug="prisindex",
        told=Told(
            title=_("Prisindex för en fast korg"),
            definition=_(
                "Laspeyres: vad första månadens korg kostar till varje månads priser per kg, första månaden 100. Korgen är låst till %(month)s. En vara utan pris en månad lämnas utanför den månaden på båda sidor."
            )
            % {"month": formats.date_format(base_month, "F Y") if base_month else "–"},
            period=asked.period,
            basis=basis_told(asked.basis),
            source=tallies_source(),
            narrowed_to=asked.narrowed_to,
            notes=(
                _("%(number)s varor är med i korgen. Varor utan känd vikt är inte med.")
                % {"number": len(basket)},
                *notes,
                *stale_note(stale_days(asked.authority)),
            ),
        ),
        columns=(
            name_column("month"),
            Column("index", _("Index"), Kind.INDEX, meaning=_("100 är korgens första månad")),
            sek_column("then_sek", _("Korgen då")),
            sek_column("now_sek", _("Korgen nu")),
            Column("priced", _("Prissatt del"), Kind.SHARE, meaning=_("av korgens värde")),
            Column("missing", _("Varor utan pris"), Kind.COUNT),
        ),
        parts=tuple(parts),
    )


def _months(asked: Asked) -> dict[date, dict[str, Bought]]:
    found: defaultdict[date, dict[str, Bought]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            _MONTHS.format(goods=plain_goods(asked.narrowed, by=""), narrowed=asked.narrowed.of_tallies()),
            _told(asked),
        )
        for month, product, kg, sek in cursor.fetchall():
            found[month][product] = Bought(kg=kg, sek=sek)
    return dict(found)


def _names(asked: Asked, basket: dict[str, Bought]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(_NAMES.format(tongue=asked.tongue), {"products": [int(key) for key in basket]})
        return dict(cursor.fetchall())


def _named(names: dict[str, str], keys: tuple[str, ...]) -> str:
    missing = [names[key] for key in names if key in keys]
    more = len(missing) - MOST_NAMED
    shown = ", ".join(missing[:MOST_NAMED])
    return shown if more <= 0 else _("%(goods)s och %(more)s till") % {"goods": shown, "more": more}


def prices_report(asked: Asked) -> Report:
    """Each product's price per kg in the period, against the year before it; outliers are counted."""
    before = Period(first=month_of(asked.period.first - timedelta(days=365)).first, last=asked.period.last)
    with connection.cursor() as cursor:
        cursor.execute(
            _PRICES.format(
                goods=_BY_DAY if plain_goods(asked.narrowed, by="") == DAYS else _BY_MONTH,
                narrowed=asked.narrowed.of_tallies(),
                tongue=asked.tongue,
            ),
            _told(asked) | {"before": before.first, "times": TIMES},
        )
        rows = cursor.fetchall()
    parts = tuple(
        Part(str(pk), _price_cells(name, *figures), opens=asked.opening(product=pk))
        for pk, name, *figures in rows
    )
    bought = sum((row[2] for row in rows), Decimal(0))
    known = sum((row[2] for row in rows if row[5]), Decimal(0))
    return Report(
        slug="priser",
        told=Told(
            title=_("Pris per kg"),
            definition=_(
                "Varje varas medelpris per kg i perioden mot de tolv månaderna före. Avvikande är rader vars pris per kg är minst dubbelt eller högst hälften av varans mittersta pris; gränsen är Bygdemats egen."
            ),
            period=asked.period,
            basis=basis_told(asked.basis),
            source=tallies_source(),
            coverage=(Coverage(ratio(known, bought), _("av värdet har ett pris även året före")),),
            narrowed_to=asked.narrowed_to,
            notes=(_("Varor utan känd vikt är inte med."), *stale_note(stale_days(asked.authority))),
        ),
        columns=(
            name_column("product"),
            sek_column(),
            kg_column(),
            Column("per_kg", _("Pris"), Kind.SEK_PER_KG, Whole.RATIO, ("net_sek", "kg")),
            Column("before", _("Året före"), Kind.SEK_PER_KG),
            Column("change", _("Ändring"), Kind.SHARE),
            Column("lowest", _("Lägst"), Kind.SEK_PER_KG),
            Column("highest", _("Högst"), Kind.SEK_PER_KG),
            Column("outliers", _("Avvikande rader"), Kind.COUNT, whole=Whole.SUM),
        ),
        parts=parts,
    )


def _price_cells(
    name: str,
    sek: Decimal,
    kg: Decimal,
    sek_before: Decimal,
    kg_before: Decimal,
    lowest: Decimal,
    highest: Decimal,
    outliers: int,
) -> tuple[Cell, ...]:
    now, before = ratio(sek, kg), ratio(sek_before, kg_before)
    change = None if now is None or before is None else ratio(now - before, before)
    return (name, sek, kg, now, before, change, lowest, highest, outliers)


def _told(asked: Asked) -> dict[str, Any]:
    return {
        **asked.narrowed.keys,
        "authority": asked.authority.pk,
        "basis": asked.basis,
        "first": asked.period.first,
        "last": asked.period.last,
    }
