"""The options of a running agreement: a pasted sheet of text in, options out.

One row an option that is not used yet. Values are SEK excl. VAT, days are written as 2027-12-31. Nothing is written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from config.ground.sheets import Sheet, SheetRow
from market.interchange.agreement_words import Fault, Wrong
from market.interchange.farm_lists import fold
from market.rules.agreement_draft import OptionDraft
from market.rules.list_cells import Mark, decimal_mark, read_figure
from market.rules.list_headings import is_total, plain_heading, says_vat


class OptionColumn(StrEnum):
    LOT = "lot"
    WHAT = "what"
    CLAUSE = "clause"
    VALUE = "value"
    LAST_DAY = "last_day"
    EXTENDS_TO = "extends_to"


NAMES: Mapping[OptionColumn, tuple[str, ...]] = {
    OptionColumn.LOT: ("delkontrakt", "delområde", "del", "lot"),
    OptionColumn.WHAT: ("option", "förlängning", "option eller förlängning", "extension"),
    OptionColumn.CLAUSE: ("klausul", "punkt", "clause"),
    OptionColumn.VALUE: ("värde", "optionens värde", "belopp", "value"),
    OptionColumn.LAST_DAY: ("används senast", "senast", "last day", "used by"),
    OptionColumn.EXTENDS_TO: ("förlänger till", "förlänger avtalet till och med", "extends to"),
}
NEEDED = (OptionColumn.LOT, OptionColumn.WHAT, OptionColumn.VALUE, OptionColumn.LAST_DAY)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    options: tuple[OptionDraft, ...]
    faults: tuple[Fault, ...]


def read_options(sheet: Sheet) -> ReadOptions:
    """Each row an option, or a fault at its line and column; the first row holds the headings."""
    rows = [row for row in sheet.rows if any(row.cells)]
    if not rows:
        return ReadOptions((), ())
    header, *body = rows
    columns = _columns(header)
    if header.broken or any(each not in columns for each in NEEDED):
        return ReadOptions((), (Fault(header.line, "", Wrong.NO_OPTION_HEADER),))
    if says_vat(header.cells[columns[OptionColumn.VALUE]]):
        heading = header.cells[columns[OptionColumn.VALUE]]
        return ReadOptions((), (Fault(header.line, heading, Wrong.VAT_IN_CEILING),))
    read = [_Row(row, header, columns) for row in body if not is_total(row.cells)]
    mark = decimal_mark(each.cell(OptionColumn.VALUE) for each in read)
    options = [each.option(mark) for each in read]
    return ReadOptions(
        tuple(each for each in options if each is not None),
        tuple(fault for each in read for fault in each.faults),
    )


def _columns(header: SheetRow) -> dict[OptionColumn, int]:
    plain = [fold(plain_heading(cell)) for cell in header.cells]
    known = {column: {fold(name) for name in names} for column, names in NAMES.items()}
    return {
        column: next(place for place, name in enumerate(plain) if name in names)
        for column, names in known.items()
        if not names.isdisjoint(plain)
    }


class _Row:
    """One row under the headings, with what is wrong in it."""

    def __init__(self, row: SheetRow, header: SheetRow, columns: Mapping[OptionColumn, int]) -> None:
        self.row, self.header, self.columns = row, header, columns
        self.faults: list[Fault] = []

    def cell(self, column: OptionColumn) -> str:
        at = self.columns.get(column)
        return self.row.cells[at].strip() if at is not None and at < len(self.row.cells) else ""

    def option(self, mark: Mark | None) -> OptionDraft | None:
        if self.row.broken:
            self.faults.append(Fault(self.row.line, "", Wrong.BROKEN))
            return None
        for column in self._empty():
            self._fault(column, Wrong.EMPTY)
        value, last_day = self._value(mark), self._day(OptionColumn.LAST_DAY)
        extends_to = self._day(OptionColumn.EXTENDS_TO)
        if self.faults or value is None or last_day is None:
            return None
        return OptionDraft(
            lot=self.cell(OptionColumn.LOT),
            what=self.cell(OptionColumn.WHAT),
            clause=self.cell(OptionColumn.CLAUSE),
            value_sek=value,
            last_day=last_day,
            extends_to=extends_to,
        )

    def _empty(self) -> Iterator[OptionColumn]:
        return (each for each in (*NEEDED, OptionColumn.CLAUSE) if not self.cell(each))

    def _value(self, mark: Mark | None) -> Decimal | None:
        text = self.cell(OptionColumn.VALUE)
        figure = read_figure(text, mark=mark) if text else None
        if text and (not isinstance(figure, Decimal) or figure <= 0):
            self._fault(OptionColumn.VALUE, Wrong.NO_NUMBER, value=text[:40])
        return figure if isinstance(figure, Decimal) else None

    def _day(self, column: OptionColumn) -> date | None:
        text = self.cell(column)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._fault(column, Wrong.NO_DAY, value=text[:40])
            return None

    def _fault(self, column: OptionColumn, wrong: Wrong, **figures: str) -> None:
        at = self.columns.get(column)
        heading = self.header.cells[at] if at is not None else NAMES[column][0].capitalize()
        self.faults.append(Fault(self.row.line, heading, wrong, figures))
