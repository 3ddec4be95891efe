"""A purchase file becomes rows: a table of text in, values out, one row at a time.

The file is read as a stream; what is kept beside the row in hand is one number a row, to know exact copies again
(about 0.15 kB a row). Nothing is lost: each row of the file comes out as a Row or as a BadRow.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as TableOf
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from config.ground.records import FileUnreadable, Record, Survey, records_of, survey
from market.rules.list_headings import is_total
from orders.interchange.purchase_cells import CellFault, Cells
from orders.interchange.purchase_mapping import Mapping
from orders.interchange.purchase_words import Fault, Oddity

HEADER_WITHIN = 30  # rows of title and notes that may stand above the header


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be read. What is blank is None, never zero; ``raw`` is every cell as it stands in the file.

    ``row_number`` counts the rows below the header from 1; ``line`` is the line of the file where the row begins.
    ``amount`` is excl. VAT in ``currency``; ``kg`` is None where no weight is known.
    """

    row_number: int
    line: int
    buyer: str
    supplier_name: str
    supplier_number: str
    product_text: str
    product_label: str
    category: str
    period_start: date
    period_end: date
    currency: str
    amount: Decimal | None
    quantity: Decimal | None
    quantity_unit: str
    kg: Decimal | None
    raw: TableOf[str, str]
    odd: tuple[Oddity, ...] = ()
    invoice_number: str = ""
    marks: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that can't be read: where it stands and everything that is wrong with it."""

    row_number: int
    line: int
    faults: tuple[CellFault, ...]
    raw: tuple[str, ...]

    @property
    def is_total(self) -> bool:
        """A row of totals below the purchases: set aside, no fault of the file."""
        return any(each.fault is Fault.TOTALS for each in self.faults)

    @property
    def columns(self) -> str:
        return ", ".join(each.column for each in self.faults if each.column)

    def words(self, language: str) -> str:
        return "; ".join(each.words(language) for each in self.faults)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The file's header, found by its content, and its rows, to be walked through once."""

    columns: tuple[str, ...]
    unread: tuple[str, ...]
    rows: Iterator[Row | BadRow]


def read_rows(file: BinaryIO, mapping: Mapping) -> Iterator[Row | BadRow]:
    """The rows of the file in its order. Raises FileUnreadable when there is no header of this mapping."""
    return read_sheet(file, mapping, seen=survey(file, encoding=mapping.encoding)).rows


def read_sheet(file: BinaryIO, mapping: Mapping, *, seen: Survey) -> Sheet:
    """Header and rows. Raises FileUnreadable, also while the rows are walked through (a sign of another encoding)."""
    file.seek(0)
    try:
        text = io.TextIOWrapper(file, encoding=seen.encoding, newline=seen.line_end)
    except LookupError as error:
        raise FileUnreadable(
            sv=f"teckenkodningen {seen.encoding} finns inte", en=f"there is no encoding {seen.encoding}"
        ) from error
    records = records_of(text, delimiter=mapping.delimiter)
    header = _header(records, mapping)
    positions = {name: header.index(_norm(column)) for name, column in mapping.columns.items()}
    unread = tuple(name for at, name in enumerate(header.names) if at not in positions.values())
    reader = _RowReader(mapping, header.names, positions)
    return Sheet(header.names, unread, reader.rows(records))


class _Header:
    def __init__(self, cells: list[str]) -> None:
        self.names = _told_apart(cell.strip() for cell in cells)
        self._normed = [_norm(cell) for cell in cells]

    def missing(self, mapping: Mapping) -> list[str]:
        return [column for column in mapping.columns.values() if _norm(column) not in self._normed]

    def twice(self, mapping: Mapping) -> list[str]:
        return [column for column in mapping.columns.values() if self._normed.count(_norm(column)) > 1]

    def index(self, normed: str) -> int:
        return self._normed.index(normed)


def _told_apart(names: Iterable[str]) -> tuple[str, ...]:
    """A name that stands twice gets a number, so that no cell hides another."""
    told: list[str] = []
    for name in names:
        times = sum(1 for each in told if each == name or each.startswith(f"{name} ("))
        told.append(f"{name} ({times + 1})" if name in told else name)
    return tuple(told)


