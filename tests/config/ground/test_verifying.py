"""What is changed behind the trail's back is found; what is right is left in peace."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from config.ground.sealing import seal_up_to
from config.ground.trail import Actor, acting
from config.ground.verifying import WORDS, Finding, heads, verify_trail
from orders.actions.closing import close_supplier_run
from orders.actions.placing import place_order
from orders.queries.checking import AskedLine
from tests.config.ground.conftest import Run
from tests.factories.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_without_reference")]
EVERYTHING = 2**60


def found() -> list[tuple[Any, ...]]:
    return [(f.kind, f.table, f.row, f.columns) for f in verify_trail()]


def test_a_house_that_was_only_written_through_its_doors_fits() -> None:
    make_world()
    seal_up_to(EVERYTHING)
    assert found() == []


def test_a_run_that_was_ordered_and_closed_fits(tamper: Run) -> None:
    """Closing trails its rows in bulk; a movement changed afterwards is found by the entry of that bulk."""
    world = make_world()
    place_order(
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=[AskedLine(product_id=world.product.pk, quantity=Decimal(20))],
        arrived_at=world.now,
        by=world.by,
    )
    run = world.supplier_run
    close_supplier_run(run_id=run.pk, now=run.cut_off + timedelta(seconds=1), by=Actor.job("close_runs"))
    seal_up_to(EVERYTHING)
    assert found() == []
    tamper("UPDATE orders_purchaseorderline SET net_sek = net_sek + 1")
    assert found() == [("bulk_changed", "orders_purchaseorderline", None, ())]


def test_changed_deleted_and_made_again_through_the_doors_fits(
    run: Run, crate: Callable[..., int], weigh_in_bulk: Callable[[int], None], by: Actor
) -> None:
    kept, dropped = crate(), crate(authority=3)
    weigh_in_bulk(5)
    with acting(by):
        run("UPDATE crates SET kg = 99 WHERE id = %s", kept)
        run("DELETE FROM crates WHERE id = %s", dropped)
        run("INSERT INTO crates (id, kg) VALUES (%s, 1)", dropped)
        run("INSERT INTO weighings (kg) VALUES (1)")
    seal_up_to(EVERYTHING)
    assert found() == []


def test_a_changed_row_is_found_with_its_columns(crate: Callable[..., int], tamper: Run) -> None:
    crate()
    made = crate()
    tamper("UPDATE crates SET kg = kg + 1, packed_at = packed_at - interval '1 day' WHERE id = %s", made)
    assert found() == [("row_changed", "crates", made, ("kg", "packed_at"))]


def test_an_erased_column_is_no_finding(crate: Callable[..., int], tamper: Run) -> None:
    crate()
    tamper("UPDATE crates SET driver = ''")
    assert found() == []


def test_an_inserted_row_is_found(crate: Callable[..., int], tamper: Run) -> None:
    crate()
    [(made,)] = tamper("INSERT INTO crates (kg) VALUES (5) RETURNING id")
    assert found() == [("row_unknown", "crates", made, ())]


def test_a_deleted_row_is_found(crate: Callable[..., int], tamper: Run) -> None:
    made = crate()
    tamper("DELETE FROM crates")
    assert found() == [("row_gone", "crates", made, ())]


def test_a_row_that_comes_back_is_found(run: Run, crate: Callable[..., int], tamper: Run, by: Actor) -> None:
    made = crate()
    with acting(by):
        run("DELETE FROM crates")
    tamper("INSERT INTO crates (id, kg) VALUES (%s, 12.5)", made)
    assert found() == [("row_returned", "crates", made, ())]


def test_an_altered_entry_is_found_also_when_the_row_is_altered_with_it(
    crate: Callable[..., int], tamper: Run
) -> None:
    made = crate()
    tamper("UPDATE crates SET kg = 1")
    tamper(
        """UPDATE ground_trailentry SET payload = payload || '{"kg": 1.000}' WHERE table_name = 'crates'"""
    )
    assert found() == [("entry_altered", "crates", made, ())]


@pytest.mark.parametrize(
    "change", ["actor = 'user:1'", "reason = 'x'", "op = 'U'", "at = at - interval '1 h'"]
)
def test_each_word_of_an_entry_counts(crate: Callable[..., int], tamper: Run, change: str) -> None:
    crate()
    tamper(f"UPDATE ground_trailentry SET {change} WHERE table_name = 'crates'")
    assert [kind for kind, *_ in found()] == ["entry_altered"]


def test_an_entry_with_a_new_digest_breaks_its_seal(crate: Callable[..., int], tamper: Run) -> None:
    crate(authority=4), crate(authority=4)
    seal_up_to(EVERYTHING)
    tamper("UPDATE crates SET kg = 1")
    tamper(
        """UPDATE ground_trailentry SET payload = payload || '{"kg": 1.000}' WHERE table_name = 'crates'"""
    )
    tamper(
        "UPDATE ground_trailentry SET digest ="
        " trail_digest(at, actor, door, reason, table_name, op, row_id, payload) WHERE table_name = 'crates'"
    )
    broken = [(f.kind, f.authority, f.seal, f.count) for f in verify_trail()]
    assert broken == [("seal_broken", 4, 1, 2)]


def test_an_entry_taken_away_breaks_its_seal(crate: Callable[..., int], tamper: Run) -> None:
    made = crate()
    seal_up_to(EVERYTHING)
    tamper("DELETE FROM crates")
    tamper("DELETE FROM ground_trailentry WHERE table_name = 'crates' AND row_id = %s", made)
    assert [kind for kind, *_ in found()] == ["seal_broken"]


def test_an_entry_slipped_in_below_a_seal_is_found(crate: Callable[..., int], run: Run, tamper: Run) -> None:
    """Under an authority that has a seal it breaks that; under another it is in no seal."""
    crate(authority=1), crate(authority=1)
    seal_up_to(EVERYTHING)
    [(first,)] = run("SELECT min(id) FROM ground_trailentry WHERE table_name = 'crates'")
    tamper("UPDATE ground_trailentry SET authority_id = 8 WHERE id = %s", first)
    kinds = {finding.kind for finding in verify_trail()}
    assert kinds == {"seal_broken", "entry_unsealed", "entry_altered"}


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ("UPDATE ground_trailseal SET digest = '\\x00' WHERE number = 2", ["seal_broken", "seal_broken"]),
        ("UPDATE ground_trailseal SET entries = 7 WHERE number = 2", ["seal_broken"]),
        ("DELETE FROM ground_trailseal WHERE number = 2", ["seal_missing", "seal_broken"]),
        ("DELETE FROM ground_trailseal WHERE number = 1", ["seal_missing", "seal_broken"]),
    ],
)
def test_an_altered_seal_is_found(
    crate: Callable[..., int], tamper: Run, change: str, kinds: list[str]
) -> None:
    """The digest of a seal also stands in the next one's, so both are said not to hold."""
    for _ in range(3):
        crate()
        seal_up_to(EVERYTHING)
    tamper(change)
    assert [finding.kind for finding in verify_trail()] == kinds


