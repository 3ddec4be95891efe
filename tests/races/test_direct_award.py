"""Two officers sign direct awards for the same need at the same moment."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from config.ground.trail import Actor
from market.actions import agreements
from market.actions.agreements import sign_agreement
from market.models import Agreement, NeedCategory
from market.refusals import DirectAwardLimit
from market.rules.agreement_draft import AgreementDraft, LotDraft, PartyDraft
from tests.factories.world import World, make_world

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.race]

BY = Actor.job("tests")
Judge = Callable[..., None]


def award(world: World, number: int) -> AgreementDraft:
    lot = LotDraft(
        name="Rotfrukter",
        allotment="single",
        ceiling_sek=Decimal(400_000),
        parties=(PartyDraft(world.supplier.pk),),
        product_ids=(world.product.pk,),
        prices=(),
    )
    return AgreementDraft(
        title=f"Direktupphandling {number}",
        kind="direct_award",
        regime="direct_award",
        case_number=f"KS 2026/{number}",
        valid_from=date(2026, 12, 1),
        valid_to=date(2027, 11, 30),
        authority_ids=(world.authority.pk,),
        need_category_id=world.need.pk,
        reason="Enda gården",
        lots=(lot,),
    )


def sign_two_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> int:
    """Each waits after its judgement for the other's, as long as that can come. How many were refused."""
    both_have_judged = threading.Barrier(2, timeout=1.5)
    judge: Judge = agreements._judge_award
    refused: list[int] = []

    def judge_and_wait(need: NeedCategory, **figures: Any) -> None:
        judge(need, **figures)
        with suppress(threading.BrokenBarrierError):  # the other is held by the lock: go on and let it judge
            both_have_judged.wait()

    monkeypatch.setattr(agreements, "_judge_award", judge_and_wait)

    def sign(number: int) -> None:
        try:
            sign_agreement(
                draft=award(world, number),
                signer=world.officer,
                signed_at=datetime(2026, 11, 23, tzinfo=UTC),
                by=BY,
            )
        except DirectAwardLimit:
            refused.append(number)
        finally:
            connection.close()

    officers = [threading.Thread(target=sign, args=(number,)) for number in (1, 2)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    return len(refused)


def test_of_two_awards_that_together_reach_the_limit_one_is_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    assert sign_two_at_once(world, monkeypatch) == 1
    assert Agreement.objects.filter(kind="direct_award").count() == 1


def test_twin_without_the_lock_both_are_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()

    def not_held(pk: int, **_authorities: object) -> NeedCategory:
        return NeedCategory.objects.get(pk=pk)

    monkeypatch.setattr(agreements, "_lock_need", not_held)
    assert sign_two_at_once(world, monkeypatch) == 0
    assert Agreement.objects.filter(kind="direct_award").count() == 2
