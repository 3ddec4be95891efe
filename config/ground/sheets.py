"""Tables that people hand in, as CSV or Excel: rows of text with the line where each stands.

What the cells mean is told elsewhere. A figure out of Excel comes as plain digits with a point, a date as ``YYYY-MM-DD``.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from config.ground.file_types import XLSX, type_of
from config.ground.records import FileUnreadable, records_of, survey

DELIMITERS = (";", "\t", ",", "|")
MOST_ROWS = 50_000
MOST_COLUMNS = 200
LONGEST_CELL = 1_000
SNIFFED = 20  # lines that tell the delimiter


@dataclass(frozen=True, slots=True)
class SheetRow:
    """``line`` counts from 1, as the spreadsheet or editor shows it. ``broken``: its quotation marks don't add up."""

    line: int
    cells: tuple[str, ...]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file's first sheet that hold anything. ``figures_are_plain``: its numbers carry a decimal point."""

    rows: tuple[SheetRow, ...]
    figures_are_plain: bool


def read_sheet(content: bytes, *, name: str) -> Sheet:
    """Raises FileRefused for what is no table at all, FileUnreadable for one that can't be read or is too big."""
    if type_of(content, name=name) is XLSX:
        return Sheet(rows=_bounded(_rows_of_excel(content)), figures_are_plain=True)
    if content.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"RIFF")):
        raise FileUnreadable(sv="den är ingen tabell", en="it is no table")
    return Sheet(rows=_bounded(_rows_of_text(content)), figures_are_plain=False)


def _bounded(rows: Iterator[SheetRow]) -> tuple[SheetRow, ...]:
    found: list[SheetRow] = []
    for row in rows:
        if len(found) >= MOST_ROWS:
            raise FileUnreadable(
                sv=f"den har fler än {MOST_ROWS} rader", en=f"it has more than {MOST_ROWS} rows"
            )
        if len(row.cells) > MOST_COLUMNS:
            raise FileUnreadable(
                sv=f"rad {row.line} har fler än {MOST_COLUMNS} kolumner",
                en=f"line {row.line} has more than {MOST_COLUMNS} columns",
            )
        found.append(row)
    return tuple(found)


def _rows_of_text(content: bytes) -> Iterator[SheetRow]:
    file = io.BytesIO(content)
    seen = survey(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=seen.encoding, newline=seen.line_end)
    head = content[:20_000].decode(seen.encoding, errors="replace")
    for record in records_of(text, delimiter=_delimiter(head)):
        cells = tuple(cell.strip()[:LONGEST_CELL] for cell in record.cells)
        yield SheetRow(line=record.line, cells=cells, broken=record.broken)


def delimiter_of(content: bytes) -> str:
    """The sign between the cells of a text table."""
    encoding = survey(io.BytesIO(content)).encoding
    return _delimiter(content[:20_000].decode(encoding, errors="replace"))


def _delimiter(head: str) -> str:
    """The sign that stands in most of the first lines, the same number of times; a semicolon before a comma."""
    lines = [line for line in head.splitlines() if line.strip()][:SNIFFED]
    best, most = ";", 0
    for sign in DELIMITERS:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts), key=lambda count: (counts.count(count) if count else 0, count), default=0)
        alike = counts.count(usual) if usual else 0
        if alike > most:
            best, most = sign, alike
    return best


def _rows_of_excel(content: bytes) -> Iterator[SheetRow]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        values: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
        merged = sheet.merged_cell_ranges or []
    except (CalamineError, IndexError, ValueError, OSError) as error:
        raise FileUnreadable(sv="Excelfilen går inte att läsa", en="the Excel file can't be read") from error
    fill_merged(values, merged)
    for number, cells in enumerate(values, start=1):
        texts = tuple(_text(cell) for cell in cells)
        if any(texts):
            yield SheetRow(line=number, cells=texts)


def fill_merged(
    values: Sequence[list[Any]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    """A cell that is merged downwards says the same of each row that it spans; sideways it is one cell."""
    for (top, left), (bottom, _right) in merged:
        for row in range(top + 1, min(bottom + 1, len(values))):
            if top < len(values) and left < len(values[row]):
                values[row][left] = values[top][left]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").rstrip(".") if abs(cell) < 1e15 else repr(cell)  # noqa: PLR2004  # as exact as Excel
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()[:LONGEST_CELL]
