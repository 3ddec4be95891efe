"""Files in the background: held by one maker, found again when it dies, mailed, forgotten; and everything of an authority."""

import csv
import io
import json
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.apps import apps
from python_calamine import CalamineWorkbook

from config.ground.models import JobRun, OutboxMessage
from config.ground.outbox import Attachment, Letter, write_letter
from config.ground.trail import Actor, acting
from market.models import AuthorityMember
from orders.actions import file_making, filing
from orders.actions.file_making import make_file
from orders.actions.filing import ask_file, forget_old_files, hold_file, note_progress
from orders.actions.saving_reports import ask_due_reports, put_away
from orders.models import CallOff, ExternalPurchase, PurchaseImport, ReportFile, ReportFilePiece, SavedReport
from orders.queries.everything import LEFT_OUT, tables_of
from orders.queries.report_files import files_to_make, pieces_of
from orders.refusals import TooManyFilesWaiting
from orders.rules.schedules import Rhythm, Window
from orders.tasks import ask_reports, make_report_files
from tests.factories.report_files import asked_file, made_file, question_of, saved_report
from tests.factories.walked import make_walked
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db
JOB = Actor.job("tests")


@pytest.fixture
def world() -> World:
    return make_walked(1, kitchens=2)


def content(file: ReportFile) -> bytes:
    return b"".join(pieces_of(file))


def letter_of(file: ReportFile) -> Letter:
    """The one letter that left with the file."""
    message = OutboxMessage.objects.get(kind="report_file", cause_id=file.pk)
    assert message.recipient == file.owner.email
    return write_letter(message)


def state(file: ReportFile) -> str:
    file.refresh_from_db()
    return str(file.state)


def test_a_file_is_made_in_the_background_and_kept_in_pieces(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "PIECE", 1000)
    file = asked_file(world)
    make_report_files.delay()
    assert state(file) == "ready"
    assert ReportFilePiece.objects.filter(file=file).count() == -(-file.size // 1000) > 1
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content(file))).get_sheet_by_index(0).to_python()
    summed = sum(CallOff.objects.filter(state="placed").values_list("net_sek", flat=True), Decimal(0))
    at = next(row for row in rows if "Värde (kr)" in row).index("Värde (kr)")
    assert Decimal(str(rows[-1][at])) == summed
    assert file.name.endswith(".xlsx")
    assert JobRun.objects.filter(name="make_report_file", state="done").count() == 1
    assert OutboxMessage.objects.filter(kind="report_file").count() == 0


@pytest.mark.parametrize(
    ("kind", "form"),
    [("report", "csv"), ("report", "pdf"), ("report", "json"), ("rows", "csv"), ("rows", "xlsx")],
)
def test_each_kind_tells_the_same_sum(world: World, kind: str, form: str) -> None:
    file = made_file(world, kind=kind, format=form)
    summed = sum(CallOff.objects.filter(state="placed").values_list("net_sek", flat=True), Decimal(0))
    made = content(file)
    if form == "json":
        assert Decimal(json.loads(made)["whole"]["net_sek"]) == summed
    elif form == "pdf":
        assert made.startswith(b"%PDF")
    elif form == "xlsx":
        rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
        assert summed in {Decimal(str(cell)) for cell in rows[-1] if isinstance(cell, float)}
    else:
        lines = list(csv.reader(io.StringIO(made.decode("utf-8-sig")), delimiter=";"))
        head = next(row for row in lines if "Värde (kr)" in row)
        at = head.index("Värde (kr)")
        values = [Decimal(row[at].replace(",", ".")) for row in lines[lines.index(head) + 1 :]]
        assert (values[-1] if kind == "report" else sum(values)) == summed


def test_a_maker_that_died_leaves_a_hold_that_ends(world: World) -> None:
    file = asked_file(world)
    held = hold_file(file_id=file.pk, now=world.now, by=JOB)
    assert held is not None
    assert files_to_make(world.now) == []
    assert hold_file(file_id=file.pk, now=world.now, by=JOB) is None
    later = world.now + filing.HOLD
    assert files_to_make(later) == [file.pk]
    assert make_file(file_id=file.pk, now=later, by=JOB)
    assert state(file) == "ready"
    note_progress(
        file=held, done=5, of=9, now=later
    )  # the first maker was only slow: its words no longer count
    kept = filing.keep_file(
        file=held, content=io.BytesIO(b"x"), name="x", content_type="x", now=later, by=JOB
    )
    assert not kept
    assert state(file) == "ready"
    assert not make_file(file_id=file.pk, now=later, by=JOB)


