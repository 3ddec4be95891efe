"""A file is whole or not there: its maker may be killed, and the house may change while everything is read."""

import csv
import io
import os
import subprocess
import sys
import zipfile
from datetime import date

import pytest
from django.db import connection, transaction
from django.utils import timezone

from config.ground.snapshot import one_snapshot
from config.ground.tables import SWEDISH
from config.ground.trail import Actor, acting
from kitchens.actions.kitchens import KitchenDraft, open_kitchen
from kitchens.models import Kitchen, KitchenClosure
from orders.actions.file_making import make_file
from orders.actions.filing import note_progress
from orders.interchange.report_files import as_csv
from orders.models import ReportFile, ReportFilePiece
from orders.queries.report_files import files_to_make, pieces_of
from orders.queries.reports.register import REPORTS
from tests.factories.report_files import asked_file
from tests.factories.reports import asked_of
from tests.factories.walked import make_walked
from tests.factories.world import World

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
JOB = Actor.job("tests")
PATIENCE = 60
NEW = "Köket som kom emellan"
# A maker that stops in the middle of its file, as one does that is killed there.
MAKER = """
import sys, time
import django
django.setup()
from django.db import connection
from django.utils import timezone
from config.ground.trail import Actor
from orders.actions.file_making import make_file
from orders.interchange import report_files
connection.settings_dict["NAME"] = sys.argv[1]
written = report_files.as_csv
def halfway(*told, **more):
    for number, line in enumerate(written(*told, **more)):
        yield line
        if number == 3:
            print("halfway", flush=True)
            time.sleep(600)
report_files.as_csv = halfway
make_file(file_id=int(sys.argv[2]), now=timezone.now(), by=Actor.job("tests"))
"""


@pytest.fixture
def world() -> World:
    return make_walked(1, kitchens=2)


def test_a_file_whose_maker_was_killed_is_made_again_and_whole(world: World) -> None:
    file = asked_file(world, format="csv")
    maker = subprocess.Popen(
        [sys.executable, "-c", MAKER, connection.settings_dict["NAME"], str(file.pk)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert maker.stdout is not None
    assert maker.stdout.readline() == "halfway\n"
    maker.kill()
    maker.wait(timeout=PATIENCE)
    maker.stdout.close()

    file.refresh_from_db()
    assert file.state == ReportFile.State.MAKING
    assert not ReportFilePiece.objects.exists()
    assert files_to_make(timezone.now()) == []
    assert file.held_until is not None
    assert files_to_make(file.held_until) == [file.pk]
    assert make_file(file_id=file.pk, now=file.held_until, by=JOB)
    file.refresh_from_db()
    assert file.state == ReportFile.State.READY
    report = REPORTS["inkop"].make(asked_of(world, "inkop", today=date(2026, 11, 23)))
    whole = "".join(as_csv(report, variant=SWEDISH)).splitlines()
    made = b"".join(pieces_of(file)).decode().splitlines()
    assert made[-len(report.parts) - 1 :] == whole[-len(report.parts) - 1 :]


def test_everything_is_of_one_moment_also_while_somebody_writes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kitchen comes, with a closure, when kitchens are not yet read: the file has both or neither."""
    tried: list[str] = []

    def somebody_writes(**progress: object) -> None:
        note_progress(**progress)  # type: ignore[arg-type]
        if not Kitchen.objects.filter(name=NEW).exists():
            kitchen = open_kitchen(
                authority=world.authority, draft=KitchenDraft(name=NEW, hub=world.hub), by=JOB
            )
            with acting(JOB):
                KitchenClosure.objects.create(
                    kitchen=kitchen, first_day=date(2026, 12, 24), last_day=date(2026, 12, 25), name="jul"
                )
            tried.append(NEW)

    monkeypatch.setattr("orders.actions.file_making.note_progress", somebody_writes)
    file = asked_file(world, kind="everything", format="zip", slug="", question={})
    assert make_file(file_id=file.pk, now=timezone.now(), by=JOB)
    file.refresh_from_db()
    assert tried == [NEW]
    assert Kitchen.objects.filter(name=NEW).exists()
    assert file.steps_done == file.steps_of
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces_of(file)))) as archive:
        kitchens = rows_of(archive, "kitchens_kitchen")
        closures = rows_of(archive, "kitchens_kitchenclosure")
    assert {row["name"] for row in kitchens} == {kitchen.name for kitchen in world.kitchens}
    assert closures == []


def test_a_snapshot_writes_nothing_and_begins_its_own_transaction(world: World) -> None:
    with pytest.raises(Exception, match="read-only"), one_snapshot():
        world.kitchen.save()
    with pytest.raises(RuntimeError, match="its own"), transaction.atomic(), one_snapshot():
        raise AssertionError


def rows_of(archive: zipfile.ZipFile, table: str) -> list[dict[str, str]]:
    text = archive.read(f"tabeller/{table}.csv").decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))
