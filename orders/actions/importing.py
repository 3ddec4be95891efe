"""Somebody else's purchase file becomes external purchases, whole or not at all, and can be undone as a whole."""

import json
from collections.abc import Callable, Iterator
from collections.abc import Mapping as TableOf
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from config.ground.records import FileUnreadable, Survey
from config.ground.trail import Actor, acting, trail_in_bulk
from market.models import Authority, ClimateFood
from orders.actions.external_tally import drop_tallies, tally_import
from orders.actions.import_refusals import (
    FileHasBadRows,
    FileNotUnderstood,
    ImportAlreadyUndone,
    SameFileAgain,
    TooManyBadRows,
)
from orders.actions.import_report import ImportReport
from orders.interchange.food_tables import food_names
from orders.interchange.purchase_books import text_table
from orders.interchange.purchase_mapping import Mapping
from orders.interchange.purchases import BadRow, Row, read_sheet
from orders.models import PurchaseImport, RefusedRow
from orders.rules.food_names import FoodNames, Match

MOST_BAD_ROWS = 10_000  # past this the mapping is wrong, not the rows; it also bounds what is held in memory
NAMES_REMEMBERED = 50_000

_COLUMNS = (
    "purchase_import_id, row_number, authority_id, buyer, supplier_name, supplier_number, product_text, product_label,"
    " category, period_start, period_end, currency, amount, quantity, quantity_unit, kg, food_id, raw,"
    " invoice_number, marks"
)
Keep = Callable[[Row, int | None], None]


def import_purchases(
    *,
    authority: Authority,
    file_name: str,
    content: Path,
    mapping: Mapping,
    dry_run: bool = False,
    skip_bad: bool = False,
    by: Actor,
) -> ImportReport:
    """Read the file at ``content`` into external purchases of the authority, with their tallies.

    A dry run writes nothing and reports the same. With ``skip_bad`` rows that can't be read are kept as refused rows
    and the rest is imported; without it one such row refuses the file (a dry run then reports it).
    Raises SameFileAgain (409), FileHasBadRows, TooManyBadRows and FileNotUnderstood (422).
    """
    with _told_as_refusal(file_name), text_table(content, mapping) as table:
        seen = table.seen
        _refuse_the_same_file(authority=authority, sha256=seen.sha256, file_name=file_name)
        report = ImportReport(file_name, seen.sha256, mapping.name, table.came_as, dry_run=dry_run)
        foods = dict(ClimateFood.objects.values_list("key", "id"))
        reading = _Reading(table.file, seen, table.mapping, report, foods)
        if dry_run:
            reading.each(lambda _row, _food_id: None)
            return report
        with (
            acting(by),
            _one_standing_import(authority=authority, sha256=seen.sha256, file_name=file_name),
        ):
            _import(reading, authority=authority, skip_bad=skip_bad, by=by)
    return report


def undo_import(*, purchase_import: PurchaseImport, by: Actor) -> None:
    """From now on the import counts nowhere; its rows stay, its tallies go. Raises ImportAlreadyUndone (409)."""
    with acting(by):
        standing = PurchaseImport.objects.filter(pk=purchase_import.pk, undone_at=None)
        if not standing.update(undone_at=Now(), undone_by=by.name):
            raise ImportAlreadyUndone(import_id=purchase_import.pk)
        drop_tallies(purchase_import=purchase_import)


def _import(reading: "_Reading", *, authority: Authority, skip_bad: bool, by: Actor) -> None:
    report = reading.report
    purchase_import = PurchaseImport.objects.create(
        authority=authority,
        file_name=report.file_name,
        sha256=report.sha256,
        mapping=report.mapping,
        rows=0,
        imported_by=by.name,
    )
    trail_in_bulk(f"import_purchases {purchase_import.pk}")
    # While COPY runs, the connection answers nothing else: what the rows need from the tables is read before.
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY orders_externalpurchase ({_COLUMNS}) FROM STDIN") as copy,
    ):

        def keep(row: Row, food_id: int | None) -> None:
            copy.write_row(
                _cells(row, import_id=purchase_import.pk, authority_id=authority.pk, food_id=food_id)
            )

        reading.each(keep)
    if report.bad_rows and not skip_bad:
        raise FileHasBadRows(report=report)
    RefusedRow.objects.bulk_create(
        (
            _refused_row(row, purchase_import=purchase_import)
            for row in (*report.bad_rows, *report.total_rows)
        ),
        batch_size=1000,
    )
    PurchaseImport.objects.filter(pk=purchase_import.pk).update(rows=report.rows)
    report.tallies = tally_import(purchase_import=purchase_import)
    report.import_id = purchase_import.pk