def test_what_fails_is_tried_again_and_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object) -> None:
        raise OSError("/secret/path")

    monkeypatch.setitem(file_making._WRITERS, "report", fails)
    file = asked_file(world)
    for attempt in range(1, filing.MOST_ATTEMPTS + 1):
        with pytest.raises(OSError, match="secret"):
            make_file(file_id=file.pk, now=world.now, by=JOB)
        assert state(file) == ("failed" if attempt == filing.MOST_ATTEMPTS else "waiting")
        assert file.error == "OSError"
    killed = asked_file(world)
    for number in range(filing.MOST_ATTEMPTS):
        assert hold_file(file_id=killed.pk, now=world.now + filing.HOLD * number, by=JOB)
    assert hold_file(file_id=killed.pk, now=world.now + filing.HOLD * 9, by=JOB) is None
    assert (state(killed), killed.error) == ("failed", "MakerEnded")


def test_a_question_that_is_refused_is_not_tried_again(world: World) -> None:
    file = asked_file(world, question={"by": "moon"})
    with pytest.raises(Exception, match="invalid"):
        make_file(file_id=file.pk, now=world.now, by=JOB)
    assert state(file) == "failed"


def test_progress_is_told_while_rows_are_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int | None]] = []
    monkeypatch.setattr(file_making, "ROWS_A_STEP", 2)
    monkeypatch.setattr(file_making, "note_progress", lambda **step: told.append((step["done"], step["of"])))
    made_file(world, kind="rows")
    rows = CallOff.objects.filter(state="placed").count()
    assert told == [(done, rows) for done in range(0, rows, 2)]


def test_few_wait_at_a_time_and_the_same_is_not_made_twice(world: World) -> None:
    first = asked_file(world)
    assert asked_file(world).pk == first.pk
    for number in range(1, filing.MOST_WAITING):
        asked_file(world, question={**question_of(world), "kitchen": str(number)})
    with pytest.raises(TooManyFilesWaiting):
        asked_file(world, format="pdf")


def test_who_has_left_the_desk_gets_no_file_and_no_letter(world: World) -> None:
    file = asked_file(world, mailed=True)
    late = made_file(world, format="pdf", mailed=True)
    with acting(JOB):
        AuthorityMember.objects.filter(user=world.officer).delete()
    assert not make_file(file_id=file.pk, now=world.now, by=JOB)
    assert (state(file), file.error) == ("failed", "NotSeated")
    letter = letter_of(late)
    assert letter.attachments == ()
    assert "lämnas därför inte ut" in letter.text
    assert late.state == "ready"


def test_a_saved_report_is_mailed_once_a_due_day(world: World) -> None:
    saved = saved_report(world, rhythm=Rhythm.MONTHLY, window=Window.LAST_MONTH)
    assert saved.next_on is not None
    due = saved.next_on
    with time_machine.travel(due.isoformat() + "T06:00:00Z", tick=False):
        for _round in range(2):
            ask_reports.delay()
        make_report_files.delay()
    file = ReportFile.objects.get(saved=saved)
    before = (due.replace(day=1) - timedelta(days=1)).replace(day=1)
    assert file.question["from"] == file.question["to"] == f"{before:%Y-%m}"
    assert (file.due_on, file.state) == (due, "ready")
    saved.refresh_from_db()
    assert saved.next_on > due
    letter = letter_of(file)
    assert "Inköp per gård" in letter.subject
    assert letter.attachments == (Attachment(file.name, content(file), file.content_type),)


