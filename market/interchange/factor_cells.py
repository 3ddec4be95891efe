"""Cells of a published factor file: headers found by content, numbers with comma or point, blank told from zero.

Nothing is guessed: a header that isn't there stops the reading, and so does a cell that is no number.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from config.ground.records import survey
from config.ground.sheets import delimiter_of
from market.refusals import FactorCellsUnreadable, FactorHeaderUnknown

Cell = str | int | Decimal | None
Rows = Sequence[Sequence[Cell]]
Sheets = Mapping[str, Rows]

HEADER_WITHIN = 40  # rows of title, notes and units above a header
_NUMBER = re.compile(r"[-+\u2212]?\d+([.,]\d+)?([eE][-+]?\d+)?")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ReadFactor:
    """A row of a file. ``kg_co2e_per_kg`` None is missing: blank in the file, or nothing that can be told per kg.

    ``row`` counts from 1 as a spreadsheet does (of a CSV: records, the header among them). ``luc`` is the part that
    comes of land-use change, where the file tells it; ``gsd`` where its statistics give one.
    """

    key: str
    name: str
    name_en: str
    category: str
    kg_co2e_per_kg: Decimal | None
    row: int
    low: Decimal | None = None
    high: Decimal | None = None
    gsd: Decimal | None = None
    luc: Decimal | None = None
    grade: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadSet:
    """What a file gave, with what it says of its own boundary."""

    family: str
    boundary: str
    land_use_change: str
    grade: str
    holds_last_leg: bool
    rows: tuple[ReadFactor, ...]


def plain(cell: Cell) -> str:
    """The cell as text, every run of spaces and line breaks as one space."""
    return "" if cell is None else _SPACES.sub(" ", str(cell)).strip()


def folded(cell: Cell) -> str:
    return plain(cell).casefold()


def _unspaced(cell: Cell) -> str:
    return folded(cell).replace(" ", "")


def csv_sheets(content: bytes) -> Sheets:
    """A CSV as one sheet named ''. UTF-8, UTF-16 or Windows-1252; the sign between cells is told by the first lines.

    Raises ValueError for a text in another encoding, or whose quotation marks don't add up.
    """
    text = content.decode(survey(io.BytesIO(content)).encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(content))
    try:
        return {"": [tuple(row) for row in reader]}
    except csv.Error as error:
        raise ValueError(str(error)) from error


@dataclass(slots=True)
class Table:
    """The rows under a header, read by field. Faults are gathered, so that a person sees all of them at once."""

    sheet: str
    rows: Rows
    header_row: int
    columns: Mapping[str, int]
    faults: list[str] = field(default_factory=list)

    def numbers(self) -> range:
        """Row numbers from 1 of what stands under the header."""
        return range(self.header_row + 1, len(self.rows) + 1)

    def text(self, row: int, name: str) -> str:
        return plain(self._cell(row, name))

    def number(
        self, row: int, name: str, *, missing: Sequence[str] = (), zero: Sequence[str] = ()
    ) -> Decimal | None:
        """The figure; None for a blank or a sign that means missing, 0 for one that means zero."""
        text = self.text(row, name)
        if text in zero:
            return Decimal(0)
        if not text or text in missing:
            return None
        told = text.replace(" ", "")
        if not _NUMBER.fullmatch(told):
            self.faults.append(f"{self.sheet} {row}: {name} = {text[:60]!r}")
            return None
        return Decimal(told.replace(",", ".").replace("\u2212", "-"))

    def check(self) -> None:
        """Raises FactorCellsUnreadable when a cell was no number."""
        if self.faults:
            raise FactorCellsUnreadable(count=len(self.faults), first="; ".join(self.faults[:5]))

    def _cell(self, row: int, name: str) -> Cell:
        cells = self.rows[row - 1]
        column = self.columns.get(name, len(cells))
        return cells[column] if column < len(cells) else None


def table_of(
    sheets: Sheets,
    *,
    sheet: str | None,
    wanted: Mapping[str, Sequence[str]],
    may: Mapping[str, Sequence[str]] | None = None,
) -> Table:
    """The table whose header has all ``wanted`` columns, each under one of its spellings.

    ``sheet`` None looks in every sheet; a name is met whatever its spaces, also where it has none ("commodityITEM"). Raises FactorHeaderUnknown with the columns
    that were not found, or were found twice.
    """
    best: list[str] = list(wanted)
    for name in _named(sheets, sheet):
        for index, row in enumerate(sheets[name][:HEADER_WITHIN]):
            columns, absent = _columns(row, wanted, may or {})
            if not absent:
                return Table(sheet=name, rows=sheets[name], header_row=index + 1, columns=columns)
            best = min(best, absent, key=len)
    told = [wanted[name][0] for name in best]
    raise FactorHeaderUnknown(sheet=sheet or "", missing=", ".join(told), sheets=", ".join(sheets))


def _named(sheets: Sheets, sheet: str | None) -> list[str]:
    """The names that are ``sheet`` whatever their spaces; all of them for None."""
    return [name for name in sheets if sheet is None or folded(name) == folded(sheet)]


def _columns(
    row: Sequence[Cell], wanted: Mapping[str, Sequence[str]], may: Mapping[str, Sequence[str]]
) -> tuple[dict[str, int], list[str]]:
    """Where each field stands, and which of the wanted don't, or stand twice."""
    cells = [_unspaced(cell) for cell in row]
    columns: dict[str, int] = {}
    absent: list[str] = []
    for name, spellings in {**may, **wanted}.items():
        told = {_unspaced(each) for each in spellings}
        places = [index for index, cell in enumerate(cells) if cell in told]
        if len(places) == 1:
            columns[name] = places[0]
        elif name in wanted:
            absent.append(name)
    return columns, absent