@dataclass(frozen=True, slots=True)
class _Reading:
    """One walk through an open file: each row is counted in the report, and handed on if it can be read."""

    file: BinaryIO
    seen: Survey
    mapping: Mapping
    report: ImportReport
    food_ids: TableOf[str, int]

    def each(self, keep: Keep) -> None:
        sheet = read_sheet(self.file, self.mapping, seen=self.seen)
        self.report.unread_columns = sheet.unread
        food_of = _matcher(food_names(self.mapping.food_names))
        for row in sheet.rows:
            if isinstance(row, BadRow):
                self._refuse(row)
                continue
            name = getattr(row, self.mapping.match_on) or row.product_text
            match = food_of(name, row.product_text)
            food_id = self.food_ids.get(match.food_key) if match else None
            if match and food_id is None:
                self.report.unknown_foods.add(match.food_key)
                match = None
            self.report.take(row, match=match, name=name)
            keep(row, food_id)

    def _refuse(self, row: BadRow) -> None:
        if row.is_total:
            self.report.total_rows.append(row)
            return
        self.report.bad_rows.append(row)
        if self.report.refused > MOST_BAD_ROWS:
            raise TooManyBadRows(
                file_name=self.report.file_name, limit=MOST_BAD_ROWS, mapping=self.mapping.name
            )


def _matcher(names: FoodNames) -> Callable[[str, str], Match | None]:
    """The same words come back thousands of times: remembered for one import."""

    @lru_cache(maxsize=NAMES_REMEMBERED)
    def food_of(name: str, text: str) -> Match | None:
        return names.food_of(name, beside=text)

    return food_of


def _cells(row: Row, *, import_id: int, authority_id: int, food_id: int | None) -> list[Any]:
    return [
        import_id,
        row.row_number,
        authority_id,
        row.buyer,
        row.supplier_name,
        row.supplier_number,
        row.product_text,
        row.product_label,
        row.category,
        row.period_start,
        row.period_end,
        row.currency,
        row.amount,
        row.quantity,
        row.quantity_unit,
        row.kg,
        food_id,
        json.dumps(dict(row.raw), ensure_ascii=False),
        row.invoice_number,
        row.marks,
    ]


def _refused_row(bad: BadRow, *, purchase_import: PurchaseImport) -> RefusedRow:
    return RefusedRow(
        purchase_import=purchase_import,
        row_number=bad.row_number,
        line=bad.line,
        column=bad.columns,
        words=bad.words("sv").replace("\x00", "␀"),
        words_en=bad.words("en").replace("\x00", "␀"),
        # PostgreSQL stores no NUL; its visible sign stands in for it.
        raw=[cell.replace("\x00", "␀") for cell in bad.raw],
    )


def _refuse_the_same_file(*, authority: Authority, sha256: str, file_name: str) -> None:
    earlier = PurchaseImport.objects.filter(authority=authority, sha256=sha256, undone_at=None).first()
    if earlier is not None:
        day = timezone.localdate(earlier.imported_at).isoformat()
        raise SameFileAgain(file_name=file_name, import_id=earlier.pk, day=day)


@contextmanager
def _one_standing_import(*, authority: Authority, sha256: str, file_name: str) -> Iterator[None]:
    """Two imports of one file at the same moment: the constraint lets one through, the other is told."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "import_once" not in str(error):
            raise
        _refuse_the_same_file(authority=authority, sha256=sha256, file_name=file_name)
        raise


@contextmanager
def _told_as_refusal(file_name: str) -> Iterator[None]:
    try:
        yield
    except FileUnreadable as error:
        raise FileNotUnderstood(
            file_name=file_name, why_sv=error.why["sv"], why_en=error.why["en"]
        ) from error