def test_a_file_too_large_for_mail_is_told_by_its_address(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orders.letters.MOST_ATTACHED", 10)
    letter = letter_of(made_file(world, mailed=True))
    assert letter.attachments == ()
    assert f"/myndighet/{world.authority.pk}/rapporter/filer/" in letter.text


def test_what_is_put_away_or_its_owner_gone_is_due_no_more(world: World) -> None:
    mine, other = (saved_report(world, rhythm=Rhythm.WEEKLY, name=name) for name in ("A", "B"))
    put_away(
        authority=world.authority, owner=world.officer, saved_id=mine.pk, now=world.now, by=world.by_officer
    )
    with acting(JOB):
        AuthorityMember.objects.filter(user=world.officer).delete()
    assert ask_due_reports(today=date(2030, 1, 1), now=world.now, by=JOB) == 0
    assert SavedReport.objects.filter(put_away_at=None).count() == 0
    assert not ReportFile.objects.filter(saved=other).exists()


def test_old_files_are_forgotten_but_that_they_were_is_kept(world: World) -> None:
    file = made_file(world)
    assert file.keep_until is not None
    assert forget_old_files(now=file.keep_until - timedelta(seconds=1), by=JOB) == 0
    assert forget_old_files(now=file.keep_until, by=JOB) == 1
    assert state(file) == "gone"
    assert not ReportFilePiece.objects.filter(file=file).exists()


def test_every_table_is_given_or_named_with_why_it_is_not() -> None:
    world = make_world()
    given = {table.name for table in tables_of(world.authority)}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in {"suppliers", "market", "kitchens", "orders"}:
            left_out = f"{model._meta.app_label}.{model._meta.object_name}" in LEFT_OUT
            assert left_out != (model._meta.db_table in given), model
    fields = {field.name for table in tables_of(world.authority) for field in table.fields}
    assert not fields & {"personal_number", "password", "pin_hash", "raw", "word_sha256"}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_everything_is_csv_and_json_with_a_schema_and_no_personal_number(world: World) -> None:
    number = "8112189876"
    with acting(JOB):
        world.supplier.__class__.objects.filter(pk=world.supplier.pk).update(
            legal_form="sole_trader", org_number=None, personal_number=f"19{number}", name="=cmd()"
        )
    file = made_file(world, kind="everything", format="zip", slug="", question={})
    with zipfile.ZipFile(io.BytesIO(content(file))) as archive:
        names = set(archive.namelist())
        told: dict[str, Any] = json.loads(archive.read("datapackage.json"))
        assert number not in "".join(archive.read(name).decode() for name in names)
        for resource in told["resources"]:
            rows = list(csv.DictReader(io.StringIO(archive.read(resource["path"]).decode(), newline="")))
            same = json.loads(archive.read(resource["jsonPath"]))
            assert len(rows) == len(same) == resource["rows"]
            assert [field["name"] for field in resource["schema"]["fields"]] == list(
                (same or [{}])[0]
            ) or not same
        by_name = {resource["name"]: resource for resource in told["resources"]}
        assert by_name["orders_calloff"]["rows"] == CallOff.objects.count()
        keys = by_name["orders_calloff"]["schema"]["foreignKeys"]
        assert {"fields": "order_id", "reference": {"resource": "orders_order", "fields": "id"}} in keys
        sellers = archive.read("tabeller/suppliers_supplier.csv").decode()
        assert "'=cmd()" in sellers
        assert "=cmd()" in [
            row["name"] for row in json.loads(archive.read("tabeller/suppliers_supplier.json"))
        ]
    assert set(told["leftOut"]) == set(LEFT_OUT)
    assert "lasmig.txt" in names


def test_another_authority_has_none_of_it_and_a_sellers_own_number_in_a_ledger_is_left_empty(
    world: World,
) -> None:
    other = make_world()
    given = {table.name: table for table in tables_of(other.authority)}
    mine = set(CallOff.objects.filter(authority=world.authority).values_list("pk", flat=True))
    assert not mine & {row[0] for row in given["orders_calloff"].rows}
    with acting(JOB):
        paper = PurchaseImport.objects.create(
            authority=other.authority,
            file_name="k.csv",
            sha256="0" * 64,
            mapping="m",
            rows=1,
            imported_by="tests",
        )
        ExternalPurchase.objects.create(
            purchase_import=paper,
            row_number=1,
            authority=other.authority,
            buyer="Skola",
            supplier_number="811218-9876",
            product_text="Potatis",
            period_start=date(2026, 1, 1),
            period_end=date(2026, 1, 31),
            currency="SEK",
            raw={"org": "811218-9876"},
        )
    table = {table.name: table for table in tables_of(other.authority)}["orders_externalpurchase"]
    at = [field.name for field in table.fields].index("supplier_number")
    assert [row[at] for row in table.rows] == [""]
    assert ExternalPurchase.objects.count() == 1


def test_asking_needs_no_queue(world: World) -> None:
    ask_file(
        authority=world.authority,
        owner=world.officer,
        asked=filing.AskedFile(kind="everything", title="Allt", format="zip", language="en"),
        by=world.by_officer,
    )
    assert len(files_to_make(world.now)) == 1
