"""A day's dishes as told to diners: by the goods lots that came, the promise until then, and what nobody knows."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from config.ground.trail import acting
from kitchens.actions.menus import DishPlan, plan_day
from kitchens.actions.recipes import LineDraft, RecipeDraft, save_recipe
from kitchens.models import DishRole
from kitchens.rules.declaring import Meat, Told
from market.models import ClimateFood, CpvMapping, Offer
from orders.actions.receiving import ReceivedLine, receive, return_goods
from orders.models import CallOff, GoodsLot
from orders.queries.declared import DeclaredDish, declared_dishes
from tests.factories.world import Goods, World, make_world
from tests.orders.views.walk import JOB, bring, place

pytestmark = pytest.mark.django_db

D = Decimal


@pytest.fixture
def world() -> Iterator[World]:
    made = make_world(products=[Goods(name="Fläskkarré"), Goods(name="Potatis")])
    with acting(JOB):
        CpvMapping.objects.filter(product=made.product).delete()
        CpvMapping.objects.create(product=made.product, cpv="15113000", valid_from=date(2026, 1, 1))
        Offer.objects.filter(product=made.product).update(
            contains=["milk"], may_contain=["soy"], origin_country="DK"
        )
        Offer.objects.filter(product=made.products[1]).update(contains=[], origin_country="SE")
    with time_machine.travel(made.now, tick=False):
        yield made


def menu_of(world: World) -> date:
    """Pork, potatoes and salt the day after the delivery."""
    lines = [
        LineDraft("Karré", kg=D(10), product_id=world.product.pk),
        LineDraft("Potatis", kg=D(20), product_id=world.products[1].pk),
        LineDraft("Salt", kg=D(1)),
    ]
    version = save_recipe(
        authority=world.authority, draft=RecipeDraft("Karré med potatis", D(100), lines), by=world.by
    )
    day = world.delivery_date + timedelta(days=1)
    plan_day(
        kitchen=world.kitchen, day=day, dishes=[DishPlan(DishRole.STANDARD, version.pk, 80)], by=world.by
    )
    return day


def told(world: World, day: date) -> DeclaredDish:
    (dish,) = declared_dishes(world.kitchen, day=day)
    return dish


def take_in(world: World) -> None:
    lines = [
        ReceivedLine(call_off_id=pk, delivered=int(packs))
        for pk, packs in CallOff.objects.values_list("pk", "quantity__handed_over")
    ]
    receive(kitchen=world.kitchen, delivery_date=world.delivery_date, lines=lines, by=world.by)


def test_before_anything_is_ordered_the_offers_promise_and_it_is_said(world: World) -> None:
    dish = told(world, menu_of(world))
    assert dish.allergens == ["milk"]
    assert dish.may_contain == ["soy"]
    assert list(dish.meat) == [(Meat.PORK, ("DK",), False)]
    assert dish.promised == ["Fläskkarré", "Potatis"]
    assert dish.not_known == ["Salt"]


def test_what_is_ordered_promises_until_it_comes_and_then_the_lot_tells(world: World) -> None:
    day = menu_of(world)
    place(world)
    with acting(JOB):
        Offer.objects.filter(product=world.product).update(origin_country="DE")  # the promise stands
    ordered = told(world, day)
    assert [each.told for each in ordered.rows[0].supplies] == [Told.ORDERED]
    assert list(ordered.meat) == [(Meat.PORK, ("DK",), False)]
    bring(world)
    with acting(JOB):
        GoodsLot.objects.update(origin_country="SE")
    assert "Fläskkarré" in told(world, day).promised  # at the hub, not in the kitchen
    take_in(world)
    came = told(world, day)
    (supply,) = came.rows[0].supplies
    assert (supply.told, supply.lot, supply.day) == (Told.DELIVERED, "L1", world.delivery_date)
    assert list(came.meat) == [(Meat.PORK, ("SE",), False)]
    assert came.promised == ["Potatis"]


def test_goods_that_went_back_tell_nothing(world: World) -> None:
    day = menu_of(world)
    place(world)
    bring(world)
    take_in(world)
    call_off = CallOff.objects.select_related("quantity").get()
    return_goods(
        call_off_id=call_off.pk,
        kitchen=world.kitchen,
        packs=int(call_off.quantity.delivered),
        reason="mögel",
        by=world.by,
    )
    assert [each.told for each in told(world, day).rows[0].supplies] == [Told.OFFERED]


def test_the_page_says_what_is_known_and_what_is_not(
    world: World, django_assert_max_num_queries: Any
) -> None:
    day = menu_of(world)
    place(world)
    bring(world)
    take_in(world)
    cook = Client()
    cook.force_login(world.manager)
    path = f"/kok/{world.kitchen.pk}/meny/{day}/innehall/"
    with django_assert_max_num_queries(30):
        page = cook.get(path).content.decode()
    for words in ("parti L1", "mjölk", "Griskött", "Danmark", "Läs förpackningen", "Salt", "har lovat"):
        assert words in page
    assert path in cook.get(f"/kok/{world.kitchen.pk}/meny/{day}/").content.decode()
    empty = cook.get(f"/kok/{world.kitchen.pk}/meny/{day + timedelta(days=1)}/innehall/").content.decode()
    assert "Ingen rätt är planerad" in empty


def test_meat_that_is_no_product_is_of_unknown_country(world: World) -> None:
    with acting(JOB):
        food, _ = ClimateFood.objects.get_or_create(
            key="beef_mince", defaults={"name_sv": "Nötfärs", "name_en": "Mince", "category": "meat"}
        )
    lines = [LineDraft("Nötfärs", kg=D(10), food_id=food.pk)]
    version = save_recipe(authority=world.authority, draft=RecipeDraft("Biff", D(100), lines), by=world.by)
    plan_day(
        kitchen=world.kitchen,
        day=world.delivery_date,
        dishes=[DishPlan(DishRole.STANDARD, version.pk, 80)],
        by=world.by,
    )
    dish = told(world, world.delivery_date)
    assert list(dish.meat) == [(Meat.BEEF, (), True)]
    assert dish.not_known == ["Nötfärs"]
