"""A factor file as it came, opened: a CSV, or a workbook (XLSX, XLS, ODS) with its sheets by their names.

A workbook's cell is read as Excel shows it, to fifteen digits: 0.1 + 0.2 is 0.3, and the code 20047 has no decimals. One
that is merged downwards says the same of each row that it spans. A cell whose formula failed holds nothing, so its figure is missing, never zero.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from config.ground.sheets import fill_merged
from market.interchange.factor_cells import Rows, Sheets, csv_sheets
from market.refusals import FactorFileKind

TEXT = (".csv", ".tsv", ".txt")
WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # a zip (XLSX, ODS), or the older XLS
EXCEL_DIGITS = 15


@dataclass(frozen=True, slots=True)
class FactorFile:
    """A file with what its sheets hold; a CSV is one sheet named ''."""

    name: str
    content: bytes
    sheets: Sheets

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def factor_file(name: str, content: bytes) -> FactorFile:
    """Told by its first bytes, a text by its name. Raises FactorFileKind for what is neither, or can't be opened."""
    if content.startswith(WORKBOOK):
        return FactorFile(name=name, content=content, sheets=BookSheets(name, content))
    if not name.casefold().endswith(TEXT):
        raise FactorFileKind(name=name)
    try:
        sheets = csv_sheets(content)
    except ValueError as error:
        raise FactorFileKind(name=name) from error
    return FactorFile(name=name, content=content, sheets=sheets)


class BookSheets(Mapping[str, Rows]):
    """A workbook's sheets, each read when it is first asked for: a publication has more of them than are needed.

    Row 1 is the sheet's first, empty ones too, so that a factor's row is the one that a person finds.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        self._read: dict[str, Rows] = {}
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except (CalamineError, ValueError, OSError) as error:
            raise FactorFileKind(name=name) from error

    def __getitem__(self, sheet: str) -> Rows:
        if sheet not in self._book.sheet_names:
            raise KeyError(sheet)
        if sheet not in self._read:
            try:
                found = self._book.get_sheet_by_name(sheet)
                rows = [list(row) for row in found.to_python(skip_empty_area=False)]
                fill_merged(rows, found.merged_cell_ranges or [])
            except (CalamineError, ValueError, OSError) as error:
                raise FactorFileKind(name=self._name) from error
            self._read[sheet] = [tuple(_text(cell) for cell in row) for row in rows]
        return self._read[sheet]

    def __iter__(self) -> Iterator[str]:
        return iter(self._book.sheet_names)

    def __len__(self) -> int:
        return len(self._book.sheet_names)


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.{EXCEL_DIGITS}g}"
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)
