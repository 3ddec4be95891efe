"""A report as a file: CSV for Sweden and for elsewhere, a workbook with formulas, a paper, JSON.

All are made of the same value (``orders/rules/reporting.py``), and each says what its figures are: definition, period,
basis, coverage, source. Money and weight are written as the value has them, so that every file tells the same öre. What
is unknown is an empty cell, never a zero; text is text, whatever it begins with.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from django.utils import translation
from django.utils.translation import gettext as _

from config.ground import figures, workbooks
from config.ground import tables as csv_tables
from config.ground.documents import Document, Facts, Heading, Table, Words
from config.ground.documents import Part as Printed
from config.ground.tables import Variant
from config.ground.workbooks import Formula
from orders.rules.reporting import Cell, Column, Kind, Part, Report, Told, Whole, ratio

MOST_PRINTED = 1000  # parts on paper; more are a file's matter
NARROW = 6  # columns that stand upright on A4
SHARE_PLACES = 1

# Decimals in CSV; a ratio keeps enough of them that nobody misses one.
PLACES = {
    Kind.SEK: 2,
    Kind.KG: 3,
    Kind.CO2E: 3,
    Kind.SHARE: 6,
    Kind.SEK_PER_KG: 4,
    Kind.CO2E_PER_KG: 4,
    Kind.CO2E_PER_PORTION: 4,
    Kind.GRAMS: 2,
    Kind.INDEX: 2,
    Kind.DAYS: 2,
}

# As a spreadsheet shows them, by its own language.
FORMATS = {
    Kind.WORDS: workbooks.WORDS,
    Kind.DAY: workbooks.DAY,
    Kind.SEK: "#,##0.00",
    Kind.KG: "#,##0.###",
    Kind.CO2E: "#,##0.0",
    Kind.SHARE: "0.0%",
    Kind.COUNT: "#,##0",
    Kind.DAYS: "#,##0.0",
    Kind.SEK_PER_KG: "#,##0.00",
    Kind.CO2E_PER_KG: "0.00",
    Kind.CO2E_PER_PORTION: "0.00",
    Kind.GRAMS: "#,##0.0",
    Kind.INDEX: "0.0",
}

UNITS = {
    Kind.SEK: "kr",
    Kind.KG: "kg",
    Kind.CO2E: "kg CO₂e",
    Kind.SEK_PER_KG: "kr/kg",
    Kind.CO2E_PER_KG: "kg CO₂e/kg",
    Kind.GRAMS: "g",
}


def as_csv(report: Report, *, variant: Variant, notice: str = "") -> Iterator[str]:
    """The report line by line, its whole last. What it is stands above the headings."""
    parts = [*report.parts, *([report.whole] if report.whole else [])]
    return rows_as_csv(report.told, report.columns, parts, variant=variant, notice=notice)


def rows_as_csv(
    told: Told, columns: Sequence[Column], parts: Iterable[Part], *, variant: Variant, notice: str = ""
) -> Iterator[str]:
    """Parts of any number, taken one at a time."""
    lead = [line for line in (notice, *(f"{name}: {text}" for name, text in told_in_words(told))) if line]
    return csv_tables.csv_lines(
        [csv_tables.Column(heading_of(column), places=PLACES.get(column.kind, 6), idle_zeros=column.kind is Kind.SEK)
         for column in columns],
        (part.cells for part in parts),
        variant=variant,
        first_lines=lead,
    )  # fmt: skip


def as_workbook(
    report: Report, *, notice: str, issuer: str, made_at: datetime, language: str, to: BinaryIO
) -> None:
    """The figures on the first sheet, with their whole as formulas; what they are on the second."""
    rows_as_workbook(
        report.told,
        report.columns,
        report.parts,
        whole=report.whole,
        notice=notice,
        issuer=issuer,
        made_at=made_at,
        language=language,
        to=to,
    )


def rows_as_workbook(
    told: Told,
    columns: Sequence[Column],
    parts: Iterable[Part],
    *,
    whole: Part | None = None,
    notice: str,
    issuer: str,
    made_at: datetime,
    language: str,
    to: BinaryIO,
) -> None:
    """Parts of any number in constant memory. Without a given ``whole`` the sums of what was written are the whole.

    ValueError for more rows than a sheet holds (1 048 576).
    """
    with translation.override(language):
        fold = _Fold(columns)
        figures_sheet = workbooks.Sheet(
            name=_("Siffror"),
            columns=tuple(
                workbooks.Column(
                    heading_of(column), FORMATS[column.kind], width=32 if column.kind is Kind.WORDS else 16
                )
                for column in columns
            ),
            rows=fold.through(parts),
            lead=tuple(line for line in (told.title, notice, period_in_words(told)) if line),
            foot=lambda first, last: fold.foot(whole, first=first, last=last),
        )
        about = [
            *told_in_words(told),
            *((column.heading, column.meaning) for column in columns if column.meaning),
        ]
        explained = workbooks.Sheet(
            name=_("Om siffrorna"),
            columns=(workbooks.Column(_("Vad"), width=28), workbooks.Column(_("Förklaring"), width=110)),
            rows=[*about, (_("Tom cell"), _("Okänt. Det räknas aldrig som noll."))],
            lead=tuple(line for line in (told.title, notice) if line),
        )
        workbooks.write_workbook(
            to, [figures_sheet, explained], title=told.title, author=issuer, made_at=made_at
        )


def as_document(report: Report, *, issuer: str, made_at: datetime, language: str, notice: str) -> Document:
    """The report as a paper. A paper of more than a thousand parts says that the rest stands in the file."""
    with translation.override(language):
        printed = [*report.parts[:MOST_PRINTED], *([report.whole] if report.whole else [])]
        table = Table(
            columns=tuple(heading_of(column) for column in report.columns),
            rows=tuple(
                tuple(
                    in_words(cell, column.kind)
                    for cell, column in zip(part.cells, report.columns, strict=True)
                )
                for part in printed
            ),
            numbers=frozenset(
                at for at, column in enumerate(report.columns) if column.kind not in {Kind.WORDS, Kind.DAY}
            ),
        )
        meanings = tuple((column.heading, column.meaning) for column in report.columns if column.meaning)
        parts: list[Printed] = [Facts(rows=told_in_words(report.told)[1:])]
        if len(report.parts) > MOST_PRINTED:
            cut = _("De första %(most)s av %(all)s rader. Hela rapporten finns som fil.")
            parts.append(
                Words(cut % {"most": figures.number(MOST_PRINTED), "all": figures.number(len(report.parts))})
            )
        parts.append(table)
        if meanings:
            parts += [Heading(_("Kolumnerna")), Facts(rows=meanings)]
        return Document(
            title=report.told.title,
            language=language,
            issuer=issuer,
            made_at=made_at,
            lead="",
            parts=parts,
            notice=notice,
            wide=len(report.columns) > NARROW,
        )


def as_json(report: Report) -> dict[str, Any]:
    """The report as plain JSON: exact figures as text with a point, days by ISO 8601, None for what is unknown."""
    told = report.told
    return {
        "report": report.slug,
        "title": told.title,
        "definition": told.definition,
        "period": {"from": told.period.first.isoformat(), "to": told.period.last.isoformat()},
        "basis": told.basis,
        "source": told.source,
        "coverage": [{"share": _plain(each.share), "base": each.base} for each in told.coverage],
        "narrowed_to": list(told.narrowed_to),
        "notes": list(told.notes),
        "columns": [
            {
                "key": column.key,
                "heading": column.heading,
                "kind": str(column.kind),
                "whole": str(column.whole),
                "meaning": column.meaning,
            }
            for column in report.columns
        ],
        "parts": [_part_as_json(part, report.columns) for part in report.parts],
        "whole": _part_as_json(report.whole, report.columns) if report.whole else None,
    }


def json_text(report: Report) -> str:
    return json.dumps(as_json(report), ensure_ascii=False, indent=1)


def told_in_words(told: Told) -> tuple[tuple[str, str], ...]:
    """What the figures are, name and text, in the language of the page."""
    coverage = tuple(
        (_("Täckning"), f"{figures.share(each.share, places=SHARE_PLACES)} {each.base}")
        for each in told.coverage
    )
    return (
        (_("Rapport"), told.title),
        (_("Period"), f"{told.period.first.isoformat()} – {told.period.last.isoformat()}"),
        (_("Underlag"), told.basis),
        *((_("Urval"), each) for each in told.narrowed_to),
        *coverage,
        (_("Definition"), told.definition),
        (_("Källa"), told.source),
        *((_("Anmärkning"), each) for each in told.notes),
    )


def period_in_words(told: Told) -> str:
    return f"{told.period.first.isoformat()} – {told.period.last.isoformat()}, {told.basis}"


def heading_of(column: Column) -> str:
    """``Värde (kr)``; a share stands without a unit, since a file has it as a part of one and a paper with its sign."""
    unit = UNITS.get(column.kind, "")
    if unit.startswith("kr"):
        unit = unit.replace("kr", figures.CURRENCY.get(figures.language(), "SEK"))
    return f"{column.heading} ({unit})" if unit and f"({unit})" not in column.heading else column.heading


def in_words(cell: Cell, kind: Kind) -> str:
    """A cell as a person reads it; its unit stands in the heading."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return cell.isoformat()
    if kind is Kind.SHARE:
        return figures.share(cell, places=SHARE_PLACES)
    if kind in {Kind.SEK, Kind.SEK_PER_KG}:
        return figures.number(cell, places=2)
    return figures.number(cell, most=2 if kind not in {Kind.KG, Kind.COUNT} else 3)


