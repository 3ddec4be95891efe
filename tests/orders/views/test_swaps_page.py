"""Swaps for a day's dishes: what can lawfully be had first, never what can't, and nothing claimed that is not sure."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from config.ground.trail import acting
from kitchens.actions.menus import DishPlan, lock_day, plan_day
from kitchens.actions.recipes import LineDraft, RecipeDraft, save_recipe
from kitchens.models import DishRole, MenuDay, RecipeVersion
from kitchens.rules.swaps import Climate, Had
from market.models import ClimateFactor, FactorGrade
from orders.queries.swaps import SwapRow, swaps_page
from tests.factories.school import make_foods
from tests.factories.world import Farm, Goods, World, make_world
from tests.orders.views.conftest import SignIn
from tests.orders.views.walk import JOB

pytestmark = pytest.mark.django_db

D = Decimal
MEAT = "15111000"
FACTORS = {
    "beef_mince": "22",
    "lamb_boneless": "6",
    "pork_loin": "4",
    "carrot": "0.11",
    "swede": "0.10",
    "yellow_peas": "0.4",
}


@pytest.fixture
def world() -> Iterator[World]:
    made = make_world(
        farms=[
            Farm(
                stock={
                    "Nötfärs": 400,
                    "Lammfärs": 400,
                    "Fläskfärs": 4,
                    "Renfärs": 400,
                    "Morot": 400,
                    "Kålrot": 400,
                    "Ärter": 400,
                },
            )
        ],
        products=[
            Goods(name="Nötfärs", group="beef", food="beef_mince", cpv=MEAT),
            Goods(name="Lammfärs", group="lamb", food="lamb_boneless", cpv="15115000"),
            Goods(name="Fläskfärs", group="pork", food="pork_loin", cpv="15113000"),
            Goods(name="Renfärs", group="game", food="pork_loin", cpv="15119500", in_lot=False),
            Goods(name="Morot", group="potatoes_roots", food="carrot", cpv="03221112"),
            Goods(name="Kålrot", group="potatoes_roots", food="swede", cpv="03221110"),
            Goods(name="Ärter", group="legumes", food="yellow_peas", cpv="03221220"),
        ],
    )
    make_foods(**FACTORS)
    with acting(JOB):
        grade = FactorGrade.objects.order_by("gsd").first()
        assert grade is not None
        ClimateFactor.objects.update(grade=grade.code)
    with time_machine.travel(made.now, tick=False):
        yield made


def recipe(world: World, name: str, **kg: str) -> RecipeVersion:
    products = {product.name_sv: product.pk for product in world.products}
    lines = [LineDraft(what, kg=D(amount), product_id=products.get(what)) for what, amount in kg.items()]
    return save_recipe(authority=world.authority, draft=RecipeDraft(name, D(100), lines), by=world.by)


def plan(world: World, day: date, version: RecipeVersion, portions: int = 100) -> MenuDay:
    return plan_day(
        kitchen=world.kitchen,
        day=day,
        dishes=[DishPlan(DishRole.STANDARD, version.pk, portions)],
        by=world.by,
    )


def after(world: World, days: int = 1) -> date:
    return world.delivery_date + timedelta(days=days)


def swaps(world: World, day: date) -> dict[str, SwapRow]:
    page = swaps_page(world.kitchen, day=day, now=world.now)
    return {row.new: row for each in page.dishes for row in each.rows}


def test_goods_of_the_same_form_are_suggested_what_can_be_had_first(world: World) -> None:
    plan(world, after(world), recipe(world, "Köttfärssås", Nötfärs="8", Morot="5"), portions=200)
    found = swaps(world, after(world))
    # Mince that can be had whole comes before that of which there is little, though pork saves more.
    assert list(found) == ["Lammfärs", "Fläskfärs"]
    lamb = found["Lammfärs"]
    assert (lamb.old, lamb.had, lamb.saving.climate) == ("Nötfärs", Had.WHOLE, Climate.SAVES)
    assert lamb.saving.claimed_kg == D("1.28")  # 0.08 × (22 − 6)
    assert lamb.day_co2e_kg == D(256)
    assert (lamb.saving.sek, lamb.day_sek) == (D(0), D(0))
    assert found["Fläskfärs"].had in {Had.IN_PART, Had.NOT_FOR_THE_DAY}


def test_what_has_no_lawful_way_is_never_suggested(world: World) -> None:
    plan(world, after(world), recipe(world, "Köttfärssås", Nötfärs="8"))
    assert "Renfärs" not in swaps(world, after(world))


def test_a_difference_within_its_uncertainty_is_not_claimed(world: World) -> None:
    """Carrot and swede differ by less than their factors know, and cost the same: no swap is told."""
    plan(world, after(world), recipe(world, "Morotssoppa", Morot="10"))
    assert swaps(world, after(world)) == {}


def test_dishes_that_the_kitchens_serve_are_suggested_parts_of_dishes_are_not(world: World) -> None:
    soup = recipe(world, "Ärtsoppa", Ärter="8")
    recipe(world, "Grundsås", Morot="1")
    plan(world, after(world, 2), soup)
    plan(world, after(world), recipe(world, "Köttfärssås", Nötfärs="8"))
    found = swaps(world, after(world))
    assert found["Ärtsoppa"].version_id == soup.pk
    assert found["Ärtsoppa"].saving.claimed_kg == D("1.728")  # 0.08 × (22 − 0.4)
    assert "Grundsås" not in found
    assert "Köttfärssås" not in found


def test_a_locked_day_has_no_swaps_and_one_without_a_delivery_left_says_so(world: World) -> None:
    version = recipe(world, "Köttfärssås", Nötfärs="8")
    lunch = plan(world, after(world), version)
    lock_day(menu_day=lunch, now=world.now, by=world.by)
    assert swaps_page(world.kitchen, day=after(world), now=world.now).dishes == ()
    plan(world, world.delivery_date, version)
    page = swaps_page(world.kitchen, day=world.delivery_date, now=world.now)
    assert page.delivery is None
    assert {row.had for each in page.dishes for row in each.rows} == {Had.NOT_ASKED}


def test_the_page_tells_what_is_saved_a_portion_and_that_day(
    world: World, django_assert_max_num_queries: Any
) -> None:
    plan(world, after(world, 2), recipe(world, "Ärtsoppa", Ärter="8"))
    plan(world, after(world), recipe(world, "Köttfärssås", Nötfärs="8"))
    cook = Client()
    cook.force_login(world.manager)
    path = f"/kok/{world.kitchen.pk}/meny/{after(world)}/byten/"
    with django_assert_max_num_queries(34):
        page = cook.get(path).content.decode()
    for words in ("Ärtsoppa", "Lammfärs i stället för Nötfärs", "1,3\u00a0kg", "130\u00a0kg", "troligen"):
        assert words in page
    assert f'hx-get="{path}"' in cook.get(f"/kok/{world.kitchen.pk}/meny/{after(world)}/").content.decode()


def take(client: Client, world: World, day: date, **told: object) -> Any:
    address = f"/kok/{world.kitchen.pk}/meny/{day}/byt/"
    return client.post(address, {"roll": "standard", **told}, follow=True)


def dish_of(day: MenuDay) -> RecipeVersion:
    return day.dishes.get(role=DishRole.STANDARD).recipe_version


def test_goods_are_swapped_by_a_button_and_taken_back(world: World, sign_in: SignIn) -> None:
    before = recipe(world, "Köttfärssås", Nötfärs="8", Morot="5")
    day = plan(world, after(world), before, portions=200)
    row = swaps(world, day.day)["Lammfärs"]
    client = sign_in(world.people.staff)
    html = client.get(f"/kok/{world.kitchen.pk}/meny/{day.day}/byten/").content.decode()
    assert f'name="av" value="{row.old_id}"' in html
    answer = take(client, world, day.day, sedd=before.pk, av=row.old_id, till=row.new_id)
    assert "Bytet är gjort." in answer.content.decode()
    assert "Ångra bytet" in answer.content.decode()
    made = dish_of(day)
    assert (made.recipe, made.number) == (before.recipe, before.number + 1)
    assert [(line.name, line.kg) for line in made.lines.order_by("position")] == [
        ("Lammfärs", D(8)),
        ("Morot", D(5)),
    ]
    answer = take(client, world, day.day, do="angra", sedd=made.pk, ratt=before.pk)
    assert "som före bytet" in answer.content.decode()
    assert dish_of(day) == before
    newest = before.recipe.versions.order_by("-number")[0]
    assert [line.name for line in newest.lines.order_by("position")] == ["Nötfärs", "Morot"]
    assert newest.number == before.number + 2


def test_goods_within_a_part_give_the_part_a_version_too(world: World, sign_in: SignIn) -> None:
    sauce = recipe(world, "Grundsås", Nötfärs="8")
    whole = RecipeDraft("Lasagne", D(100), [LineDraft("Sås", part_id=sauce.pk, part_portions=D(100))])
    before = save_recipe(authority=world.authority, draft=whole, by=world.by)
    day = plan(world, after(world), before)
    products = {product.name_sv: product.pk for product in world.products}
    client = sign_in(world.manager)
    take(client, world, day.day, sedd=before.pk, av=products["Nötfärs"], till=products["Lammfärs"])
    made = dish_of(day)
    part = made.lines.get().part
    assert part is not None
    assert (made.number, part.recipe, part.lines.get().name) == (2, sauce.recipe, "Lammfärs")
    take(client, world, day.day, do="angra", sedd=made.pk, ratt=before.pk)
    assert [recipe.versions.count() for recipe in (before.recipe, sauce.recipe)] == [3, 3]
    assert sauce.recipe.versions.get(number=3).lines.get().name == "Nötfärs"


def test_another_dish_is_taken_and_taken_back(world: World, sign_in: SignIn) -> None:
    soup = recipe(world, "Ärtsoppa", Ärter="8")
    plan(world, after(world, 2), soup)
    before = recipe(world, "Köttfärssås", Nötfärs="8")
    day = plan(world, after(world), before)
    client = sign_in(world.manager)
    take(client, world, day.day, sedd=before.pk, ratt=soup.pk)
    assert dish_of(day) == soup
    take(client, world, day.day, do="angra", sedd=soup.pk, ratt=before.pk)
    assert dish_of(day) == before
    assert RecipeVersion.objects.count() == 2


def test_a_swap_that_can_not_be_says_why_and_changes_nothing(world: World, sign_in: SignIn) -> None:
    before = recipe(world, "Köttfärssås", Nötfärs="8")
    day = plan(world, after(world), before)
    client = sign_in(world.manager)
    products = {product.name_sv: product.pk for product in world.products}
    asked: list[tuple[dict[str, object], int, str]] = [
        ({"sedd": before.pk + 1, "ratt": before.pk}, 200, "Någon annan har ändrat"),
        ({"sedd": before.pk, "av": products["Morot"], "till": products["Kålrot"]}, 200, "inte i rätten"),
        ({"sedd": before.pk, "av": products["Nötfärs"], "till": 10**17}, 404, ""),
        ({"sedd": before.pk, "ratt": 10**17}, 404, ""),
        ({"sedd": before.pk, "ratt": "9" * 40}, 404, ""),
        ({"sedd": "x", "ratt": before.pk}, 404, ""),
        ({"sedd": before.pk, "ratt": before.pk, "roll": "dessert"}, 404, ""),
    ]
    for told, status, words in asked:
        answer = take(client, world, day.day, **told)
        assert answer.status_code == status, told
        assert words in answer.content.decode(), told
    assert take(client, world, after(world, 9), sedd=1, ratt=1).status_code == 404
    lock_day(menu_day=day, now=world.now, by=world.by)
    told = {"sedd": before.pk, "av": products["Nötfärs"], "till": products["Lammfärs"]}
    assert "är låst" in take(client, world, day.day, **told).content.decode()
    assert take(sign_in(world.officer), world, day.day, **told).status_code == 403
    assert dish_of(day) == before
    assert RecipeVersion.objects.count() == 1
