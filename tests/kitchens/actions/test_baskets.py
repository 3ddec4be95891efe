"""A basket has a version; nobody writes over another unseen."""

from decimal import Decimal
from functools import partial

import pytest

from config.ground.refusals import ChangedMeanwhile, InvalidInput, NotFound
from kitchens.actions.baskets import move_line, save_basket, take_basket
from kitchens.actions.settling import Kept, settle_basket
from kitchens.models import BasketLine
from kitchens.queries.baskets import WantedLine, basket_of
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db


def save(world: World, quantity: int, *, version: int) -> int:
    lines = [WantedLine(product_id=world.product.pk, quantity=Decimal(quantity))] if quantity else []
    return save_basket(
        kitchen=world.kitchen, delivery_date=world.delivery_date, lines=lines, version=version, by=world.by
    )


def test_the_version_grows_with_each_save() -> None:
    world = make_world()
    first = save(world, 10, version=0)
    assert save(world, 20, version=first) == first + 1
    assert basket_of(world.kitchen, world.delivery_date).lines[0].quantity == 20


def test_an_old_version_is_refused_with_both() -> None:
    world = make_world()
    save(world, 10, version=0)
    with pytest.raises(ChangedMeanwhile) as refused:
        save(world, 20, version=0)
    assert refused.value.figures["theirs"][0]["quantity"] == "10.000"
    assert refused.value.figures["mine"][0]["quantity"] == "20"


def test_a_refused_line_keeps_its_reason_until_its_quantity_changes() -> None:
    world = make_world()
    kept = Kept(
        product_id=world.product.pk,
        quantity=Decimal(5),
        accept_part=True,
        note="",
        refused={"verdicts": []},
    )
    settle_basket(kitchen_id=world.kitchen.pk, delivery_date=world.delivery_date, placed=[], kept=[kept])
    version = basket_of(world.kitchen, world.delivery_date).version
    version = save(world, 5, version=version)
    assert BasketLine.objects.get().refused == {"verdicts": []}
    save(world, 6, version=version)
    assert BasketLine.objects.get().refused is None


def test_an_emptied_basket_keeps_its_version() -> None:
    world = make_world()
    version = save(world, 0, version=save(world, 10, version=0))
    assert basket_of(world.kitchen, world.delivery_date).version == version
    assert basket_of(world.kitchen, world.delivery_date).lines == ()


def test_a_product_that_is_none_is_refused() -> None:
    world = make_world()
    with pytest.raises(InvalidInput):
        save_basket(
            kitchen=world.kitchen,
            delivery_date=world.delivery_date,
            lines=[WantedLine(product_id=0, quantity=Decimal(1))],
            version=0,
            by=world.by,
        )


def test_a_basket_that_is_ordered_drops_what_is_no_longer_asked_for() -> None:
    world = make_world()
    version = save(world, 10, version=0)
    take = partial(
        take_basket, kitchen=world.kitchen, delivery_date=world.delivery_date, lines=[], by=world.by
    )
    take(version=version)
    assert not BasketLine.objects.exists()
    with pytest.raises(ChangedMeanwhile):
        take(version=version + 1)


def test_a_line_that_is_not_there_can_not_be_moved() -> None:
    world = make_world()
    with pytest.raises(NotFound):
        move_line(
            kitchen=world.kitchen,
            delivery_date=world.delivery_date,
            lines=[],
            version=0,
            product_id=world.product.pk,
            to_date=world.today,
            by=world.by,
        )