def _norm(name: str) -> str:
    return " ".join(name.replace("\ufeff", "").split()).casefold()


def _header(records: Iterator[Record], mapping: Mapping) -> _Header:
    """The first row that has every column of the mapping, within the first thirty."""
    nearest: _Header | None = None
    for _, record in zip(range(HEADER_WITHIN), records, strict=False):
        candidate = _Header([] if record.broken else record.cells)
        if not candidate.missing(mapping):
            if twice := candidate.twice(mapping):
                names = ", ".join(twice)
                raise FileUnreadable(
                    sv=f"rubrikraden har två kolumner som heter {names}",
                    en=f"the header has two columns named {names}",
                )
            return candidate
        if nearest is None or len(candidate.missing(mapping)) < len(nearest.missing(mapping)):
            nearest = candidate
    missing = ", ".join(nearest.missing(mapping) if nearest else mapping.columns.values())
    found = ", ".join(nearest.names if nearest else ()) or "–"
    raise FileUnreadable(
        sv=f"ingen rubrikrad passar mappningen {mapping.name}: {missing} saknas; närmast är raden med {found}",
        en=f"no header fits the mapping {mapping.name}: {missing} is missing; nearest is the row with {found}",
    )


class _RowReader:
    """Turns records into rows by one mapping and one header."""

    def __init__(self, mapping: Mapping, names: tuple[str, ...], positions: TableOf[str, int]) -> None:
        self.mapping = mapping
        self.names = names
        self.positions = positions
        self._seen: set[bytes] = set()

    def rows(self, records: Iterable[Record]) -> Iterator[Row | BadRow]:
        for number, record in enumerate(records, start=1):
            yield self._row(number, record)

    def _row(self, number: int, record: Record) -> Row | BadRow:
        read = self._read(number, record)
        if isinstance(read, BadRow) and not record.broken and is_total(record.cells):
            return replace(read, faults=(CellFault("", Fault.TOTALS, {}),))
        return read

    def _read(self, number: int, record: Record) -> Row | BadRow:
        if record.broken:
            figures = {"first": record.line, "last": record.last_line}
            fault = CellFault("", Fault.BROKEN_QUOTE, figures)
            return BadRow(number, record.line, (fault,), tuple(record.cells))
        if len(record.cells) != len(self.names):
            figures = {"found": len(record.cells), "expected": len(self.names)}
            fault = CellFault("", Fault.WRONG_CELLS, figures)
            return BadRow(number, record.line, (fault,), tuple(record.cells))
        row = Cells(self.mapping, {name: record.cells[at].strip() for name, at in self.positions.items()})
        row.look_for_unstorable_signs(self.names, record.cells)
        values = row.values()
        if row.faults:
            return BadRow(number, record.line, tuple(row.faults), tuple(record.cells))
        odd = self._oddities(row, values, record.cells)
        raw = dict(zip(self.names, record.cells, strict=True))
        return Row(row_number=number, line=record.line, raw=raw, odd=odd, **values)

    def _oddities(self, row: "Cells", values: TableOf[str, Any], cells: list[str]) -> tuple[Oddity, ...]:
        mark = hashlib.blake2b("\x1f".join(cells).encode(), digest_size=8).digest()
        again = mark in self._seen
        self._seen.add(mark)
        figures = [values["quantity"], values["kg"], values["amount"]]
        found = {
            Oddity.DUPLICATE: again,
            Oddity.NEGATIVE: any(figure is not None and figure < 0 for figure in figures),
            Oddity.ZERO_WEIGHT: row.weighs_zero,
            Oddity.NO_WEIGHT: values["kg"] is None and not row.weighs_zero,
            Oddity.NO_FIGURES: all(figure is None for figure in figures),
            Oddity.BUYER_MERGED: row.buyer_merged,
            Oddity.WRONG_NUMBER: row.number_is_wrong,
            Oddity.ROUNDING: row.is_rounding,
        }
        return tuple(oddity for oddity, is_so in found.items() if is_so)
