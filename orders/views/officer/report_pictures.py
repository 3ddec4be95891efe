"""A report drawn: its months as columns, its shares as split bars, its parts as bars. The table beside says all of it."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from config.ground.charts import drawing
from config.ground.charts.bars import Bar, Split, bars, shares
from config.ground.charts.drawing import Drawing, Measure
from config.ground.charts.over_time import columns
from orders.interchange.report_files import UNITS
from orders.rules.reporting import Cell, Column, Kind, Part, Report, Whole

MOST: Final = 12  # bars; the rest stands in the table
SIDES: Final = ("yes_sek", "known_sek", "unknown_sek")
# What is drawn of a report when it has several figures, the first that there is.
DRAWN: Final = (
    *(Kind.INDEX, Kind.GRAMS, Kind.SEK, Kind.CO2E, Kind.KG, Kind.CO2E_PER_KG, Kind.SEK_PER_KG, Kind.SHARE, Kind.COUNT),
)  # fmt: skip


def picture_of(report: Report, *, by: str) -> Drawing | None:
    """None where there is nothing to compare: fewer than two parts, or no figure that parts share."""
    if len(report.parts) < 2:  # noqa: PLR2004
        return None
    keys = {column.key for column in report.columns}
    if keys.issuperset(SIDES) and by != "month":
        return _split(report)
    column = _drawn(report)
    if column is None:
        return None
    place, title = report.column(column.key), report.told.title
    if column.heading.lower() != title.lower():
        title = f"{title}: {column.heading.lower()}"
    key = f"report-{report.slug}"
    if by == "month":
        rows = [Bar(_month(part), _figure(part.cells[place])) for part in report.parts]
        return columns(key, title, rows, measure=_measure(column))
    largest = sorted(report.parts, key=lambda part: _figure(part.cells[place]) or Decimal(0), reverse=True)
    rows = [Bar(str(part.cells[0]), _figure(part.cells[place])) for part in largest[:MOST]]
    if len(largest) > MOST:
        title = _("%(title)s, de %(most)s största") % {"title": title, "most": MOST}
    return bars(key, title, rows, measure=_measure(column))


def _split(report: Report) -> Drawing:
    """What is so, what is not, and what isn't known, of the largest parts."""
    yes, known, unknown = (report.column(key) for key in SIDES)
    largest = sorted(
        report.parts, key=lambda part: (_figure(part.cells[known]) or 0) + (_figure(part.cells[unknown]) or 0), reverse=True
    )  # fmt: skip
    rows = []
    for part in largest[:MOST]:
        so, all_known, rest = (_figure(part.cells[place]) or Decimal(0) for place in (yes, known, unknown))
        rows.append(Split(str(part.cells[0]), (max(so, Decimal(0)), max(all_known - so, Decimal(0)), max(rest, Decimal(0)))))  # fmt: skip
    names = (report.columns[yes].heading.lower(), _("inte"), _("okänt"))
    return shares(f"report-{report.slug}", f"{report.told.title}, {_('av värdet')}", names, rows)


def _drawn(report: Report) -> Column | None:
    found = [column for column in report.columns[1:] if column.whole is not Whole.NONE]
    totals = [column for column in found if column.key.startswith("total_")]
    return next((each for kind in DRAWN for each in (*totals, *found) if each.kind is kind), None)


def _measure(column: Column) -> Measure:
    if column.kind is Kind.SEK:
        return drawing.money()
    if column.kind is Kind.SHARE:
        return drawing.share()
    return drawing.weight(UNITS[column.kind]) if column.kind in UNITS else drawing.count()


def _month(part: Part) -> str:
    """``202611`` as ``26-11``: short enough under a column."""
    return f"{part.key[2:4]}-{part.key[4:]}" if len(part.key) == 6 and part.key.isdigit() else str(part.cells[0])  # noqa: PLR2004  # fmt: skip


def _figure(cell: Cell) -> Decimal | None:
    return Decimal(cell) if isinstance(cell, Decimal | int) else None
