"""Refused lines as rows: who asked for what, and which rule said no."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from market.models import Authority
from market.queries.findings import ToldVerdict, confirmed_paragraphs, told
from market.queries.names import unit_name
from orders.models import RefusedLine

SHOWN = 200

# The deciding rule of a refusal is its first verdict that failed.
DECIDING_RULE = """coalesce((SELECT v.value ->> 'rule' FROM jsonb_array_elements(r.finding -> 'verdicts') v
                 WHERE NOT (v.value ->> 'ok')::boolean LIMIT 1), 'stock')"""

_ROWS = f"""
SELECT r.id FROM orders_refusedline r
WHERE r.authority_id = %(authority)s AND r.refused_at >= %(since)s AND (%(rule)s = '' OR {DECIDING_RULE} = %(rule)s)
ORDER BY r.refused_at DESC, r.id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """``verdicts`` are those that failed; the first of them decided."""

    line: RefusedLine
    product: str
    unit: str
    verdicts: tuple[ToldVerdict, ...]


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """``cut`` tells that there are more than are shown."""

    rows: tuple[RefusedRow, ...]
    cut: bool


def refused_rows(
    authority: Authority, *, since: datetime, rule: str = "", most: int | None = SHOWN, language: str = "sv"
) -> RefusedPage:
    """Lines refused since then, the newest first; with ``rule`` only those that it decided. Three statements."""
    asked: dict[str, Any] = {
        "authority": authority.pk,
        "since": since,
        "rule": rule,
        "limit": None if most is None else most + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, asked)
        keys = [pk for (pk,) in cursor.fetchall()]
    lines = RefusedLine.objects.select_related("kitchen", "product").in_bulk(keys[:most])
    confirmed = confirmed_paragraphs()
    rows = []
    for line in (lines[pk] for pk in keys[:most]):
        unit = unit_name(line.product.base_unit)
        verdicts = tuple(each for each in told(line.finding, unit=unit, confirmed=confirmed) if not each.ok)
        product = line.product.name_en if language.startswith("en") else line.product.name_sv
        rows.append(RefusedRow(line=line, product=product, unit=unit, verdicts=verdicts))
    return RefusedPage(rows=tuple(rows), cut=most is not None and len(keys) > most)
