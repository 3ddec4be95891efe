"""Two awards of one need wait for their second signature; two officers sign one each at the same moment."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from config.ground.models import User
from market.actions import agreements
from market.actions.law import set_own_limit
from market.models import Agreement, AwardSignature, NeedCategory
from market.refusals import AlreadySigned, DirectAwardLimit
from orders.actions.awards import countersign_award, sign_award
from tests.factories.awards import OWN_FIGURE, award_draft
from tests.factories.officers import another_officer
from tests.factories.world import Goods, World, make_world

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.race]


def waiting(world: World, *, ceiling_sek: int) -> Agreement:
    return sign_award(
        draft=award_draft(world, ceiling_sek=ceiling_sek),
        basis=OWN_FIGURE,
        signer=world.officer,
        signed_at=world.now,
        by=world.by_officer,
    )


def two_person_world() -> World:
    world = make_world(products=[Goods(in_lot=False)])
    set_own_limit(
        authority=world.authority,
        code="two_person_amount",
        value=Decimal(100_000),
        decision="Attestreglementet",
        first_day=date(2026, 11, 23),
        officer=world.officer,
        by=world.by_officer,
    )
    return world


def countersign_at_once(
    world: World, pairs: list[tuple[Agreement, User]], monkeypatch: pytest.MonkeyPatch
) -> int:
    """Each waits after its judgement for the other's, as long as that can come. How many were refused."""
    both_have_judged = threading.Barrier(2, timeout=1.5)
    judge: Callable[..., None] = agreements._judge_award
    refused: list[str] = []

    def judge_and_wait(need: NeedCategory, **figures: Any) -> None:
        judge(need, **figures)
        with suppress(threading.BrokenBarrierError):  # the other is held by the lock: go on and let it judge
            both_have_judged.wait()

    monkeypatch.setattr(agreements, "_judge_award", judge_and_wait)

    def sign(agreement: Agreement, officer: User) -> None:
        try:
            countersign_award(agreement=agreement, signer=officer, signed_at=world.now, by=world.by_officer)
        except (DirectAwardLimit, AlreadySigned) as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    officers = [threading.Thread(target=sign, args=pair) for pair in pairs]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    return len(refused)


def two_awards(world: World) -> list[tuple[Agreement, User]]:
    return [(waiting(world, ceiling_sek=400_000), another_officer(world, name)) for name in ("Ada", "Bo")]


def test_of_two_second_signatures_that_together_reach_the_limit_one_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = two_person_world()
    assert countersign_at_once(world, two_awards(world), monkeypatch) == 1
    assert Agreement.objects.filter(kind="direct_award", signed_at__isnull=False).count() == 1


def test_twin_without_the_lock_both_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    world = two_person_world()
    pairs = two_awards(world)

    def not_held(pk: int, **_authorities: object) -> NeedCategory:
        return NeedCategory.objects.get(pk=pk)

    monkeypatch.setattr(agreements, "_lock_need", not_held)
    assert countersign_at_once(world, pairs, monkeypatch) == 0
    assert Agreement.objects.filter(kind="direct_award", signed_at__isnull=False).count() == 2


def test_of_two_who_sign_the_same_award_second_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    world = two_person_world()
    agreement = waiting(world, ceiling_sek=400_000)
    officers = [another_officer(world, name) for name in ("Ada", "Bo")]
    assert countersign_at_once(world, [(agreement, each) for each in officers], monkeypatch) == 1
    assert AwardSignature.objects.filter(agreement=agreement).count() == 2
