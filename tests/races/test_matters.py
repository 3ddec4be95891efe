"""Two officers decide the same matter of a supplier at the same moment, one to keep it and one to suspend it."""

import threading
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.db import connection

from market.actions import matters
from market.actions.matters import decide_matter, leave_unheard
from market.models import Standing, StandingMatter
from market.refusals import MatterDecided
from market.rules import standing
from market.rules.standing import Decision, Outcome
from tests.factories.officers import another_officer, matter_about
from tests.factories.world import World, make_world

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.race]

DAY = date(2026, 11, 23)


def decide_two_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> int:
    """Each waits after it has judged for the other, as long as that can come. How many were refused."""
    matter = matter_about(world)
    leave_unheard(matter=matter, reason="Fara för eleverna.", officer=world.officer, by=world.by_officer)
    both_have_judged = threading.Barrier(2, timeout=1.5)
    judge = standing.faults_of_decision
    refused: list[Outcome] = []

    def judge_and_wait(*told: Any, **figures: Any) -> Any:
        faults = judge(*told, **figures)
        with suppress(threading.BrokenBarrierError):  # the other is held by the lock: go on and let it judge
            both_have_judged.wait()
        return faults

    monkeypatch.setattr(matters, "faults_of_decision", judge_and_wait)
    officers = {Outcome.KEEP: world.officer, Outcome.SUSPEND: another_officer(world)}

    def decide(outcome: Outcome) -> None:
        try:
            decide_matter(
                matter=matter,
                decision=Decision(outcome=outcome, reason="Skäl", clause="punkt 14"),
                today=DAY,
                officer=officers[outcome],
                by=world.by_officer,
            )
        except MatterDecided:
            refused.append(outcome)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(outcome,)) for outcome in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(refused)


def contradicts_itself() -> bool:
    """A supplier that is kept and suspended by the same matter."""
    return StandingMatter.objects.get().outcome == "keep" and Standing.objects.exists()


def test_of_two_decisions_of_a_matter_one_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decide_two_at_once(make_world(), monkeypatch) == 1
    assert not contradicts_itself()


def test_twin_without_the_lock_both_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_held(pk: int) -> StandingMatter:
        return StandingMatter.objects.select_related("supplier", "authority", "decided_by").get(pk=pk)

    monkeypatch.setattr(matters, "_hold", not_held)
    assert decide_two_at_once(make_world(), monkeypatch) == 0
    assert Standing.objects.exists()
