from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from config.ground.refusals import InvalidInput, NotAllowed, NotFound
from config.ground.trail import Actor, Once, acting
from market.actions.agreements import sign_agreement
from market.models import Agreement, AgreementLot, LotBalance, NeedCategory
from market.refusals import (
    CeilingNotRaised,
    DirectAwardLimit,
    LawFigureMissing,
)
from market.rules.agreement_draft import AgreementDraft, LotDraft, PartyDraft, PriceDraft
from tests.factories.ceilings import raise_to
from tests.factories.world import Farm, World, make_world

pytestmark = pytest.mark.django_db

BY = Actor.job("tests")
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return make_world(farms=(Farm(name="Ett", rank=1), Farm(name="Två", rank=2)))


def award(world: World, *, ceiling: str = "400000", title: str = "Rotfrukter") -> AgreementDraft:
    """A direct award of the world's goods to its first farm."""
    lot = LotDraft(
        name="Rotfrukter",
        allotment="single",
        ceiling_sek=Decimal(ceiling),
        ceiling_kg=Decimal(9_000),
        parties=(PartyDraft(world.supplier.pk),),
        product_ids=(world.product.pk,),
        prices=(PriceDraft(world.supplier.pk, world.product.pk, world.pack.pk, Decimal(55)),),
    )
    return AgreementDraft(
        title=title,
        kind="direct_award",
        regime="direct_award",
        case_number="KS 2026/7",
        valid_from=date(2026, 12, 1),
        valid_to=date(2027, 11, 30),
        authority_ids=(world.authority.pk,),
        need_category_id=world.need.pk,
        reason="Enda gården i området med rotfrukter hela vintern",
        lots=(lot,),
    )


def sign(world: World, draft: AgreementDraft, *, at: datetime = NOW) -> Agreement:
    return sign_agreement(draft=draft, signer=world.officer, signed_at=at, by=BY)


def test_signing_writes_the_agreement_whole(world: World) -> None:
    agreement = sign(world, award(world))
    lot = agreement.lots.get()
    assert list(agreement.authorities.all()) == [world.authority]
    assert [party.supplier for party in lot.parties.all()] == [world.supplier]
    assert lot.prices.get().price_sek == 55
    assert lot.products.get().valid_from == agreement.valid_from
    own = LotBalance.objects.get(agreement_lot=lot, authority=None, supplier=None)
    assert [own.ceiling_sek, own.ceiling_kg, own.committed_sek] == [400_000, 9_000, 0]
    parts = LotBalance.objects.filter(agreement_lot=lot).exclude(pk=own.pk)
    assert sorted(parts.values_list("authority", "supplier", "ceiling_sek"), key=str) == sorted(
        [(world.authority.pk, None, None), (None, world.supplier.pk, None)], key=str
    )


def test_a_faulty_draft_is_refused_with_its_fields_and_writes_nothing(world: World) -> None:
    with pytest.raises(InvalidInput) as refusal:
        sign(world, replace(award(world), title="", reason=""))
    assert set(refusal.value.fields) == {"title", "reason"}
    assert Agreement.objects.count() == 1


def test_only_an_officer_of_a_named_authority_signs(world: World) -> None:
    for person in (world.manager, world.people.auditor, make_world().officer):
        with pytest.raises(NotAllowed):
            sign_agreement(draft=award(world), signer=person, signed_at=NOW, by=BY)


@pytest.mark.parametrize(("second", "lawful"), [("299999.99", True), ("300000", False)])
def test_direct_awards_of_one_need_stay_below_the_limit_together(
    world: World, second: str, *, lawful: bool
) -> None:
    sign(world, award(world))
    more = award(world, ceiling=second, title="Mer rotfrukter")
    if lawful:
        assert sign(world, more).pk
        return
    with pytest.raises(DirectAwardLimit) as refusal:
        sign(world, more)
    assert refusal.value.figures == {
        "need": "Livsmedel",
        "sum_sek": 700_000,
        "limit_sek": 700_000,
        "paragraph": "19 a kap. 2 § LOU",
    }
    assert "700\u00a0000 kr" in refusal.value.sentence("sv")


def test_the_same_key_signs_once(world: World) -> None:
    once = Once.of(endpoint="direct_award", key="one tap", body="award")
    signed = [
        sign_agreement(draft=award(world), signer=world.officer, signed_at=NOW, once=once, by=BY)
        for _ in range(2)
    ]
    assert signed[0] == signed[1]
    assert Agreement.objects.filter(kind="direct_award").count() == 1


def test_awards_of_another_need_and_framework_agreements_do_not_count(world: World) -> None:
    sign(world, award(world, ceiling="650000"))
    with acting(BY):
        other = NeedCategory.objects.create(authority=world.authority, code="other", name="Annat")
    assert sign(world, replace(award(world, ceiling="650000"), need_category_id=other.pk)).pk


def test_an_award_counts_for_twelve_months_after_its_end(world: World) -> None:
    old = replace(award(world), valid_from=date(2025, 1, 1), valid_to=date(2025, 11, 22))
    sign(world, old, at=datetime(2025, 1, 1, tzinfo=UTC))
    assert sign(world, award(world, ceiling="699999"), at=NOW).pk


def test_an_award_that_ended_within_the_year_counts(world: World) -> None:
    old = replace(award(world), valid_from=date(2025, 1, 1), valid_to=date(2025, 11, 23))
    sign(world, old, at=datetime(2025, 1, 1, tzinfo=UTC))
    with pytest.raises(DirectAwardLimit):
        sign(world, award(world, ceiling="699999"), at=NOW)


def test_without_the_laws_figure_nothing_is_signed(world: World) -> None:
    with pytest.raises(LawFigureMissing):
        sign(world, award(world), at=datetime(2021, 6, 1, tzinfo=UTC))


def test_an_award_for_another_authoritys_need_is_not_found(world: World) -> None:
    other = make_world(farms=(Farm(name="Tre"),))
    with pytest.raises(NotFound):
        sign(world, replace(award(world), need_category_id=other.need.pk))


def test_a_ceiling_is_raised_in_the_lot_and_in_its_balance(world: World) -> None:
    raise_to(world, 150_000)
    assert AgreementLot.objects.get(pk=world.lot.pk).ceiling_sek == 150_000
    assert (
        LotBalance.objects.get(agreement_lot=world.lot, authority=None, supplier=None).ceiling_sek == 150_000
    )


def test_a_ceiling_is_not_lowered(world: World) -> None:
    with pytest.raises(CeilingNotRaised):
        raise_to(world, 99_999)


def test_raising_an_awards_ceiling_is_judged_with_the_raised_one_in_place_of_the_old(world: World) -> None:
    lot = sign(world, award(world)).lots.get()
    raised = raise_to(world, "699999.99", lot=lot, ceiling_kg=Decimal(9_500))
    assert raised.ceiling_kg == 9_500
    with pytest.raises(DirectAwardLimit):
        raise_to(world, 700_000, lot=lot)
