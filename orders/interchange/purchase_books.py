"""A purchase file as a text table, whatever it came as: a workbook's first sheet is read into one, a text file is itself."""

import csv
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from config.ground.records import FileUnreadable, Survey, survey
from config.ground.refusals import FileRefused
from config.ground.sheets import read_sheet
from orders.interchange.purchase_mapping import DecimalStyle, Mapping

WORKBOOK_BEGINS = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class TextTable:
    """``mapping`` reads it: out of a workbook figures come with a point and dates as days, whatever the mapping says of text.

    ``seen.sha256`` is that of the file as it was handed in. ``came_as`` is its encoding, or ``xlsx``.
    """

    file: BinaryIO
    seen: Survey
    mapping: Mapping
    came_as: str


@contextmanager
def text_table(content: Path, mapping: Mapping) -> Iterator[TextTable]:
    """Raises FileUnreadable for a workbook that can't be read or is too big."""
    with content.open("rb") as file:
        if file.read(len(WORKBOOK_BEGINS)) != WORKBOOK_BEGINS:
            seen = survey(file, encoding=mapping.encoding)
            yield TextTable(file, seen, mapping, seen.encoding)
            return
    book = content.read_bytes()
    seen = Survey(hashlib.sha256(book).hexdigest(), "utf-8", "\n")
    plain = replace(mapping, decimal=DecimalStyle.POINT, delimiter=",", encoding="utf-8")
    yield TextTable(io.BytesIO(_as_csv(book)), seen, plain, "xlsx")


def _as_csv(book: bytes) -> bytes:
    """Rows as wide as the header, so that an empty cell at the end of one is no fault."""
    written = io.StringIO(newline="")
    try:
        rows = read_sheet(book, name="book.xlsx").rows
    except FileRefused as refusal:
        raise FileUnreadable(sv="den är ingen Excelfil", en="it is no Excel file") from refusal
    width = max((len(row.cells) for row in rows), default=0)
    writer = csv.writer(written, lineterminator="\n")
    for row in rows:
        writer.writerow([*row.cells, *[""] * (width - len(row.cells))])
    return written.getvalue().encode()
