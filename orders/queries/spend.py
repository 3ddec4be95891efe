"""What an authority bought, by supplier, category, month or product, with kg CO2e and what that covers.

Read from the tallies of one basis by delivery date; the factors of one set are joined to the tallies when they are
read, over the food that each product is mapped to on its delivery date. The sums are made in SQL; what they mean is
`market.rules.climate.footprint`, and a test runs both over the same cases.
"""

from dataclasses import dataclass
from typing import Literal

from django.db import connection

from market.models import Authority, FactorSet
from market.queries.factors import active_set, factor_join, mapping_join
from market.rules.climate import Footprint
from orders.queries.call_off_rows import WantedRows
from orders.queries.mark_words import marks_name
from orders.queries.month_goods import DAYS, weighed_goods
from orders.queries.narrowed import EVERYTHING, Narrowed
from orders.rules.periods import Period
from suppliers.models import public_number

By = Literal["supplier", "category", "month", "product", "kitchen", "agreement", "lot", "marks"]

# Tallies are put together by part and factor before anything is multiplied: of a quarter of a million a thousand are left.
_EACH = f"""
SELECT {{keys}}, f.id AS factor, f.kg_co2e_per_kg AS per_kg, coalesce(sum(t.kg), 0) AS kg,
       coalesce(sum(t.net_sek), 0) AS net_sek, coalesce(sum(t.net_sek_without_kg), 0) AS net_sek_without_kg,
       coalesce(sum(t.lines), 0) AS lines, coalesce(sum(t.lines_without_kg), 0) AS lines_without_kg
FROM {{goods}}{{join}}
LEFT JOIN market_foodmapping m ON {mapping_join(product="t.product_id", day="t.day")}
LEFT JOIN market_climatefactor f ON {
    factor_join(food="m.food_id", day="t.day", factor_set="(SELECT id FROM market_factorset WHERE is_active)")
}
WHERE t.authority_id = %(authority)s AND t.basis = ANY (%(bases)s) AND t.day BETWEEN %(first)s AND %(last)s{{narrowed}}
GROUP BY {{groups}}, f.id"""
_SUMS = """
       coalesce(sum(e.kg * e.per_kg), 0), coalesce(sum(e.kg), 0),
       coalesce(sum(e.kg) FILTER (WHERE e.factor IS NOT NULL), 0), coalesce(sum(e.net_sek), 0),
       coalesce(sum(e.net_sek - e.net_sek_without_kg) FILTER (WHERE e.factor IS NOT NULL), 0),
       coalesce(sum(e.lines), 0)::int,
       coalesce(sum(e.lines - e.lines_without_kg) FILTER (WHERE e.factor IS NOT NULL), 0)::int,
       coalesce(sum(e.lines_without_kg), 0)::int"""

