from collections.abc import Sequence
from decimal import Decimal

import pytest

from config.ground.refusals import ChangedMeanwhile, InvalidInput
from config.ground.trail import Actor, acting
from kitchens.actions.baskets import WantedLine, save_basket
from kitchens.models import Basket, BasketLine
from kitchens.queries.basket import basket
from tests.factories.world import Goods, World, make_world

pytestmark = pytest.mark.django_db

BY = Actor.job("tests")


@pytest.fixture
def world() -> World:
    return make_world(products=(Goods(), Goods(name="Ägg", unit="piece", food=None), Goods(name="Morot")))


def save(world: World, lines: Sequence[WantedLine], *, version: int) -> Basket:
    return save_basket(
        kitchen=world.kitchen, delivery_date=world.delivery_date, lines=lines, version=version, by=BY
    )


def wants(world: World, number: int, quantity: str = "20", **more: object) -> WantedLine:
    return WantedLine(world.products[number].pk, Decimal(quantity), **more)  # type: ignore[arg-type]


def test_a_basket_that_nobody_saved_is_empty_and_at_version_nought(world: World) -> None:
    assert basket(world.kitchen, world.delivery_date).version == 0
    assert not Basket.objects.exists()


def test_saving_replaces_the_lines_and_counts_the_version_on(world: World) -> None:
    save(world, [wants(world, 0), wants(world, 1)], version=0)
    save(world, [wants(world, 1, "30", note="stora"), wants(world, 2)], version=1)
    saved = basket(world.kitchen, world.delivery_date)
    assert saved.version == 2
    assert [(line.name_sv, line.quantity, line.note) for line in saved.lines] == [
        ("Morot", Decimal(20), ""),
        ("Ägg", Decimal(30), "stora"),
    ]


def test_two_tabs_are_told_of_each_other_and_lose_nothing(world: World) -> None:
    save(world, [wants(world, 0)], version=0)
    save(world, [wants(world, 0, "25")], version=1)
    with pytest.raises(ChangedMeanwhile) as refusal:
        save(world, [wants(world, 0, "99")], version=1)
    figures = refusal.value.figures
    assert (figures["now"], figures["yours"]) == (2, 1)
    assert (figures["theirs"][0]["quantity"], figures["mine"][0]["quantity"]) == ("25.000", "99")
    assert basket(world.kitchen, world.delivery_date).lines[0].quantity == 25


def test_a_first_save_in_two_tabs_is_told_too(world: World) -> None:
    save(world, [wants(world, 0)], version=0)
    with pytest.raises(ChangedMeanwhile):
        save(world, [wants(world, 1)], version=0)


def test_a_line_keeps_why_it_was_refused_until_it_changes(world: World) -> None:
    save(world, [wants(world, 0), wants(world, 1)], version=0)
    with acting(BY):
        BasketLine.objects.update(refused={"rule": "stock"})
    save(world, [wants(world, 0), wants(world, 1, "21")], version=1)
    kept = {line.name_sv: line.refused for line in basket(world.kitchen, world.delivery_date).lines}
    assert kept == {"Potatis": {"rule": "stock"}, "Ägg": None}


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
