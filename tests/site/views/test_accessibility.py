"""Anybody reports a barrier on the statement's page; the platform's administrator answers it."""

import pytest
from django.test import Client

from config.ground import barriers
from config.ground.models import BarrierReport, TrailEntry
from tests.factories.world import World, make_world

PAGE, LIST = "/tillganglighet/", "/tillganglighet/rapporter/"
BACKEND = "config.ground.sign_in.EmailBackend"
WORDS = {"text": "Tabellen läses inte upp. 🦻", "page": "Beställ", "answer_to": "anna@prov.example"}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_who_is_not_signed_in_reports_once_and_is_thanked(client: Client, world: World) -> None:
    assert "Vad gick inte att göra?" in client.get(PAGE).content.decode()
    for _tap in range(2):
        html = client.post(PAGE, {**WORDS, "once": "tap"}, follow=True).content.decode()
        assert "Din rapport är sparad" in html
    report = BarrierReport.objects.get()
    assert (report.text, report.page, report.user) == ("Tabellen läses inte upp. 🦻", "Beställ", None)
    told = TrailEntry.objects.get(table_name="ground_barrierreport")
    assert "anna@prov.example" not in str(told.payload)


@pytest.mark.parametrize(
    "change",
    [{"text": ""}, {"text": "x" * 2001}, {"answer_to": "anna"}, {"text": "a\x00b"}, {"page": "x" * 201}],
)
def test_what_can_not_be_kept_is_told_and_nothing_is_lost(
    client: Client, world: World, change: dict[str, str]
) -> None:
    answer = client.post(PAGE, {**WORDS, **change})
    assert answer.status_code == 422
    assert not BarrierReport.objects.exists()
    kept = next(value for name, value in WORDS.items() if name not in change)
    assert kept in answer.content.decode()


def test_a_flood_is_answered_and_not_kept(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(barriers, "MOST_AN_HOUR", 1)
    client.post(PAGE, WORDS)
    flood = client.post(PAGE, WORDS)
    assert flood.status_code == 429
    assert "Försök igen" in flood.content.decode()
    assert BarrierReport.objects.count() == 1


def test_the_administrator_answers_and_the_address_is_forgotten(client: Client, world: World) -> None:
    client.post(PAGE, WORDS)
    client.force_login(world.people.admin, backend=BACKEND)
    assert "anna@prov.example" in client.get(LIST).content.decode()
    report = BarrierReport.objects.get()
    html = client.post(LIST, {"besvarad": report.pk}, follow=True).content.decode()
    assert "anna@prov.example" not in html
    report.refresh_from_db()
    assert report.answered_at is not None
    for wrong in ("0", "x", "9" * 40):
        assert client.post(LIST, {"besvarad": wrong}).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("officer", 403), ("manager", 404), ("outsider", 404)])
def test_nobody_else_reads_the_reports(client: Client, world: World, role: str, status: int) -> None:
    client.force_login(getattr(world.people, role), backend=BACKEND)
    assert client.get(LIST).status_code == status
