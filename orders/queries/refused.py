"""Refused lines as rows: who asked for what, and which rule said no."""

from dataclasses import dataclass
from datetime import datetime

from market.models import Authority
from market.queries.findings import ToldVerdict, confirmed_paragraphs, told
from market.queries.wording import unit_name
from orders.models import RefusedLine
from orders.queries.attention import WEEK

MOST = 500


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """``verdicts`` are those that failed; the first of them decided."""

    line: RefusedLine
    unit: str
    verdicts: tuple[ToldVerdict, ...]

    @property
    def rule(self) -> str:
        return self.verdicts[0].rule if self.verdicts else "stock"


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """``cut`` tells that there are more than are shown."""

    rows: tuple[RefusedRow, ...]
    cut: bool


def refused_rows(authority: Authority, *, now: datetime, rule: str = "") -> RefusedPage:
    """The week's refused lines, the newest first; with ``rule`` only those that it decided. Two statements."""
    lines = list(
        RefusedLine.objects.filter(authority=authority, refused_at__gte=now - WEEK)
        .select_related("kitchen", "product")
        .order_by("-refused_at", "-pk")[: MOST + 1]
    )
    confirmed = confirmed_paragraphs()
    rows = []
    for line in lines[:MOST]:
        unit = unit_name(line.product.base_unit)
        verdicts = tuple(each for each in told(line.finding, unit=unit, confirmed=confirmed) if not each.ok)
        rows.append(RefusedRow(line=line, unit=unit, verdicts=verdicts))
    return RefusedPage(rows=tuple(row for row in rows if not rule or row.rule == rule), cut=len(lines) > MOST)
