"""Two officers take a lot of the same pot at the same moment; together they exceed it."""

import threading
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from market.actions import small_lots
from market.actions.small_lots import take_lot
from market.models import SmallLot, SmallLotPot
from market.refusals import SmallLotRefused
from market.rules import small_lots as rules
from tests.factories.officers import pot_in
from tests.factories.world import World, make_world

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.race]


def take_two_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> int:
    """Each waits after its judgement for the other's, as long as that can come. How many were refused."""
    pot = pot_in(world)
    both_have_judged = threading.Barrier(2, timeout=1.5)
    judge = rules.may_take_lot
    refused: list[str] = []

    def judge_and_wait(*told: Any, **figures: Any) -> Any:
        verdict = judge(*told, **figures)
        with suppress(threading.BrokenBarrierError):  # the other is held by the lock: go on and let it judge
            both_have_judged.wait()
        return verdict

    monkeypatch.setattr(small_lots, "may_take_lot", judge_and_wait)

    def take(name: str) -> None:
        try:
            take_lot(
                pot=pot,
                name=name,
                lot_sek=Decimal(500_000),
                reason="En skola.",
                officer=world.officer,
                by=world.by_officer,
            )
        except SmallLotRefused:
            refused.append(name)
        finally:
            connection.close()

    officers = [threading.Thread(target=take, args=(name,)) for name in ("Potatis", "Bär")]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    return len(refused)


def test_of_two_lots_that_together_exceed_the_pot_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert take_two_at_once(make_world(), monkeypatch) == 1
    assert SmallLot.objects.count() == 1


def test_twin_without_the_lock_both_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_lots, "_hold", lambda pk: SmallLotPot.objects.get(pk=pk))
    assert take_two_at_once(make_world(), monkeypatch) == 0
    assert SmallLot.objects.count() == 2
