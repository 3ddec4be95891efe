"""The trail is written by the database, and nothing can be written past it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from config.ground.models import TrailEntry
from config.ground.trail import Actor, acting
from tests.config.ground.conftest import Run

pytestmark = pytest.mark.django_db


def image(entry: TrailEntry) -> dict[str, Any]:
    assert entry.payload is not None
    return dict(entry.payload)


def test_a_write_without_an_actor_is_refused(run: Run, crates: str) -> None:
    with pytest.raises(DatabaseError, match="without an actor"), transaction.atomic():
        run("INSERT INTO crates (kg) VALUES (1)")


def test_an_act_that_is_undone_leaves_no_actor_behind(run: Run, crates: str, by: Actor) -> None:
    def act_and_undo() -> None:
        with acting(by):
            run("INSERT INTO crates (kg) VALUES (1)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act_and_undo()
    with pytest.raises(DatabaseError, match="without an actor"), transaction.atomic():
        run("INSERT INTO crates (kg) VALUES (1)")


def test_each_change_has_an_entry_with_actor_door_and_reason(
    run: Run, crate: Callable[..., int], by: Actor
) -> None:
    made = crate(kg="3")
    with acting(Actor.person(7, door="web:crate_edit", reason="felvägd")):
        run("UPDATE crates SET kg = 4 WHERE id = %s", made)
    with acting(by):
        run("DELETE FROM crates WHERE id = %s", made)
    entries = TrailEntry.objects.filter(table_name="crates", row_id=made).order_by("id")
    assert [(e.op, e.actor, e.door, e.reason, image(e)["kg"]) for e in entries] == [
        ("I", "job:tests", "job", "", 3.0),
        ("U", "user:7", "web:crate_edit", "felvägd", 4.0),
        ("D", "job:tests", "job", "", 4.0),
    ]


def test_an_update_that_changes_nothing_or_only_an_erasable_column_leaves_no_entry(
    run: Run, crate: Callable[..., int], by: Actor
) -> None:
    made = crate()
    with acting(by):
        run("UPDATE crates SET kg = kg, driver = 'Bo' WHERE id = %s", made)
    assert TrailEntry.objects.filter(row_id=made, table_name="crates").count() == 1


def test_an_erasable_column_never_reaches_the_trail(crate: Callable[..., int]) -> None:
    crate()
    assert "driver" not in image(TrailEntry.objects.get(table_name="crates"))


def test_an_image_is_the_same_whatever_time_zone_the_session_has(
    run: Run, crate: Callable[..., int], by: Actor
) -> None:
    run("SET LOCAL timezone TO 'Europe/Stockholm'")
    crate()
    assert image(TrailEntry.objects.get(table_name="crates"))["packed_at"].endswith("+00:00")


@pytest.mark.parametrize("statement", ["UPDATE weighings SET kg = 2", "DELETE FROM weighings"])
def test_an_append_only_table_refuses(run: Run, weighings: str, by: Actor, statement: str) -> None:
    with acting(by):
        run("INSERT INTO weighings (kg) VALUES (1)")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            run(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ground_trailentry",
        "UPDATE ground_trailentry SET actor = 'user:1'",
        "UPDATE ground_trailentry SET authority_id = 9",
        """UPDATE ground_trailentry SET payload = '{"kg": 1}'""",
        "DELETE FROM ground_trailseal",
        "UPDATE ground_trailseal SET entries = 0",
    ],
)
def test_the_trail_and_its_seals_refuse_to_be_rewritten(
    run: Run, crate: Callable[..., int], statement: str
) -> None:
    crate()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(statement)


def test_a_payload_may_be_disposed_of(run: Run, crate: Callable[..., int]) -> None:
    crate()
    run("UPDATE ground_trailentry SET payload = NULL WHERE table_name = 'crates'")
    assert TrailEntry.objects.get(table_name="crates").payload is None


def test_rows_of_a_job_are_trailed_once_a_statement(weigh_in_bulk: Callable[[int], None]) -> None:
    weigh_in_bulk(40)
    entry = TrailEntry.objects.get(table_name="weighings")
    assert (entry.op, len(entry.row_ids or []), image(entry)["job"]) == ("B", 40, "weigh_all")
