"""Seals chain each authority's entries, and end where nothing can appear behind them."""

import hashlib
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from config.ground.models import SealMark, TrailEntry, TrailSeal, User
from config.ground.sealing import seal_trail, seal_up_to, set_mark
from config.ground.trail import Actor, acting
from config.ground.verifying import _one_snapshot, trailed_tables, verify_trail
from tests.config.ground.conftest import Run

EVERYTHING = 2**60


@pytest.mark.django_db
def test_a_seal_is_the_digest_of_the_one_before_and_of_its_entries(crate: Callable[..., int]) -> None:
    crate()
    seal_up_to(EVERYTHING)
    first = TrailSeal.objects.get(authority_id=0)
    crate(), crate()
    seal_up_to(EVERYTHING)
    digests = TrailEntry.objects.filter(id__gt=first.to_entry).order_by("id").values_list("digest", flat=True)
    second = TrailSeal.objects.get(authority_id=0, number=2)
    assert second.entries == 2
    assert second.digest == hashlib.sha256(bytes(first.digest) + b"".join(map(bytes, digests))).digest()


@pytest.mark.django_db
def test_each_authority_has_a_chain_of_its_own(crate: Callable[..., int]) -> None:
    crate(authority=1), crate(authority=2), crate(authority=1)
    assert seal_up_to(EVERYTHING) == 3
    crate(authority=2)
    seal_up_to(EVERYTHING)
    seals = TrailSeal.objects.order_by("authority_id", "number")
    assert [(s.authority_id, s.number, s.entries) for s in seals] == [(1, 1, 2), (2, 1, 1), (2, 2, 1)]


@pytest.mark.django_db
def test_a_large_trail_is_sealed_in_steps(crate: Callable[..., int]) -> None:
    for _ in range(5):
        crate()
    assert [seal_up_to(EVERYTHING, step=2) for _ in range(4)] == [2, 2, 1, 0]


@pytest.mark.django_db
def test_nothing_new_makes_no_seal(crate: Callable[..., int]) -> None:
    crate()
    seal_up_to(EVERYTHING)
    assert seal_up_to(EVERYTHING) == 0


@pytest.mark.django_db
def test_a_mark_is_refused_in_a_transaction_that_has_written(run: Run, crate: Callable[..., int]) -> None:
    crate()
    with pytest.raises(RuntimeError, match="younger"):
        set_mark()


@pytest.fixture
def committed(django_db_serialized_rollback: None, transactional_db: None) -> None:
    """For what only shows between true transactions. An earlier flush emptied the register: read it off the triggers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ground_trailtable (table_name, left_out)"
            " SELECT c.relname, replace(encode(t.tgargs, 'escape'), '\\000', '')::text[]"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = 'trail_insert'"
            " ON CONFLICT DO NOTHING"
        )


def make_person(name: str) -> None:
    with acting(Actor.job("tests")):
        User.objects.create_user(name=name, email=None)


class Slow(threading.Thread):
    """Somebody whose transaction has written and does not end until it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.written, self.go = threading.Event(), threading.Event()

    def run(self) -> None:
        with psycopg.connect(**connection_words()) as slow:
            slow.execute(
                "SELECT set_config('bygdemat.actor', 'slow', true), set_config('bygdemat.door', 'x', true)"
            )
            slow.execute(
                "INSERT INTO ground_user (name, password, phone, language, is_active, is_platform_admin)"
                " VALUES ('Slow', '', '', 'sv', true, false)"
            )
            self.written.set()
            self.go.wait(20)


def connection_words() -> dict[str, Any]:
    words = connection.get_connection_params()
    return {key: words[key] for key in ("dbname", "user", "password", "host", "port") if words.get(key)}


def sealed_in_time() -> int:
    """How many the first sealing takes that takes any. Other databases of the same server hold sealing up too."""
    give_up = time.monotonic() + 20
    while not (sealed := seal_trail()) and time.monotonic() < give_up:
        time.sleep(0.1)
    if not sealed and (others := writing_elsewhere()):
        pytest.skip(f"transactions of {', '.join(others)} on this server stayed open for 20 s")
    return sealed


def writing_elsewhere() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT datname FROM pg_stat_activity"
            " WHERE backend_xid IS NOT NULL AND datname <> current_database()"
            " AND xact_start < now() - interval '15 s'"
        )
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.race
def test_an_entry_that_shows_up_late_is_sealed_late_and_breaks_nothing(committed: None) -> None:
    slow = Slow()
    slow.start()
    assert slow.written.wait(20)
    make_person("Quick")  # a higher id than the slow one's, and visible before it
    assert seal_trail() == 0
    slow.go.set()
    slow.join()
    assert sealed_in_time() == 2
    actors = TrailEntry.objects.order_by("id").values_list("actor", flat=True)
    assert list(actors) == ["slow", "job:tests"]
    assert TrailSeal.objects.get().to_entry == TrailEntry.objects.latest("id").pk


@pytest.mark.race
def test_without_the_mark_a_seal_would_miss_the_late_entry(committed: None) -> None:
    """The twin: sealing what can be seen leaves the slow one's entry below a seal and in none."""
    slow = Slow()
    slow.start()
    assert slow.written.wait(20)
    make_person("Quick")
    assert seal_up_to(EVERYTHING) == 1
    slow.go.set()
    slow.join()
    assert TrailEntry.objects.get(actor="slow").pk < TrailSeal.objects.get().to_entry
    assert seal_trail() == 0


@pytest.mark.race
def test_what_is_finished_is_sealed_and_no_mark_is_left(committed: None) -> None:
    make_person("Ada")
    assert sealed_in_time() == 1
    assert not SealMark.objects.exists()


@pytest.mark.race
def test_what_was_rolled_back_holds_nothing_up(committed: None) -> None:
    with acting(Actor.job("tests")):
        User.objects.create_user(name="Gone", email=None)
        transaction.set_rollback(True)
    make_person("Ada")
    assert sealed_in_time() == 1


@pytest.mark.race
def test_a_mark_of_the_server_that_a_backup_came_from_is_dropped(committed: None) -> None:
    make_person("Ada")
    SealMark.objects.create(to_entry=EVERYTHING, xid=2**61)
    assert sealed_in_time() == 1
    assert not SealMark.objects.exists()


@pytest.mark.usefixtures("_without_reference")
@pytest.mark.race
def test_the_proof_reads_one_snapshot_while_others_write(committed: None) -> None:
    """The isolation that the command sets; without it, a row written between two checks would look unknown."""
    with _one_snapshot():
        assert trailed_tables()
        other = threading.Thread(target=make_person_elsewhere)
        other.start()
        other.join()
        assert not User.objects.exists()
    assert list(verify_trail()) == []
    assert User.objects.exists()


def make_person_elsewhere() -> None:
    make_person("Bo")
    connection.close()
