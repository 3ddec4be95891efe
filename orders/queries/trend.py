"""Years beside each other by one factor set, beside what was published, with the reasons why the figure moved."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from market.models import Authority, FactorSet
from market.queries.factors import active_set, factor_join, mapping_join
from market.rules.climate import Footprint, together
from market.rules.comparing import Bought, Bridge, Figure, NotComparable, Why, bridge, check_comparable
from orders.models import PublishedTally
from orders.queries.month_goods import weighed_goods
from orders.queries.narrowed import EVERYTHING

_YEARS = f"""
SELECT extract(year FROM t.day)::int, t.product_id,
       coalesce(sum(t.kg * f.kg_co2e_per_kg), 0), coalesce(sum(t.kg), 0),
       coalesce(sum(t.kg) FILTER (WHERE f.id IS NOT NULL), 0), coalesce(sum(t.net_sek), 0),
       coalesce(sum(t.net_sek - t.net_sek_without_kg) FILTER (WHERE f.id IS NOT NULL), 0),
       sum(t.lines)::int, coalesce(sum(t.lines - t.lines_without_kg) FILTER (WHERE f.id IS NOT NULL), 0)::int,
       sum(t.lines_without_kg)::int
FROM {{goods}}
LEFT JOIN market_foodmapping m ON {mapping_join(product="t.product_id", day="t.day")}
LEFT JOIN market_climatefactor f ON {factor_join(food="m.food_id", day="t.day", factor_set="%(factors)s")}
WHERE t.authority_id = %(authority)s AND t.basis = %(basis)s
GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Step:
    """From the year before: the bridge, or why the two are not compared (``values`` as the rule told them)."""

    bridge: Bridge | None
    why: Why | None
    values: tuple[str | Decimal | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    """``published`` is what was said of the whole year when it was said, by the set of that time; newest version."""

    year: int
    sums: Footprint
    published: PublishedTally | None
    step: Step | None


@dataclass(frozen=True, slots=True)
class Trend:
    basis: str
    factor_set: FactorSet | None
    years: tuple[Year, ...]


def trend(authority: Authority, *, basis: str) -> Trend:
    """Every year that has goods, all by the set in use, in three statements."""
    factor_set = active_set()
    code = factor_set.code if factor_set else ""
    bought: defaultdict[int, dict[str, Bought]] = defaultdict(dict)
    parts: defaultdict[int, list[Footprint]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            _YEARS.format(goods=weighed_goods(EVERYTHING, by="", first=date.min, last=date.max)),
            {"authority": authority.pk, "basis": basis, "factors": factor_set.pk if factor_set else None},
        )
        for year, product, *sums in cursor.fetchall():
            part = Footprint(*sums)
            parts[year].append(part)
            if part.kg_covered:
                bought[year][str(product)] = Bought(part.kg_covered, part.co2e_kg)
    published = _published(authority, basis=basis)
    years: list[Year] = []
    for year, footprints in parts.items():
        sums_of_year = together(footprints)
        step = None
        if years:
            before = years[-1]
            step = _step(
                Figure(basis, code, before.sums),
                Figure(basis, code, sums_of_year),
                bought[before.year],
                bought[year],
            )
        years.append(Year(year, sums_of_year, published.get(year), step))
    return Trend(basis=basis, factor_set=factor_set, years=tuple(years))


def _step(before: Figure, after: Figure, old: dict[str, Bought], new: dict[str, Bought]) -> Step:
    try:
        check_comparable(before, after)
        return Step(bridge=bridge(old, new), why=None)
    except NotComparable as refused:
        return Step(bridge=None, why=refused.why, values=refused.values)


def _published(authority: Authority, *, basis: str) -> dict[int, PublishedTally]:
    rows = PublishedTally.objects.filter(authority=authority, basis=basis, superseded_by=None)
    return {
        row.period_first.year: row
        for row in rows.select_related("factor_set")
        if (row.period_first, row.period_last) == _whole(row.period_first.year)
    }


def _whole(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