def test_an_altered_bulk_row_is_found_by_its_entry(weigh_in_bulk: Callable[[int], None], tamper: Run) -> None:
    weigh_in_bulk(4)
    weigh_in_bulk(6)
    assert found() == []
    tamper("UPDATE weighings SET kg = 7 WHERE id = (SELECT max(id) FROM weighings)")
    assert [(f.kind, f.table, f.count) for f in verify_trail()] == [("bulk_changed", "weighings", 6)]


def test_a_bulk_row_deleted_or_added_is_found(weigh_in_bulk: Callable[[int], None], tamper: Run) -> None:
    weigh_in_bulk(3)
    [(gone,)] = tamper("DELETE FROM weighings WHERE id = (SELECT min(id) FROM weighings) RETURNING id")
    [(added,)] = tamper("INSERT INTO weighings (kg) VALUES (1) RETURNING id")
    assert [(f.kind, f.row) for f in verify_trail()] == [
        ("row_gone", gone),
        ("row_unknown", added),
        ("bulk_changed", None),
    ]


def test_a_row_taken_out_of_a_bulk_entry_is_found(weigh_in_bulk: Callable[[int], None], tamper: Run) -> None:
    weigh_in_bulk(3)
    [(gone,)] = tamper("DELETE FROM weighings WHERE id = (SELECT min(id) FROM weighings) RETURNING id")
    tamper("UPDATE ground_trailentry SET row_ids = array_remove(row_ids, %s) WHERE op = 'B'", gone)
    assert [kind for kind, *_ in found()] == ["bulk_changed"]


