"""An authority's purchases as open data: delivered goods by category and year, of months that are over.

Only of an authority that has decided so, only from the year in which the decision begins, and only groups that
`orders.rules.open_data.tellable` lets through. No supplier, kitchen or person is in it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from config.ground.refusals import NotFound
from market.models import Authority
from market.queries.factors import active_set
from orders.models import OpenDataDecision
from orders.queries.reports.tallied import FACTORS
from orders.rules.open_data import Group, tellable
from orders.rules.reporting import ratio

OTHERS = "other"
COLUMNS = (
    ("year", "integer", "calendar year of delivery"),
    ("to_month", "string", "last month that is in the figures, YYYY-MM"),
    (
        "category",
        "string",
        "code of the category of goods; other: groups of too few suppliers, laid together",
    ),
    ("category_name", "string", "the category's name in Swedish"),
    ("net_sek", "number", "SEK excluding VAT, delivered"),
    ("kg", "number", "kilograms delivered, of lines whose weight is known"),
    ("organic_share", "number", "share (0 to 1) of net_sek with EU organic or KRAV"),
    ("kg_co2e", "number", "kilograms CO2e of kg_with_factor"),
    ("kg_with_factor", "number", "kilograms that a climate factor covers"),
    ("suppliers", "integer", "how many suppliers, never fewer than three"),
)

_GROUPS = f"""
SELECT extract(year FROM t.day)::int, c.code, c.name_sv, t.supplier_id, sum(t.net_sek), sum(t.kg),
       coalesce(sum(t.kg) FILTER (WHERE f.id IS NOT NULL), 0), coalesce(sum(t.kg * f.kg_co2e_per_kg), 0),
       coalesce(sum(t.net_sek) FILTER (WHERE string_to_array(t.marks, ',') && ARRAY['organic', 'krav']), 0)
FROM orders_tally t
JOIN market_product p ON p.id = t.product_id
JOIN market_productcategory c ON c.id = p.category_id
{FACTORS}
WHERE t.authority_id = %(authority)s AND t.basis = 'delivered' AND t.day BETWEEN %(first)s AND %(last)s
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 4
"""


@dataclass(frozen=True, slots=True)
class OpenData:
    """``rows`` in the order of ``COLUMNS``; ``factor_set`` names whose factors are in the climate figures."""

    authority: Authority
    decision: OpenDataDecision
    factor_set: str
    rows: tuple[tuple[Any, ...], ...]


def published_authorities(*, today: date) -> list[Authority]:
    """Those whose decision stands today, by name."""
    decided = OpenDataDecision.objects.on(today).values("authority")
    return list(Authority.objects.filter(pk__in=decided).order_by("sort_key"))


def open_data(authority_id: int, *, today: date) -> OpenData:
    """Raises NotFound for an authority that has not decided so."""
    decision = (
        OpenDataDecision.objects.on(today).filter(authority=authority_id).select_related("authority").first()
    )
    if decision is None:
        raise NotFound
    last = today.replace(day=1) - timedelta(days=1)
    factor_set = active_set()
    return OpenData(
        authority=decision.authority,
        decision=decision,
        factor_set=f"{factor_set.name} {factor_set.version}" if factor_set else "",
        rows=_rows(authority_id, first=decision.valid_from.replace(month=1, day=1), last=last),
    )


def _rows(authority_id: int, *, first: date, last: date) -> tuple[tuple[Any, ...], ...]:
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, {"authority": authority_id, "first": first, "last": last})
        found = cursor.fetchall()
    names = {code: name for _year, code, name, *_sums in found}
    years: dict[int, dict[str, Group]] = defaultdict(dict)
    for year, code, _name, supplier, *sums in found:
        one = Group(code, frozenset({supplier}), *sums)
        before = years[year].get(code)
        years[year][code] = one if before is None else _same(before + one, code)
    return tuple(
        _row(year, group, names, last=last) for year, groups in sorted(years.items()) for group in tellable([*groups.values()])
    )  # fmt: skip


def _same(group: Group, code: str) -> Group:
    return Group(
        code, group.suppliers, group.sek, group.kg, group.covered_kg, group.co2e_kg, group.organic_sek
    )


def _row(year: int, group: Group, names: dict[str, str], *, last: date) -> tuple[Any, ...]:
    to_month = f"{last:%Y-%m}" if year == last.year else f"{year}-12"
    share: Decimal | None = ratio(group.organic_sek, group.sek)
    return (
        year,
        to_month,
        group.key or OTHERS,
        names.get(group.key, "Övrigt"),
        group.sek,
        group.kg,
        None if share is None else share.quantize(Decimal("0.0001")),
        group.co2e_kg.quantize(Decimal("0.001")),
        group.covered_kg,
        len(group.suppliers),
    )
