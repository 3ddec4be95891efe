"""An agreement's price changes from a day on, with its ground, and never backwards."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from config.ground.refusals import InvalidInput
from config.ground.trail import acting
from market.actions.interests import declare_interest
from market.actions.prices import adjust_price
from market.models import AgreementPrice, PriceAdjustment
from market.refusals import ConflictOfInterest, LaterPriceAgreed, NoPriceToChange
from market.rules.price_adjustment import Adjustment, Ground
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def world() -> World:
    return make_world()


def adjust(
    world: World, sek: str = "60", first_day: date = NEW_YEAR, ground: Ground = Ground.CLAUSE
) -> AgreementPrice:
    return adjust_price(
        lot=world.lot,
        supplier=world.supplier,
        pack=world.pack,
        asked=Adjustment(price_sek=Decimal(sek), first_day=first_day, ground=ground, clause="punkt 7.3"),
        now=NOW,
        by=world.by_officer,
    )


def test_a_new_price_begins_where_the_old_one_ends_and_tells_why(world: World) -> None:
    new = adjust(world)
    old = world.prices[world.supplier.pk, world.pack.pk]
    old.refresh_from_db()
    assert (old.valid_to, new.valid_from, new.valid_to) == (date(2026, 12, 31), NEW_YEAR, None)
    assert (new.was_sek, new.adjusted_at) == (old.price_sek, NOW)
    row = PriceAdjustment.objects.get(price=new)
    assert (row.ground, row.clause, row.entered_by) == ("clause", "punkt 7.3", world.officer)


@pytest.mark.parametrize(
    ("price", "first_day", "refusal"),
    [
        ("0", NEW_YEAR, InvalidInput),
        ("60", date(2026, 11, 22), InvalidInput),
        ("60", date(2026, 12, 31), LaterPriceAgreed),
        ("60", NEW_YEAR, LaterPriceAgreed),
    ],
)
def test_a_price_is_not_changed_backwards_nor_twice_from_one_day(
    world: World, price: str, first_day: date, refusal: type[Exception]
) -> None:
    if refusal is LaterPriceAgreed:
        adjust(world, "58")
    with pytest.raises(refusal):
        adjust(world, price, first_day)


def test_a_price_by_index_without_its_figures_is_refused(world: World) -> None:
    with pytest.raises(InvalidInput) as refused:
        adjust(world, ground=Ground.INDEX)
    assert set(refused.value.fields) == {"index_name"}


def test_a_pack_without_a_price_has_none_to_change(world: World) -> None:
    with acting(world.by_officer):
        AgreementPrice.objects.filter(supplier=world.supplier).update(valid_to=date(2026, 12, 1))
    with pytest.raises(NoPriceToChange):
        adjust(world)


def test_an_officer_with_a_conflict_of_interest_changes_no_price(world: World) -> None:
    declare_interest(
        authority=world.authority,
        supplier=world.supplier,
        relation="Min syster",
        hand_to=None,
        today=world.today,
        officer=world.officer,
        by=world.by_officer,
    )
    with pytest.raises(ConflictOfInterest):
        adjust(world)