def test_columns_that_came_or_went_since_are_no_finding(
    run: Run, crate: Callable[..., int], weigh_in_bulk: Callable[[int], None]
) -> None:
    crate()
    weigh_in_bulk(3)
    run("ALTER TABLE crates ADD COLUMN colour text DEFAULT 'blue'")
    run("ALTER TABLE crates DROP COLUMN packed_at")
    run("ALTER TABLE weighings ADD COLUMN scale text DEFAULT 'A'")
    assert found() == []


def test_a_change_is_also_found_beside_a_new_column(
    run: Run, crate: Callable[..., int], weigh_in_bulk: Callable[[int], None], tamper: Run
) -> None:
    made = crate()
    weigh_in_bulk(3)
    run("ALTER TABLE crates ADD COLUMN colour text DEFAULT 'blue'")
    run("ALTER TABLE weighings ADD COLUMN scale text DEFAULT 'A'")
    tamper("UPDATE crates SET kg = 0")
    tamper("UPDATE weighings SET note = 'x'")
    assert found() == [("row_changed", "crates", made, ("kg",)), ("bulk_changed", "weighings", None, ())]


def test_a_disposed_payload_is_said_and_is_no_fault(run: Run, crate: Callable[..., int]) -> None:
    crate(), crate()
    seal_up_to(EVERYTHING)
    run("UPDATE ground_trailentry SET payload = NULL WHERE table_name = 'crates'")
    [note] = list(verify_trail())
    assert (note.kind, note.count, note.is_fault) == ("unproven", 2, False)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("ALTER TABLE crates DISABLE TRIGGER trail_update", ("not_watched", "crates", ("trail_update",))),
        ("DROP TRIGGER trail_delete ON crates", ("not_watched", "crates", ("trail_delete",))),
        (
            "ALTER TABLE weighings DISABLE TRIGGER append_only",
            ("not_watched", "weighings", ("trail_delete",)),
        ),
        (
            "ALTER TABLE ground_trailseal DISABLE TRIGGER ALL",
            ("not_watched", "ground_trailseal", ("append_only",)),
        ),
        ("DELETE FROM ground_trailtable WHERE table_name = 'crates'", ("not_registered", "crates", ())),
        ("INSERT INTO ground_trailtable VALUES ('nowhere', '{}')", ("table_gone", "nowhere", ())),
        (
            "UPDATE ground_trailtable SET left_out = '{driver,kg}' WHERE table_name = 'crates'",
            ("left_out_differs", "crates", ("trail_delete",)),
        ),
    ],
)
def test_a_blinded_trail_is_found(
    run: Run, crates: str, weighings: str, change: str, finding: tuple[Any, ...]
) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run(change)
    assert finding in [(f.kind, f.table, f.columns) for f in verify_trail()]


def test_one_table_can_be_asked_for_alone(
    crate: Callable[..., int], weigh_in_bulk: Callable[[int], None], tamper: Run
) -> None:
    crate()
    weigh_in_bulk(2)
    tamper("UPDATE crates SET kg = 0")
    assert list(verify_trail(tables=["weighings"])) == []
    assert [f.table for f in verify_trail(tables=["crates"])] == ["crates"]


def test_the_heads_are_the_newest_seals(crate: Callable[..., int]) -> None:
    crate(), seal_up_to(EVERYTHING), crate(), seal_up_to(EVERYTHING)
    [head] = heads()
    assert (head.authority, head.seal, len(head.digest)) == (0, 2, 64)


@pytest.mark.parametrize("kind", WORDS)
def test_each_finding_has_its_sentence(kind: str) -> None:
    finding = Finding(kind, table="crates", row=7, entry=9, columns=("kg",), count=3, seal=2, authority=1)
    assert "{" not in finding.sentence()


def test_a_finding_says_which_row_and_which_columns(crate: Callable[..., int], tamper: Run) -> None:
    made = crate()
    tamper("UPDATE crates SET kg = 0")
    [finding] = verify_trail()
    assert finding.sentence() == (
        f"crates {made}: kg differ from what entry {finding.entry} says was written last."
    )
