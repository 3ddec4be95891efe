"""Folds over the tallies: any sums of one basis and period, in all and by part, in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import formats
from django.utils.translation import gettext as _

from market.queries.factors import factor_join, mapping_join
from orders.queries.mark_words import marks_name
from orders.queries.month_goods import DAYS, goods_until, plain_goods
from orders.queries.narrowed import NONE_OF_THEM
from orders.queries.officer_words import allotment_name, rule_name
from orders.queries.reports.asked import Asked
from suppliers.models import public_number

FACTORS = f"""
LEFT JOIN market_foodmapping m ON {mapping_join(product="t.product_id", day="t.day")}
LEFT JOIN market_climatefactor f ON {
    factor_join(food="m.food_id", day="t.day", factor_set="(SELECT id FROM market_factorset WHERE is_active)")
}"""
_LOT = "JOIN market_agreementlot l ON l.id = t.agreement_lot_id"
_KEYS: Mapping[str, tuple[str, str]] = {
    "supplier": ("t.supplier_id", ""),
    "category": ("p.category_id", "JOIN market_product p ON p.id = t.product_id"),
    "month": ("(extract(year FROM t.day) * 100 + extract(month FROM t.day))::int", ""),
    "product": ("t.product_id", ""),
    "kitchen": ("t.kitchen_id", ""),
    "agreement": ("l.agreement_id", _LOT),
    "lot": ("t.agreement_lot_id", ""),
    "marks": ("t.marks", ""),
    "allotment": ("l.allotment", _LOT),
    "reason": ("t.passed_over", ""),
}
_NAMES: Mapping[str, str] = {
    "supplier": "SELECT n.name, coalesce(n.org_number, ''), n.sort_key FROM suppliers_supplier n WHERE n.id = s.key",
    "category": "SELECT n.name_{tongue}, '', n.name_{tongue} FROM market_productcategory n WHERE n.id = s.key",
    "product": "SELECT n.name_{tongue}, '', n.sort_key FROM market_product n WHERE n.id = s.key",
    "kitchen": "SELECT n.name, '', n.sort_key FROM kitchens_kitchen n WHERE n.id = s.key",
    "agreement": "SELECT n.title, '', n.title FROM market_agreement n WHERE n.id = s.key",
    "lot": "SELECT n.name, a.title, n.name FROM market_agreementlot n JOIN market_agreement a ON a.id = n.agreement_id"
    " WHERE n.id = s.key",
}
_GOODS = (
    " WHERE t.authority_id = %(authority)s AND t.basis = %(basis)s AND t.day BETWEEN %(first)s AND %(last)s"
)
_PLAIN = "SELECT s.key::text, '', s.key::text"


@dataclass(frozen=True, slots=True)
class Folded:
    """A part with its sums in the order in which they were asked for. ``number`` is a supplier's, or a lot's agreement."""

    key: str
    name: str
    number: str
    sums: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    whole: tuple[Any, ...]
    parts: tuple[Folded, ...]


def fold(
    asked: Asked,
    sums: Sequence[str],
    *,
    joins: str = "",
    by_day: bool = False,
    until: date | None = None,
    ways: Mapping[str, Any] | None = None,
) -> Fold:
    """Sums (SQL over a tally ``t`` and the joins) of the question's goods; parts by name, months by time.

    ``by_day`` where the sums or joins look at a tally's kitchen or its day within the month, as `FACTORS` do; ``until`` is
    the last day that counts, if the period's later days do not; ``ways`` are values that sums or joins name.
    """
    key, join = _KEYS[asked.by]
    last = min(asked.period.last, until or asked.period.last)
    goods = DAYS if by_day else goods_until(last, asked.narrowed, by=asked.by)
    names = _NAMES.get(asked.by, _PLAIN).format(tongue=asked.tongue)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH s AS (SELECT {key} AS key, GROUPING({key}) AS is_whole, {', '.join(sums)}"
            f" FROM {goods} {join} {joins} {_GOODS}{asked.narrowed.of_tallies()}"
            f" GROUP BY GROUPING SETS ((), ({key})))"
            f" SELECT s.*, n.* FROM s LEFT JOIN LATERAL ({names}) AS n(name, number, place) ON s.is_whole = 0"
            " ORDER BY n.place, s.key",
            _told(asked) | {"last": last} | dict(ways or {}),
        )
        rows = cursor.fetchall()
    end = 2 + len(sums)
    return Fold(
        whole=next(row[2:end] for row in rows if row[1]),
        parts=tuple(
            Folded(
                key=str(row[0]),
                name=_name(asked.by, row[end]),
                number=public_number(row[end + 1] or None) if asked.by == "supplier" else row[end + 1],
                sums=row[2:end],
            )
            for row in rows
            if not row[1]
        ),
    )


def pairs(asked: Asked) -> list[tuple[str, str, Decimal]]:
    """SEK by part and supplier: (part, supplier, SEK)."""
    key, join = _KEYS[asked.by]
    goods = plain_goods(asked.narrowed, by=asked.by)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}::text, t.supplier_id::text, sum(t.net_sek) FROM {goods} {join}"
            f" {_GOODS}{asked.narrowed.of_tallies()} GROUP BY 1, 2",
            _told(asked),
        )
        found: list[tuple[str, str, Decimal]] = cursor.fetchall()
        return found


def kitchens_of(asked: Asked) -> dict[str, int]:
    """How many kitchens bought of each supplier."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT k.supplier_id::text, count(*)::int FROM (SELECT DISTINCT t.supplier_id, t.kitchen_id FROM {DAYS}"
            f" {_GOODS}{asked.narrowed.of_tallies()}) k GROUP BY 1",
            _told(asked),
        )
        return dict(cursor.fetchall())


def _told(asked: Asked) -> dict[str, Any]:
    return {
        **asked.narrowed.keys,
        "authority": asked.authority.pk,
        "basis": asked.basis,
        "first": asked.period.first,
        "last": asked.period.last,
    }


def _name(by: str, name: str) -> str:
    if by == "month":
        return formats.date_format(date(int(name[:4]), int(name[4:]), 1), "F Y")
    if by == "marks":
        return marks_name(name)
    if by == "allotment":
        return allotment_name(name).capitalize()
    if by == "reason":
        return rule_name(name) if name else _("Den som stod i tur")
    return name


def opens_to(key: str, *, asked: Asked) -> dict[str, str]:
    """The question that shows the rows of a part. A month is told as a period of its own."""
    if asked.by == "month":
        month = f"{key[:4]}-{key[4:]}"
        return dict(asked.opening(**{"from": month, "to": month}))
    if asked.by in ("marks", "reason"):
        return dict(asked.opening(**{asked.by: key or NONE_OF_THEM}))
    return dict(asked.opening(**{asked.by: key}))
