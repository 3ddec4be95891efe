"""A direct award over the authority's amount takes two persons, each within her delegation."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError

from config.ground.models import User
from config.ground.refusals import InvalidInput, NotAllowed, NotFound
from config.ground.trail import acting
from market.actions.law import set_own_limit
from market.actions.signatures import give_mandate
from market.models import Agreement, AwardDocumentation, AwardSignature, SigningMandate
from market.refusals import (
    AlreadySigned,
    DirectAwardLimit,
    LaterFigureThere,
    MandateTooLow,
    SecondSignatureNeeded,
    SignedByYou,
)
from orders.actions.awards import countersign_award, sign_award
from tests.factories.awards import OWN_FIGURE, award_draft
from tests.factories.ceilings import raise_to
from tests.factories.officers import another_officer
from tests.factories.world import Goods, World, make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world(products=[Goods(in_lot=False)])


def sign(world: World, *, signer: User | None = None, **draft: Any) -> Agreement:
    return sign_award(
        draft=award_draft(world, **draft),
        basis=OWN_FIGURE,
        signer=signer or world.officer,
        signed_at=world.now,
        by=world.by_officer,
    )


def countersign(world: World, agreement: Agreement, signer: User, *, days: int = 0) -> Agreement:
    return countersign_award(
        agreement=agreement,
        signer=signer,
        signed_at=world.now + timedelta(days=days),
        by=world.by_officer,
    )


def two_over(world: World, amount: object) -> None:
    set_own_limit(
        authority=world.authority,
        code="two_person_amount",
        value=Decimal(str(amount)),
        decision="Attestreglementet",
        first_day=DAY,
        officer=world.officer,
        by=world.by_officer,
    )


def mandate(world: World, holder: User, up_to: object, *, officer: User, **change: Any) -> SigningMandate:
    told: dict[str, Any] = {"decision": "KS § 12", "first_day": DAY} | change
    return give_mandate(
        authority=world.authority,
        holder=holder,
        up_to_sek=Decimal(str(up_to)),
        officer=officer,
        by=world.by_officer,
        **told,
    )


@pytest.mark.parametrize(("ceiling", "signed"), [("100000.00", True), ("100000.01", False)])
def test_over_the_amount_the_award_waits_for_a_second_person(
    world: World, ceiling: str, signed: bool
) -> None:
    two_over(world, 100_000)
    agreement = sign(world, ceiling_sek=ceiling)
    agreement.refresh_from_db()
    assert (agreement.signed_at is not None) is signed
    assert AwardSignature.objects.get().signer == world.officer


def test_another_person_completes_it_and_the_documentation_counts_from_then(world: World) -> None:
    two_over(world, 100_000)
    agreement, other = sign(world, ceiling_sek=150_000), another_officer(world)
    assert not AwardDocumentation.objects.exists()
    with pytest.raises(SignedByYou):
        countersign(world, agreement, world.officer)
    countersign(world, agreement, other, days=2)
    agreement.refresh_from_db()
    assert agreement.signed_by == other
    assert AwardDocumentation.objects.get().due_on == DAY + timedelta(days=32)
    with pytest.raises(AlreadySigned):
        countersign(world, agreement, another_officer(world))


def test_the_database_takes_no_second_signature_of_the_first_person(world: World) -> None:
    agreement = sign(world)
    with pytest.raises(IntegrityError), acting(world.by_officer):
        AwardSignature.objects.create(
            agreement=agreement, number=2, signer=world.officer, signed_at=world.now
        )


def test_the_limit_is_judged_anew_by_what_was_signed_meanwhile(world: World) -> None:
    two_over(world, 350_000)
    waits = sign(world, ceiling_sek=400_000)
    sign(world, ceiling_sek=300_000)  # what waits counts for nothing yet
    with pytest.raises(DirectAwardLimit):
        countersign(world, waits, another_officer(world))


def test_what_is_no_award_that_waits_is_not_countersigned(world: World) -> None:
    other = another_officer(world)
    with pytest.raises(NotFound):
        countersign(world, world.agreement, other)
    two_over(world, 100_000)
    with pytest.raises(NotAllowed):
        countersign(world, sign(world, ceiling_sek=150_000), world.manager)


def test_where_delegations_are_written_each_signs_up_to_her_own(world: World) -> None:
    other = another_officer(world)
    row = mandate(world, world.officer, 90_000, officer=other)
    assert AwardSignature.objects.get(agreement=sign(world, ceiling_sek=90_000)).mandate == row
    with pytest.raises(MandateTooLow) as too_much:
        sign(world, ceiling_sek="90000.01")
    assert too_much.value.figures["up_to_sek"] == 90_000
    with pytest.raises(MandateTooLow):
        sign(world, signer=other, ceiling_sek=1)
    assert Agreement.objects.filter(kind="direct_award").count() == 1


def test_the_second_signs_within_her_delegation_too(world: World) -> None:
    other = another_officer(world)
    two_over(world, 100_000)
    mandate(world, world.officer, 200_000, officer=other)
    mandate(world, other, 120_000, officer=world.officer)
    agreement = sign(world, ceiling_sek=150_000)
    with pytest.raises(MandateTooLow):
        countersign(world, agreement, other)


def test_a_ceiling_is_raised_within_the_delegation_and_by_one_person_only_up_to_the_amount(
    world: World,
) -> None:
    lot = sign(world, ceiling_sek=90_000).lots.get()
    mandate(world, world.officer, 120_000, officer=another_officer(world))
    with pytest.raises(MandateTooLow):
        raise_to(world, 120_001, lot=lot)
    two_over(world, 100_000)
    with pytest.raises(SecondSignatureNeeded):
        raise_to(world, 100_001, lot=lot)
    assert raise_to(world, 100_000, lot=lot)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"up_to": 0}, "up_to_sek"),
        ({"decision": " "}, "decision"),
        ({"last_day": DAY - timedelta(days=1)}, "last_day"),
    ],
)
def test_what_a_delegation_must_say(world: World, change: dict[str, Any], field: str) -> None:
    told = {"up_to": 1} | change
    with pytest.raises(InvalidInput) as refused:
        mandate(world, another_officer(world), told.pop("up_to"), officer=world.officer, **told)
    assert set(refused.value.fields) == {field}


def test_nobody_delegates_to_herself_or_to_a_stranger(world: World) -> None:
    for holder in (world.officer, world.manager, world.people.auditor):
        with pytest.raises(InvalidInput) as refused:
            mandate(world, holder, 1, officer=world.officer)
        assert set(refused.value.fields) == {"holder"}


def test_a_new_delegation_ends_the_one_before(world: World) -> None:
    other = another_officer(world)
    first = mandate(world, other, 1, officer=world.officer)
    with pytest.raises(LaterFigureThere):
        mandate(world, other, 2, officer=world.officer)
    mandate(world, other, 2, officer=world.officer, first_day=DAY + timedelta(days=1))
    first.refresh_from_db()
    assert first.valid_to == DAY


def test_delegation_and_second_signature_on_the_officers_pages(world: World) -> None:
    other, client = another_officer(world), client_of(world.officer)
    two_over(world, 100_000)
    agreement = sign(world, ceiling_sek=150_000)
    assert "Väntar på andra underskrift" in client.get(address(world, "awards")).content.decode()
    url = address(world, "countersign", agreement.pk)
    assert client.post(url).status_code == 409
    assert client_of(other).get(url).status_code == 200
    assert client_of(other).post(url).status_code == 302
    form = {"holder": other.pk, "up_to_sek": "200000", "decision": "KS § 12", "first_day": "2026-11-23"}
    assert client.post(address(world, "new_mandate"), form).status_code == 302
    assert other.name in client.get(address(world, "mandates")).content.decode()
    assert client.post(address(world, "new_mandate"), form | {"holder": world.officer.pk}).status_code == 422
