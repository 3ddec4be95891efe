"""A person's files and saved reports at the desk: asked for, fetched by her alone, saved, put away."""

import re
from datetime import timedelta
from urllib.parse import parse_qsl, quote

import pytest
import time_machine

from orders.models import ReportFile, SavedReport
from orders.tasks import make_report_files
from tests.factories.report_files import asked_file, made_file, question_of, saved_report
from tests.factories.walked import make_walked
from tests.factories.world import World, make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_walked(1, kitchens=2)


def page_of(world: World) -> str:
    return client_of(world.officer).get(address(world, "report_files")).content.decode()


def test_a_file_is_asked_for_on_the_reports_page_and_fetched_when_it_is_ready(world: World) -> None:
    client = client_of(world.officer)
    report = client.get(f"{address(world, 'report', 'inkop')}?by=kitchen").content.decode()
    assert address(world, "ask_report_file", "inkop") in report
    asked = {**question_of(world), "kind": "rows", "format": "csv"}
    answer = client.post(address(world, "ask_report_file", "inkop"), asked, follow=True)
    page = answer.content.decode()
    assert "väntar på sin tur" in page
    assert "hx-trigger" in page
    make_report_files.delay()
    file = ReportFile.objects.get()
    page = page_of(world)
    assert "hx-trigger" not in page
    url = address(world, "report_file", file.pk)
    assert url in page
    fetched = client.get(url)
    content = b"".join(fetched.streaming_content)  # type: ignore[attr-defined]
    assert len(content) == file.size == int(fetched.headers["Content-Length"])
    assert quote(file.name) in fetched.headers["Content-Disposition"]
    assert fetched.headers["Cache-Control"] == "private, no-store"


def test_a_file_is_its_owners_alone(world: World) -> None:
    file = made_file(world)
    url = address(world, "report_file", file.pk)
    assert client_of(world.people.auditor).get(url).status_code == 404
    theirs = client_of(world.people.auditor).get(address(world, "report_files")).content.decode()
    assert "Inga filer" in theirs
    other = make_world()
    assert client_of(other.officer).get(address(other, "report_file", file.pk)).status_code == 404
    waiting = asked_file(world, format="pdf")
    assert client_of(world.officer).get(address(world, "report_file", waiting.pk)).status_code == 404


def test_how_far_a_file_is_stands_on_the_page(world: World) -> None:
    file = asked_file(world)
    ReportFile.objects.update(state="making", steps_done=1500, steps_of=6000, held_until=world.now)
    page = page_of(world)
    assert "1\u00a0500 av 6\u00a0000 rader" in page
    assert 'value="25"' in page
    ReportFile.objects.filter(pk=file.pk).update(steps_of=None)
    assert "görs nu" in page_of(world)
    ReportFile.objects.filter(pk=file.pk).update(state="failed", error="OSError")
    assert "gick inte" in page_of(world)
    ReportFile.objects.filter(pk=file.pk).update(state="gone")
    assert "inte kvar" in page_of(world)


def test_what_cannot_be_made_is_said(world: World) -> None:
    client = client_of(world.officer)
    for asked in (
        {"kind": "rows", "format": "pdf"},
        {"kind": "moon", "format": "csv"},
        {"kind": "report", "format": "csv", "by": "x"},
    ):
        assert client.post(address(world, "ask_report_file", "inkop"), asked).status_code == 422
    assert (
        client.post(
            address(world, "ask_report_file", "manen"), {"kind": "report", "format": "csv"}
        ).status_code
        == 404
    )
    assert not ReportFile.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_everything_is_asked_for_by_a_button(world: World) -> None:
    client_of(world.officer).post(address(world, "ask_everything"))
    assert ReportFile.objects.get().kind == "everything"
    make_report_files.delay()
    assert ReportFile.objects.get().name.endswith(".zip")


def test_a_question_is_saved_opened_again_and_put_away(world: World) -> None:
    client = client_of(world.officer)
    url = f"{address(world, 'save_report', 'inkop')}?from=2026-01&to=2026-06&by=kitchen&kitchen={world.kitchen.pk}"
    page = client.get(url).content.decode()
    assert world.kitchen.name in page
    told = {"name": "Köket i våras", "window": "last_month", "rhythm": "monthly", "file_format": "pdf"}
    with time_machine.travel(world.now, tick=False):
        answer = client.post(url, told, follow=True)
    page = answer.content.decode()
    saved = SavedReport.objects.get()
    assert saved.question == {
        "from": "2026-01",
        "to": "2026-06",
        "basis": "ordered",
        "by": "kitchen",
        "kitchen": str(world.kitchen.pk),
    }
    assert saved.next_on is not None
    assert saved.next_on.day == 1
    assert world.today < saved.next_on <= world.today + timedelta(days=31)
    assert "Skickas den första varje månad, nästa gång" in page
    opened = re.search(rf'href="{address(world, "report", "inkop")}[?]([^"]+)"', page)
    assert opened is not None
    assert dict(parse_qsl(opened[1].replace("&amp;", "&"))) == saved.question
    gone = client.post(address(world, "forget_report", saved.pk), follow=True).content.decode()
    assert "undanlagd" in gone
    assert "Köket i våras" not in page_of(world)
    assert client.post(address(world, "forget_report", saved.pk)).status_code == 404


def test_a_report_without_a_name_or_an_address_is_not_saved(world: World) -> None:
    client = client_of(world.officer)
    told = {"name": " ", "window": "as_saved", "rhythm": "never", "file_format": "pdf"}
    assert client.post(address(world, "save_report", "inkop"), told).status_code == 422
    world.officer.__class__.objects.filter(pk=world.officer.pk).update(email=None)
    answer = client.post(address(world, "save_report", "inkop"), told | {"name": "A", "rhythm": "weekly"})
    assert answer.status_code == 422
    assert "ingen e-postadress" in answer.content.decode()
    assert not SavedReport.objects.exists()


def test_another_persons_saved_report_is_not_there(world: World) -> None:
    saved = saved_report(world)
    other = make_world()
    assert client_of(other.officer).post(address(other, "forget_report", saved.pk)).status_code == 404
    assert (
        saved.name not in client_of(world.people.auditor).get(address(world, "report_files")).content.decode()
    )
