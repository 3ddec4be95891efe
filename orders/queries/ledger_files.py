"""A ledger that was handed in: its headings, and how the authority has read such files before."""

from collections.abc import Sequence
from typing import Any

from config.ground.models import StoredFile
from config.ground.refusals import NotFound
from config.ground.sheets import delimiter_of, read_sheet
from market.models import Authority
from orders.models import PurchaseMapping
from orders.rules.ledger_headings import guess_columns, reads_all

SHELF = "ledger"
HEADER_WITHIN = 30


def ledger_file(authority: Authority, pk: int) -> StoredFile:
    """Raises NotFound."""
    found = StoredFile.objects.filter(pk=pk, shelf=SHELF, shelf_id=authority.pk).first()
    if found is None:
        raise NotFound
    return found


def headings_of(file: StoredFile) -> tuple[str, ...]:
    """Of the first rows the one with the most cells. Raises FileRefused, FileUnreadable."""
    rows = read_sheet(bytes(file.content), name=file.name).rows[:HEADER_WITHIN]
    widest = max(rows, key=lambda row: sum(1 for cell in row.cells if cell), default=None)
    return tuple(dict.fromkeys(cell for cell in widest.cells if cell)) if widest else ()


def first_answers(authority: Authority, file: StoredFile, headings: Sequence[str]) -> dict[str, Any]:
    """What the form begins with: the latest saved mapping that fits the file, else a guess by its headings."""
    for row in PurchaseMapping.objects.filter(authority=authority).order_by("-changed_at"):
        if reads_all(list(row.told.get("columns", {}).values()), headings):
            return {"name": row.name, **row.told}
    return {
        "name": "",
        "columns": guess_columns(headings),
        "delimiter": delimiter_of(bytes(file.content)),
        "decimal": "comma",
        "period_style": "day",
    }
