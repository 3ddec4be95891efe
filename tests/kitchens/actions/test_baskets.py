from collections.abc import Sequence
from decimal import Decimal

import pytest

from config.ground.refusals import ChangedMeanwhile, InvalidInput
from config.ground.trail import Actor, acting
from kitchens.actions.baskets import save_basket
from kitchens.models import Basket, BasketLine
from kitchens.queries.baskets import WantedLine, basket_of
from tests.factories.world import Goods, World, make_world

pytestmark = pytest.mark.django_db

BY = Actor.job("tests")


@pytest.fixture
def world() -> World:
    return make_world(products=(Goods(), Goods(name="Ägg", unit="piece", food=None), Goods(name="Morot")))


def save(world: World, lines: Sequence[WantedLine], *, version: int) -> int:
    return save_basket(
        kitchen=world.kitchen, delivery_date=world.delivery_date, lines=lines, version=version, by=BY
    )


def wants(world: World, number: int, quantity: str = "20", **more: object) -> WantedLine:
    return WantedLine(world.products[number].pk, Decimal(quantity), **more)  # type: ignore[arg-type]


def test_a_basket_that_nobody_saved_is_empty_and_at_version_nought(world: World) -> None:
    assert basket_of(world.kitchen, world.delivery_date).version == 0
    assert not Basket.objects.exists()


def test_saving_replaces_the_lines_and_counts_the_version_on(world: World) -> None:
    first = save(world, [wants(world, 0), wants(world, 1)], version=0)
    second = save(world, [wants(world, 1, "30", note="stora"), wants(world, 2)], version=first)
    saved = basket_of(world.kitchen, world.delivery_date)
    assert saved.version == second > first
    assert [(line.product_id, line.quantity, line.note) for line in saved.lines] == [
        (world.products[2].pk, Decimal(20), ""),
        (world.products[1].pk, Decimal(30), "stora"),
    ]


def test_two_tabs_are_told_of_each_other_and_lose_nothing(world: World) -> None:
    first = save(world, [wants(world, 0)], version=0)
    second = save(world, [wants(world, 0, "25")], version=first)
    with pytest.raises(ChangedMeanwhile) as refusal:
        save(world, [wants(world, 0, "99")], version=first)
    figures = refusal.value.figures
    assert (figures["now"], figures["yours"]) == (second, first)
    assert (figures["theirs"][0]["quantity"], figures["mine"][0]["quantity"]) == ("25.000", "99")
    assert basket_of(world.kitchen, world.delivery_date).lines[0].quantity == 25


def test_a_first_save_in_two_tabs_is_told_too(world: World) -> None:
    save(world, [wants(world, 0)], version=0)
    with pytest.raises(ChangedMeanwhile):
        save(world, [wants(world, 1)], version=0)


def test_a_line_keeps_why_it_was_refused_until_it_changes(world: World) -> None:
    first = save(world, [wants(world, 0), wants(world, 1)], version=0)
    with acting(BY):
        BasketLine.objects.update(refused={"rule": "stock"})
    save(world, [wants(world, 0), wants(world, 1, "21")], version=first)
    kept = {line.product_id: line.refused for line in basket_of(world.kitchen, world.delivery_date).lines}
    assert kept == {world.products[0].pk: {"rule": "stock"}, world.products[1].pk: None}


def test_what_cannot_be_wanted_is_named_by_line(world: World) -> None:
    lines = [
        wants(world, 0, "0"),
        wants(world, 1, "0.0001"),
        wants(world, 1),
        WantedLine(0, Decimal(1)),
        wants(world, 2, "NaN"),
    ]
    with pytest.raises(InvalidInput) as refusal:
        save(world, lines, version=0)
    assert set(refusal.value.fields) == {
        "lines.0.quantity",
        "lines.1.quantity",
        "lines.2.product",
        "lines.3.product",
        "lines.4.quantity",
    }
