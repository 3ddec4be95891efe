"""Changes of an agreement are judged together, and options are counted from the start and used once."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.actions.agreements import sign_agreement
from market.actions.changes import ChangeAsked, change_agreement, use_option
from market.models import Agreement, AgreementChange, AgreementLot, AgreementOption, LawFigure, LotBalance
from market.queries.changes import change_before
from market.queries.signatures import amount_of
from market.refusals import ChangeTooLarge, DirectAwardLimit
from market.rules.agreement_draft import AgreementDraft, OptionDraft
from market.rules.changes import Ground
from tests.factories.awards import award_draft
from tests.factories.ceilings import by_reason, raise_to
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 20)


@pytest.fixture
def world() -> World:
    return make_world()


def test_small_raises_add_up_to_their_limit(world: World) -> None:
    """100 000 from the start: ten per cent is reached by the second raise."""
    raise_to(world, 106_000, ground=Ground.MINOR)
    with pytest.raises(ChangeTooLarge) as refused:
        raise_to(world, 110_000, ground=Ground.MINOR)
    assert refused.value.figures["sum_sek"] == 10_000
    raise_to(world, "109999.99", ground=Ground.MINOR)
    raise_to(world, 150_000, ground=Ground.CLAUSE)
    rows = list(AgreementChange.objects.order_by("pk"))
    assert [row.sum_sek for row in rows] == [Decimal(6_000), Decimal("9999.99"), Decimal("40000.01")]
    assert {row.original_sek for row in rows} == {Decimal(100_000)}
    assert rows[0].paragraph == "17 kap. 9 § LOU"
    assert rows[2].paragraph == "17 kap. 10 § LOU"


def test_below_the_threshold_the_paragraph_is_the_principles_and_the_clause() -> None:
    world = make_world(regime="national")
    with pytest.raises(InvalidInput):
        raise_to(world, 101_000, ground=Ground.MINOR)
    raise_to(world, 101_000)
    assert "19 kap. 2 §" in AgreementChange.objects.get().paragraph


def test_a_national_agreement_is_not_raised_over_the_threshold() -> None:
    world = make_world(regime="national")
    with acting(world.by_officer):
        LawFigure.objects.filter(code="eu_threshold_sek", value=None).update(value=2_400_000)
    with pytest.raises(ChangeTooLarge):
        raise_to(world, 2_400_000)


def test_a_change_without_a_ceiling_is_a_row_and_may_only_lower_the_value(world: World) -> None:
    asked = ChangeAsked(
        ground=Ground.SUPPLIER, clause="punkt 22", what="Gården byter bolagsform", first_day=world.today
    )
    row = change_agreement(agreement=world.agreement, asked=asked, today=world.today, by=by_reason(world))
    assert (row.value_sek, row.decided_by) == (Decimal(0), world.officer)
    less = replace(asked, ground=Ground.CLAUSE, what="Mindre volym")
    change_agreement(
        agreement=world.agreement,
        asked=less,
        less_sek=Decimal(5_000),
        today=world.today,
        by=by_reason(world),
    )
    assert change_before(world.agreement.pk).changed_sek == -5_000


@pytest.mark.parametrize(
    ("field", "value"), [("clause", " "), ("what", ""), ("first_day", date(2026, 11, 22))]
)
def test_what_a_change_lacks_is_said_at_its_field(world: World, field: str, value: object) -> None:
    asked = ChangeAsked(ground=Ground.CLAUSE, clause="punkt 4", what="Annat", first_day=world.today)
    with pytest.raises(InvalidInput) as refused:
        change_agreement(
            agreement=world.agreement,
            asked=replace(asked, **{field: value}),  # type: ignore[arg-type]
            today=world.today,
            by=by_reason(world),
        )
    assert set(refused.value.fields) == {field}


def award(world: World, ceiling: object, option: object) -> AgreementDraft:
    draft = award_draft(world, ceiling_sek=ceiling)
    return replace(
        draft,
        options=(
            OptionDraft(
                lot=draft.lots[0].name,
                what="Förlängning ett år",
                clause="punkt 3",
                value_sek=Decimal(str(option)),
                last_day=LAST,
                extends_to=date(2027, 12, 31),
            ),
        ),
    )


def sign(world: World, draft: AgreementDraft) -> Agreement:
    return sign_agreement(draft=draft, signer=world.officer, signed_at=world.now, by=world.by_officer)


def test_an_option_counts_at_the_award_and_leaves_no_room_for_another(world: World) -> None:
    with pytest.raises(DirectAwardLimit):
        sign(world, award(world, 400_000, 300_000))
    agreement = sign(world, award(world, 400_000, "299999.99"))
    assert amount_of(agreement) == Decimal("699999.99")
    with pytest.raises(DirectAwardLimit) as refused:
        sign(world, award_draft(world, ceiling_sek=1))
    assert refused.value.figures["sum_sek"] == Decimal("700000.99")


def test_a_used_option_is_room_under_the_ceiling_and_counted_once(world: World) -> None:
    agreement = sign(world, award(world, 400_000, 200_000))
    option = AgreementOption.objects.get()
    lot = use_option(option=option, today=world.today, by=by_reason(world))
    assert lot.ceiling_sek == 600_000
    assert LotBalance.objects.get(agreement_lot=lot, authority=None, supplier=None).ceiling_sek == 600_000
    agreement.refresh_from_db()
    assert agreement.valid_to == date(2027, 12, 31)
    assert change_before(agreement.pk).original_sek == amount_of(agreement) == 600_000
    with pytest.raises(InvalidInput):
        use_option(option=option, today=world.today, by=by_reason(world))
    assert AgreementLot.objects.get(pk=lot.pk).ceiling_sek == 600_000


def test_an_option_is_not_used_too_late_without_a_reason_or_under_a_terminated_agreement(
    world: World,
) -> None:
    agreement = sign(world, award(world, 400_000, 200_000))
    option = AgreementOption.objects.get()
    for today, by in (
        (LAST + timedelta(days=1), by_reason(world)),
        (LAST, Actor.person(world.officer.pk, door="web")),
    ):
        with pytest.raises(InvalidInput):
            use_option(option=option, today=today, by=by)
    with acting(world.by_officer):
        Agreement.objects.filter(pk=agreement.pk).update(terminated_on=LAST)
    with pytest.raises(InvalidInput):
        use_option(option=option, today=world.today, by=by_reason(world))
