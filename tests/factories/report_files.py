"""A file of an officer's, made, and a report that she keeps."""

from datetime import timedelta

from config.ground.trail import Actor
from orders.actions.file_making import make_file
from orders.actions.filing import AskedFile, ask_file
from orders.actions.open_data import decide_open_data
from orders.actions.saving_reports import save_report
from orders.models import OpenDataDecision, ReportFile, SavedReport
from orders.rules.periods import year_of
from orders.rules.schedules import Rhythm, Window
from tests.factories.world import World

JOB = Actor.job("tests")


def question_of(world: World) -> dict[str, str]:
    year = year_of(world.delivery_date)
    return {"from": year.from_text, "to": year.to_text, "basis": "ordered", "by": "supplier"}


def asked_file(world: World, **change: object) -> ReportFile:
    told: dict[str, object] = {
        "kind": ReportFile.Kind.REPORT,
        "title": "Inköp",
        "format": "xlsx",
        "language": "sv",
        "slug": "inkop",
        "question": question_of(world),
    }
    return ask_file(
        authority=world.authority,
        owner=world.officer,
        asked=AskedFile(**(told | change)),  # type: ignore[arg-type]
        by=world.by_officer,
    )


def made_file(world: World, **change: object) -> ReportFile:
    file = asked_file(world, **change)
    make_file(file_id=file.pk, now=world.now + timedelta(minutes=1), by=JOB)
    file.refresh_from_db()
    return file


def saved_report(world: World, **change: object) -> SavedReport:
    told: dict[str, object] = {
        "name": "Inköp per gård",
        "slug": "inkop",
        "question": question_of(world),
        "window": Window.AS_SAVED,
        "file_format": "xlsx",
        "rhythm": Rhythm.NEVER,
        "language": "sv",
        "today": world.today,
    }
    return save_report(
        authority=world.authority,
        owner=world.officer,
        by=world.by_officer,
        **(told | change),  # type: ignore[arg-type]
    )


def published_openly(world: World) -> OpenDataDecision:
    return decide_open_data(
        authority=world.authority,
        decision="KS § 118",
        officer=world.officer,
        today=world.today,
        by=world.by_officer,
    )
