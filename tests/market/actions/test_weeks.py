"""A farm's whole week: still right, repeated, taken back."""

from datetime import date
from decimal import Decimal

import pytest

from config.ground.refusals import NotFound
from config.ground.trail import Actor, acting
from market.actions.offers import publish_offer
from market.actions.weeks import repeat_week, say_still_right, withdraw_period
from market.models import AgreementPrice, Offer, Product, StockPool
from market.rules.weeks import week_of
from tests.factories.world import Farm, Goods, World, make_world

pytestmark = pytest.mark.django_db
BY = Actor.job("tests")
MONDAY, NEXT = date(2026, 11, 23), date(2026, 11, 30)


@pytest.fixture
def world() -> World:
    return make_world(
        farms=(Farm(stock=None), Farm(name="Grannen", stock=None, rank=2)),
        products=(Goods(), Goods(name="Morot", food="carrot")),
    )


def post(world: World, product: int, first: date, last: date, *, farm: int = 0) -> Offer:
    return publish_offer(
        supplier=world.suppliers[farm],
        pack=world.packs[world.products[product].pk][0],
        quantity=Decimal(50),
        valid_from=first,
        valid_to=last,
        harvested_on=first,
        by=BY,
    )


def test_only_goods_of_the_week_that_are_missing_are_repeated(world: World) -> None:
    week, later = week_of(MONDAY), week_of(NEXT)
    post(world, 0, week.first, week.last)
    post(world, 1, week.first, later.last)
    post(world, 0, week.first, week.last, farm=1)
    done = repeat_week(supplier=world.supplier, monday=NEXT, from_monday=MONDAY, today=MONDAY, by=BY)
    assert (done.offers, done.left) == (1, 0)
    copy = Offer.objects.get(pool__valid_from=NEXT)
    assert (copy.supplier, copy.product, copy.harvested_on) == (world.supplier, world.product, None)
    assert (
        repeat_week(supplier=world.supplier, monday=NEXT, from_monday=MONDAY, today=MONDAY, by=BY).left == 1
    )


def test_a_farm_speaks_for_its_own_stock_only(world: World) -> None:
    own = post(world, 0, MONDAY, MONDAY).pool_id
    others = post(world, 0, MONDAY, MONDAY, farm=1).pool_id
    with pytest.raises(NotFound):
        say_still_right(supplier=world.supplier, pool_ids=[own, others], now=world.now, by=BY)
    assert not StockPool.objects.exclude(checked_at=None).exists()
    assert say_still_right(supplier=world.supplier, pool_ids=[own], now=world.now, by=BY) == 1


def test_what_is_taken_back_is_what_is_not_ordered(world: World) -> None:
    ordered = post(world, 0, MONDAY, MONDAY)
    post(world, 1, MONDAY, NEXT)
    elsewhere = post(world, 1, date(2026, 12, 7), date(2026, 12, 8))
    neighbour = post(world, 0, MONDAY, MONDAY, farm=1)
    with acting(BY):
        StockPool.objects.filter(pk=ordered.pool_id).update(reserved=20)
    gone = withdraw_period(supplier=world.supplier, period=week_of(MONDAY), by=BY)
    assert (gone.offers, gone.still_owed) == (2, 1)
    assert {offer.pk for offer in Offer.objects.filter(withdrawn_at=None)} == {elsewhere.pk, neighbour.pk}
    assert StockPool.objects.get(pk=ordered.pool_id).quantity == 20


def test_a_repeated_week_says_no_mark_that_ended_and_no_price_that_is_closed() -> None:
    world = make_world(
        farms=(Farm(stock=None, labels=("organic",), labels_to=MONDAY, price_is_cap=True, price=10),),
        products=(Goods(), Goods(name="Morot", food="carrot")),
    )
    week = week_of(MONDAY)
    for product, price in zip(world.products, ("9", "8"), strict=True):
        pack = world.packs[product.pk][0]
        publish_offer(
            supplier=world.supplier,
            pack=pack,
            quantity=Decimal(50),
            valid_from=week.first,
            valid_to=week.last,
            claims=["organic"],
            own_price_sek=Decimal(price),
            by=BY,
        )
    dear = world.packs[world.products[0].pk][0]
    with acting(BY):
        AgreementPrice.objects.filter(pack=dear).update(price_sek=Decimal("8.5"))
    done = repeat_week(supplier=world.supplier, monday=NEXT, from_monday=MONDAY, today=MONDAY, by=BY)
    assert (done.offers, done.left, done.closed) == (1, 0, 1)
    assert Offer.objects.get(pool__valid_from=NEXT).claims == []


def test_goods_merged_since_are_not_repeated(world: World) -> None:
    post(world, 0, MONDAY, MONDAY)
    with acting(BY):
        Product.objects.filter(pk=world.products[0].pk).update(merged_into=world.products[1])
    assert (
        repeat_week(supplier=world.supplier, monday=NEXT, from_monday=MONDAY, today=MONDAY, by=BY).offers == 0
    )
