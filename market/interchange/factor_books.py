"""A factor file as it came, opened: CSV here, workbooks by the reader of the house."""

import hashlib
from dataclasses import dataclass

from market.interchange.factor_cells import Sheets, csv_sheets
from market.refusals import FactorFileKind

CSV = (".csv", ".txt")


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
    """Raises FactorFileKind for what is no CSV."""
    if not name.casefold().endswith(CSV):
        raise FactorFileKind(name=name)
    return FactorFile(name=name, content=content, sheets=csv_sheets(content))