class _Fold:
    """Adds up what goes through, so that the foot needs no second reading."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.names = {column.key: workbooks.letters(at) for at, column in enumerate(columns)}
        self.sums: dict[str, Decimal | int | None] = {
            column.key: None for column in columns if column.whole is Whole.SUM
        }

    def through(self, parts: Iterable[Part]) -> Iterator[Sequence[Cell]]:
        added = [(at, column.key) for at, column in enumerate(self.columns) if column.key in self.sums]
        for part in parts:
            for at, key in added:
                cell = part.cells[at]
                if isinstance(cell, Decimal | int):
                    self.sums[key] = (self.sums[key] or 0) + cell
            yield part.cells

    def foot(self, whole: Part | None, *, first: int, last: int) -> workbooks.Row:
        """Formulas over rows ``first`` to ``last``, in the row after. A whole that its parts don't make is a figure."""
        cells: list[workbooks.Cell] = []
        for at, column in enumerate(self.columns):
            given = whole.cells[at] if whole else None
            if at == 0:
                cells.append(given if isinstance(given, str) else _("Summa"))
            elif column.whole is Whole.SUM:
                cells.append(self._sum(column, given, known=whole is not None, first=first, last=last))
            elif column.whole is Whole.RATIO and column.ratio_of:
                cells.append(self._ratio(column, given, row=last + 1, known=whole is not None))
            else:
                cells.append(given)
        return cells

    def _sum(self, column: Column, given: Cell, *, known: bool, first: int, last: int) -> workbooks.Cell:
        made = self.sums[column.key]
        if last < first or (known and given != made):
            return given
        name = self.names[column.key]
        return None if made is None else Formula(f"SUM({name}{first}:{name}{last})", made)

    def _ratio(self, column: Column, given: Cell, *, row: int, known: bool) -> workbooks.Cell:
        above, below = column.ratio_of or ("", "")
        made = ratio(self.sums.get(above), self.sums.get(below), times=column.ratio_times)
        if known and given != made:
            return given
        times = f"*{column.ratio_times}" if column.ratio_times != 1 else ""
        part, of = f"{self.names[above]}{row}", f"{self.names[below]}{row}"
        return None if made is None else Formula(f'IF({of}=0,"",{part}{times}/{of})', made)


def _part_as_json(part: Part, columns: Sequence[Column]) -> dict[str, Any]:
    return {column.key: _plain(cell) for column, cell in zip(columns, part.cells, strict=True)}


def _plain(cell: Cell) -> str | int | None:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) else cell