_KEYS = {
    "supplier": "t.supplier_id",
    "category": "p.category_id",
    "month": "(extract(year FROM t.day) * 100 + extract(month FROM t.day))::int",
    "product": "t.product_id",
    "kitchen": "t.kitchen_id",
    "agreement": "l.agreement_id",
    "lot": "t.agreement_lot_id",
    "marks": "t.marks",
}
_JOINS = {
    "category": "\nJOIN market_product p ON p.id = t.product_id",
    "agreement": "\nJOIN market_agreementlot l ON l.id = t.agreement_lot_id",
}
_NAMES = {
    "supplier": ("suppliers_supplier n ON n.id = s.key", "n.name, n.org_number, n.sort_key"),
    "category": ("market_productcategory n ON n.id = s.key", "n.name_{language}, '', n.name_{language}"),
    "product": ("market_product n ON n.id = s.key", "n.name_{language}, '', n.sort_key"),
    "kitchen": ("kitchens_kitchen n ON n.id = s.key", "n.name, '', n.sort_key"),
    "agreement": ("market_agreement n ON n.id = s.key", "n.title, '', n.title"),
    "lot": (
        "market_agreementlot n ON n.id = s.key LEFT JOIN market_agreement a ON a.id = n.agreement_id",
        "n.name, a.title, n.name",
    ),
}


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the whole. ``key`` is the supplier's, category's, product's …; of a month it is 202611.

    ``number`` is a supplier's number, or the agreement of a lot; ``marks`` the goods' where those are what parts them.
    """

    key: int
    name: str
    number: str
    sums: Footprint
    marks: str = ""


@dataclass(frozen=True, slots=True)
class SpendReport:
    """SEK excl. VAT, kg and kg CO2e of a period on one basis. The parts sum to the whole."""

    basis: str
    period: Period
    by: By
    factor_set: FactorSet | None
    whole: Footprint
    parts: tuple[Slice, ...]
    stale_days: int

    @property
    def largest_first(self) -> list[Slice]:
        if self.by == "month":
            return list(self.parts)
        return sorted(self.parts, key=lambda part: part.sums.net_sek_total, reverse=True)


def spend(
    authority: Authority,
    period: Period,
    *,
    basis: str,
    by: By,
    language: str = "sv",
    narrowed: Narrowed = EVERYTHING,
) -> SpendReport:
    """The report, in four statements."""
    factor_set = active_set()
    rows = weighed_goods(narrowed, by=by, first=period.first, last=period.last)
    each = _EACH.format(
        keys=f"{_KEYS[by]} AS key",
        groups="1",
        goods=rows,
        join=_JOINS.get(by, ""),
        narrowed=narrowed.of_tallies(),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH e AS ({each}), s AS (SELECT key, GROUPING(key) AS is_whole, {_SUMS} FROM e"
            f" GROUP BY GROUPING SETS ((), (key))) SELECT s.*, {_names(by, language)}",
            {
                **narrowed.keys,
                "authority": authority.pk,
                "bases": [basis],
                "first": period.first,
                "last": period.last,
            },
        )
        rows = cursor.fetchall()
    whole = next((Footprint(*row[2:10]) for row in rows if row[1]), Footprint())
    parts = [
        Slice(
            key=0 if by == "marks" else row[0],
            name=marks_name(row[10]) if by == "marks" else row[10],
            number=public_number(row[11]) if by == "supplier" else row[11],
            sums=Footprint(*row[2:10]),
            marks=row[0] if by == "marks" else "",
        )
        for row in rows
        if not row[1]
    ]
    return SpendReport(
        basis=basis,
        period=period,
        by=by,
        factor_set=factor_set,
        whole=whole,
        parts=tuple(parts),
        stale_days=stale_days(authority),
    )


def _names(by: By, language: str) -> str:
    if by in ("month", "marks"):
        return "s.key::text, '' FROM s ORDER BY s.key"
    join, columns = _NAMES[by]
    told = columns.format(language="en" if language.startswith("en") else "sv")
    return f"{told} FROM s LEFT JOIN {join} ORDER BY 13, s.key"


def stale_days(authority: Authority) -> int:
    """Kitchen days whose tallies wait to be made anew: what the report may still lack."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT (d.day, d.kitchen_id)) FROM orders_tallydirty d"
            " JOIN kitchens_kitchen k ON k.id = d.kitchen_id WHERE k.authority_id = %s",
            [authority.pk],
        )
        return int(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A year at a glance: both bases beside each other, never added."""

    ordered: Footprint
    delivered: Footprint
    suppliers: int


def year_figures(authority: Authority, period: Period) -> YearFigures:
    """Ordered and delivered of a period, and how many farms sold (ordered from). One statement."""
    each = _EACH.format(
        keys="t.basis AS key, t.supplier_id AS supplier", groups="1, 2", goods=DAYS, join="", narrowed=""
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH e AS ({each}) SELECT key, count(DISTINCT supplier), {_SUMS} FROM e GROUP BY key",
            {
                "authority": authority.pk,
                "bases": ["ordered", "delivered"],
                "first": period.first,
                "last": period.last,
            },
        )
        rows = {row[0]: (row[1], Footprint(*row[2:])) for row in cursor.fetchall()}
    suppliers, ordered = rows.get("ordered", (0, Footprint()))
    return YearFigures(
        ordered=ordered,
        delivered=rows.get("delivered", (0, Footprint()))[1],
        suppliers=suppliers,
    )


@dataclass(frozen=True, slots=True)
class RowsSum:
    """What the rows of a question come to, and what the question is narrowed to, in words."""

    sums: Footprint
    narrowed_to: tuple[str, ...]


def sums_of_rows(authority: Authority, wanted: WantedRows, *, language: str = "sv") -> RowsSum:
    """The tallies' sums for the same question as the rows, so that the two can be seen to be one. Two statements."""
    goods = DAYS
    if wanted.first is not None and wanted.last is not None:
        goods = weighed_goods(wanted, by="", first=wanted.first, last=wanted.last)
    each = _EACH.format(keys="1", groups="1", goods=goods, join="", narrowed=wanted.of_tallies())
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH e AS ({each}) SELECT {_SUMS} FROM e",
            {
                **wanted.keys,
                "authority": authority.pk,
                "bases": [wanted.basis],
                "first": wanted.first,
                "last": wanted.last,
            },
        )
        sums = Footprint(*cursor.fetchone())
    return RowsSum(sums=sums, narrowed_to=wanted.words(authority, language=language))
