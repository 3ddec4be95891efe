"""From menu to basket in one click: the farm by the terms, what can't be had with its ways out."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from config.ground.trail import acting
from kitchens.actions.menus import DishPlan, plan_day
from kitchens.actions.recipes import LineDraft, RecipeDraft, save_recipe
from kitchens.models import DishRole
from kitchens.queries.baskets import basket_of
from orders.actions.placing import place_order
from orders.queries.checking import AskedLine
from orders.queries.needs import needs_page
from tests.factories.world import Farm, Goods, World, make_world

pytestmark = pytest.mark.django_db

D = Decimal


@pytest.fixture
def world() -> Iterator[World]:
    goods = [Goods(name="Potatis"), Goods(name="Morot", food="carrot")]
    made = make_world(
        farms=[
            Farm(stock={"Potatis": 100, "Morot": 10}),
            Farm(name="Ekbacken", rank=2, stock={"Potatis": 100}),
        ],
        products=goods,
    )
    with time_machine.travel(made.now, tick=False):
        yield made


def plan(world: World, *, day: date, portions: int, **kg: str) -> None:
    products = {product.name_sv: product.pk for product in world.products}
    lines = [LineDraft(name=name, kg=D(amount), product_id=products.get(name)) for name, amount in kg.items()]
    version = save_recipe(
        authority=world.authority, draft=RecipeDraft(f"Rätt {day} {portions}", D(100), lines), by=world.by
    )
    plan_day(
        kitchen=world.kitchen,
        day=day,
        dishes=[DishPlan(DishRole.STANDARD, version.pk, portions)],
        by=world.by,
    )


def week(world: World) -> dict[str, Any]:
    day = world.delivery_date
    return {"first": day - timedelta(days=7), "last": day + timedelta(days=7), "now": world.now}


def test_the_needs_of_a_menu_become_whole_packs_from_the_farm_that_the_terms_give(world: World) -> None:
    after = world.delivery_date + timedelta(days=1)
    plan(world, day=after, portions=60, Potatis="20", Salt="1")
    plan(world, day=after + timedelta(days=1), portions=50, Potatis="10")
    plan(world, day=world.delivery_date, portions=50, Potatis="10")
    page = needs_page(kitchen=world.kitchen, **week(world))
    (day,) = page.days
    (row,) = day.rows
    size = world.pack.base_per_pack
    assert (day.day, len(day.for_days)) == (world.delivery_date, 2)
    assert row.needed == D(17)
    assert row.asked >= row.needed
    assert row.asked % size == 0
    assert row.farms == (world.supplier.name,)
    assert row.missing == 0
    assert page.elsewhere == (("Salt", D("0.6")),)
    assert page.too_late == (world.delivery_date,)  # what comes that morning is too late for it


def test_what_can_not_be_had_is_told_with_its_ways_out(world: World) -> None:
    plan(world, day=world.delivery_date + timedelta(days=1), portions=100, Morot="40")
    (row,) = needs_page(kitchen=world.kitchen, **week(world)).days[0].rows
    assert row.missing > 0
    assert row.verdicts
    assert row.ways_out


def test_one_click_lays_it_in_the_basket_and_a_second_one_changes_nothing(world: World) -> None:
    day = world.delivery_date
    plan(world, day=day + timedelta(days=1), portions=60, Potatis="20")
    client = Client()
    client.force_login(world.manager)
    path = f"/kok/{world.kitchen.pk}/meny/{day}/behov/"
    assert world.supplier.name in client.get(path).content.decode()
    reply = client.post(path)
    assert reply.headers["Location"] == f"/kok/{world.kitchen.pk}/bestall/{day}/"
    first = basket_of(world.kitchen, day)
    assert [line.product_id for line in first.lines] == [world.product.pk]
    client.post(path)
    assert basket_of(world.kitchen, day).lines == first.lines


def test_what_is_ordered_already_is_not_asked_for_again(world: World) -> None:
    plan(world, day=world.delivery_date + timedelta(days=1), portions=100, Potatis="20")
    place_order(
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=[AskedLine(product_id=world.product.pk, quantity=D(20))],
        arrived_at=world.now,
        by=world.by,
    )
    (row,) = needs_page(kitchen=world.kitchen, **week(world)).days[0].rows
    assert (row.ordered, row.asked, row.missing) == (D(20), D(0), D(0))


def test_a_menu_of_nothing_is_told(world: World) -> None:
    client = Client()
    client.force_login(world.manager)
    page = client.get(f"/kok/{world.kitchen.pk}/meny/{world.delivery_date}/behov/").content.decode()
    assert "Ingen meny att handla till" in page


def test_goods_whose_weight_nobody_tells_are_named_in_the_readers_language(world: World) -> None:
    world.product.base_unit, world.product.kg_per_base = "piece", None
    world.product.name_en = "Potatoes"
    with acting(world.by):
        world.product.save(update_fields=["base_unit", "kg_per_base", "name_en"])
    plan(world, day=world.delivery_date + timedelta(days=1), portions=60, Potatis="20")
    with translation.override("en"):
        page = needs_page(kitchen=world.kitchen, **week(world))
    assert page.weightless == ("Potatoes",)
    assert page.days[0].rows == ()
