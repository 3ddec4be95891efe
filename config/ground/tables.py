"""A table as CSV or as a workbook, for a spreadsheet in Sweden or elsewhere.

Swedish spreadsheets expect semicolon, decimal comma and a byte order mark; the international variant has comma,
point and none. Text that a spreadsheet would take for a formula is kept as text by an apostrophe before it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

Cell = str | int | Decimal | date | datetime | None
BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class Column:
    """``places`` are the decimals of a Decimal: 2 for SEK, 3 for kg; at most so many where ``idle_zeros`` are left out.

    ``100,000`` could be read back as thousands, ``100`` can't.
    """

    heading: str
    places: int = 2
    idle_zeros: bool = True


@dataclass(frozen=True, slots=True)
class Variant:
    delimiter: str
    decimal_mark: str
    begins: str


SWEDISH = Variant(delimiter=";", decimal_mark=",", begins=BYTE_ORDER_MARK)
INTERNATIONAL = Variant(delimiter=",", decimal_mark=".", begins="")


def csv_lines(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    variant: Variant,
    first_lines: Sequence[str] = (),
) -> Iterator[str]:
    """The file line by line. ``first_lines`` stand above the headings, each in a line of its own."""
    yield variant.begins
    for line in first_lines:
        yield _line([as_text(line)], variant)
    yield _line([as_text(column.heading) for column in columns], variant)
    for row in rows:
        yield _line(
            [_cell(value, column, variant) for value, column in zip(row, columns, strict=True)], variant
        )


def workbook(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, first_lines: Sequence[str] = ()
) -> bytes:
    """The table as an Excel file: figures as figures, text as text; nothing in it is ever a formula or a link."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number, line in enumerate(first_lines):
            sheet.write_string(number, 0, line)
        top = len(first_lines)
        for at, column in enumerate(columns):
            sheet.write_string(top, at, column.heading, bold)
            sheet.set_column(at, at, 18)
        for number, row in enumerate(rows, start=top + 1):
            for at, value in enumerate(row):
                _write_cell(sheet, number, at, value=value)
    return written.getvalue()


def _write_cell(sheet: Any, row: int, at: int, *, value: Cell) -> None:
    if isinstance(value, Decimal | int):
        sheet.write_number(row, at, value)
    elif value is not None:
        sheet.write_string(row, at, value.isoformat() if isinstance(value, date) else value)


def _line(cells: Sequence[str], variant: Variant) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=variant.delimiter, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def _cell(value: Cell, column: Column, variant: Variant) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        exact = value.quantize(Decimal(1).scaleb(-column.places), ROUND_HALF_UP)
        digits = f"{exact:f}"
        if not column.idle_zeros and "." in digits:
            digits = digits.rstrip("0").rstrip(".")
        return digits.replace(".", variant.decimal_mark)
    if isinstance(value, datetime):
        return f"{value.astimezone(STOCKHOLM):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else as_text(value)


def as_text(value: str) -> str:
    """Text that no spreadsheet reads as a formula, also not behind blanks that it would trim away."""
    risky = value.startswith(FORMULA) or value.lstrip().startswith(FORMULA)
    return f"'{value}" if risky else value
