"""Disposal takes what a dated rule reaches, and nothing else; it says what it took, and what was changed by whom stays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from config.ground.models import JobRun, TrailEntry
from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from orders.actions.disposing import dispose, enter_retention
from orders.models import Disposal, RefusedLine, RetentionRule
from orders.queries.disposal import preview
from orders.tasks import dispose_by_rule
from tests.factories.world import World, make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
JOB = Actor.job("dispose")
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def rule(world: World, kind: str = "refused_lines", *, months: int = 24, **change: Any) -> RetentionRule:
    told: dict[str, Any] = {
        "authority": world.authority,
        "kind": kind,
        "months": months,
        "decision": "KS 2025-12-01 § 12",
        "source": "Dokumenthanteringsplanen",
        "first_day": TODAY + timedelta(days=1),
        "officer": world.officer,
        "today": TODAY,
        "by": world.by_officer,
    }
    return enter_retention(**told | change)


def refused(world: World, on: date) -> RefusedLine:
    with acting(world.by):
        return RefusedLine.objects.create(
            kitchen=world.kitchen,
            authority=world.authority,
            product=world.product,
            delivery_date=on,
            quantity=5,
            missing=5,
            finding={},
            refused_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        )


def run(days: int = 1) -> list[Disposal]:
    return dispose(now=datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(days=days), by=JOB)


def test_without_a_rule_nothing_is_disposed_of(world: World) -> None:
    refused(world, date(2010, 1, 1))
    assert run() == []
    assert RefusedLine.objects.count() == 1


def test_a_rule_takes_what_is_older_than_its_months_and_says_how_much(world: World) -> None:
    old, kept = refused(world, date(2024, 11, 23)), refused(world, date(2024, 11, 24))
    made = rule(world)
    (done,) = run()
    assert (done.rule, done.rows) == (made, 1)
    assert list(RefusedLine.objects.all()) == [kept]
    assert run() == []
    entries = TrailEntry.objects.filter(table_name="orders_refusedline", row_id=old.pk).order_by("id")
    assert [(each.op, each.payload, each.actor) for each in entries] == [
        ("I", None, world.by.name),
        ("D", None, "job:dispose"),
    ]


def test_the_look_before_tells_what_the_job_then_takes(world: World) -> None:
    refused(world, date(2020, 1, 1))
    rule(world)
    (seen,) = preview(world.authority, on=TODAY)
    assert (seen.before, seen.would_take) == (date(2024, 11, 24), 1)
    assert RefusedLine.objects.count() == 1
    page = client_of(world.people.auditor).get(address(world, "disposal")).content.decode()
    assert "KS 2025-12-01 § 12" in page
    run()
    assert (
        "1 rader från före 2024-11-24"
        in client_of(world.officer).get(address(world, "disposal")).content.decode()
    )


def test_another_authoritys_rows_are_left_alone(world: World) -> None:
    other = make_world(beside=world)
    refused(other, date(2010, 1, 1))
    rule(world)
    assert run() == []


def test_a_rule_that_is_not_in_force_takes_nothing_and_a_new_one_ends_the_old(world: World) -> None:
    refused(world, date(2020, 1, 1))
    first = rule(world, months=240)
    assert run(days=0) == []
    later = rule(world, first_day=TODAY + timedelta(days=30))
    first.refresh_from_db()
    assert first.valid_to == later.valid_from - timedelta(days=1)
    assert run(days=29) == []
    assert [each.rule for each in run(days=30)] == [later]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"months": 11}, "months"),
        ({"decision": " "}, "decision"),
        ({"source": ""}, "source"),
        ({"first_day": TODAY}, "first_day"),
    ],
)
def test_a_rule_needs_a_decision_a_year_and_a_day_to_come(
    world: World, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        rule(world, **change)
    assert list(refusal.value.fields) == [field]


def test_a_rule_can_not_begin_before_one_that_is_there(world: World) -> None:
    rule(world)
    with pytest.raises(InvalidInput):
        rule(world)


def test_of_the_trail_only_replaced_states_go_and_who_and_when_stay(world: World) -> None:
    with acting(world.by_officer):
        made = refused(world, date(2026, 11, 1))
    for missing in (4, 3):
        with acting(world.by_officer):
            RefusedLine.objects.filter(pk=made.pk).update(missing=missing)
    entries = TrailEntry.objects.filter(table_name="orders_refusedline", row_id=made.pk).order_by("id")
    digests = [bytes(each.digest) for each in entries]
    rule(world, "trail_images", months=12)
    assert dispose(now=datetime(2030, 1, 1, tzinfo=UTC), by=JOB) == []  # nothing is sealed yet
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ground_trailseal (authority_id, number, to_entry, entries, digest)"
            " SELECT %s, 1, max(id), 1, '' FROM ground_trailentry",
            [world.authority.pk],
        )
    (done,) = dispose(now=datetime(2030, 1, 1, tzinfo=UTC), by=JOB)
    found = list(entries.all())
    assert [each.payload is None for each in found] == [True, True, False]
    assert [bytes(each.digest) for each in found] == digests
    assert all(each.actor == world.by_officer.name for each in found)
    assert done.rows >= 2


def test_the_job_keeps_what_it_took(world: World) -> None:
    refused(world, date(2020, 1, 1))
    rule(world)
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=UTC), tick=False):
        dispose_by_rule()
    assert JobRun.objects.get(name="dispose").result == {"rows": 1}


def test_the_officer_enters_a_rule_on_the_page(world: World) -> None:
    told = {
        "kind": "refused_lines",
        "months": "24",
        "decision": "KS § 12",
        "source": "Planen",
        "first_day": "2026-12-01",
    }
    client = client_of(world.officer)
    assert client.post(address(world, "new_retention"), told | {"months": "6"}).status_code == 422
    assert client.post(address(world, "new_retention"), told).status_code == 302
    assert RetentionRule.objects.get().entered_by == world.officer
