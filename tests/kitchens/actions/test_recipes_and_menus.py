"""Recipes in versions, menus that are locked before service, and what the database itself refuses."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, acting
from kitchens.actions.menus import DishPlan, lock_day, lock_days, lock_due, plan_day, roll_weeks
from kitchens.actions.recipes import LineDraft, RecipeDraft, save_recipe
from kitchens.models import (
    DishRole,
    KitchenClosure,
    MenuDay,
    MenuDish,
    RecipeLine,
    RecipeVersion,
)
from kitchens.queries.recipes import figures_of, product_of, read_book, read_versions
from kitchens.refusals import MenuLocked, RecipeGoesRound, ServiceHasBegun
from tests.factories.school import DAY, School, at, make_foods, make_school, serve
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db

D = Decimal
BY = Actor.job("tests")


@pytest.fixture
def school() -> School:
    return make_school()


def recipe(school: School, name: str, *lines: LineDraft, portions: str = "100") -> RecipeVersion:
    return save_recipe(
        authority=school.world.authority, draft=RecipeDraft(name, D(portions), lines), by=school.world.by
    )


def part(version: RecipeVersion, portions: str = "100") -> LineDraft:
    return LineDraft(name=str(version), part_id=version.pk, part_portions=D(portions))


def test_a_saved_recipe_is_a_new_version_and_the_old_one_stands(school: School) -> None:
    newer = recipe(
        school, "Köttbullar", LineDraft(name="Färs", kg=D(50), food_id=school.foods["standard"].pk)
    )
    assert newer.recipe == school.standard.recipe
    assert newer.number == 2
    _, figures = figures_of([school.standard.pk, newer.pk], on=DAY)
    assert [figures[pk].climate.co2e_kg for pk in (school.standard.pk, newer.pk)] == [D("0.95"), D("0.475")]


def test_the_book_that_is_read_without_rows_reckons_with_the_same_recipes(school: School) -> None:
    sauce = recipe(
        school,
        "Sås",
        LineDraft(name="Lök", kg=D(2), weight_as="edible", edible_share=D("0.9")),
        LineDraft(name="Linser", kg=D(3), weight_as="cooked", cooked_per_raw=D("2.33"), product_id=None),
        LineDraft(name="Potatis", kg=D(4), product_id=school.world.product.pk),
    )
    dish = recipe(
        school, "Gryta", LineDraft(name="Färs", kg=D(9), food_id=school.foods["standard"].pk), part(sauce)
    )
    versions = {dish.pk, school.standard.pk}
    book, read = read_book(versions), read_versions(versions)
    assert book.recipes == read.book
    assert set(book.recipes) >= {str(sauce.pk), str(dish.pk)}
    assert book.names == {key: name for key, name in read.names.items() if product_of(key) is None}
    assert set(book.names.values()) >= {"Lök", "Linser"}
    assert read_book(set()).recipes == {}


def test_a_version_and_its_lines_never_change(school: School) -> None:
    for rows in (RecipeVersion.objects.all(), RecipeLine.objects.all()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), acting(BY):
            rows.update(authority_id=school.world.authority.pk)


def test_a_recipe_in_a_recipe_goes_in_by_portions(school: School) -> None:
    sauce = recipe(
        school, "Sås", LineDraft(name="Grädde", kg=D(2), food_id=school.foods["payback"].pk), portions="50"
    )
    dish = recipe(school, "Biff med sås", part(sauce), LineDraft(name="Salt", kg=D("0.1")))
    read = read_versions([dish.pk])
    assert read.weights(dish.pk) == {f"food:{school.foods['payback'].pk}": D("0.04"), "name:salt": D("0.001")}
    _, figures = figures_of([dish.pk], on=DAY)
    assert figures[dish.pk].climate.covered_share_mass == D("0.04") / D("0.041")


def test_a_recipe_that_would_come_round_to_itself_is_refused(school: School) -> None:
    sauce = recipe(school, "Sås", LineDraft(name="Grädde", kg=D(2)))
    dish = recipe(school, "Gryta", part(sauce))
    with pytest.raises(RecipeGoesRound) as refused:
        recipe(school, "Sås", part(dish))
    assert refused.value.figures["way"] == "Sås → Gryta → Sås"
    assert sauce.recipe.versions.count() == 1


def test_nor_can_the_table_hold_a_loop_or_anothers_recipe(school: School) -> None:
    strange = make_world()
    newest = RecipeVersion.objects.latest("pk")
    line = {"version": school.standard, "position": 9, "name": "x", "part_portions": D(1)}
    with pytest.raises(IntegrityError, match="older_ones_only"), transaction.atomic(), acting(BY):
        RecipeLine.objects.create(authority=school.world.authority, part=newest, **line)
    theirs = save_recipe(authority=strange.authority, draft=RecipeDraft("Gröt", D(1)), by=strange.by)
    with pytest.raises(InvalidInput):
        recipe(school, "Frukost", part(theirs))


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (RecipeDraft(" ", D(1)), "name"),
        (RecipeDraft("A", D(0)), "portions"),
        (RecipeDraft("A", D(1), portion_kg=D(0)), "portion_kg"),
        (RecipeDraft("A", D(1), published_co2e_kg=D(1)), "published_source"),
        (RecipeDraft("A", D(1), [LineDraft("x", kg=D(0))]), "lines.0.kg"),
        (RecipeDraft("A", D(1), [LineDraft(" ", kg=D(1))]), "lines.0.name"),
        (RecipeDraft("A", D(1), [LineDraft("x", kg=D(1), weight_as="raw")]), "lines.0.weight_as"),
        (RecipeDraft("A", D(1), [LineDraft("x", kg=D(1), edible_share=D(2))]), "lines.0.edible_share"),
        (RecipeDraft("A", D(1), [LineDraft("x", part_id=1)]), "lines.0.part_portions"),
        (RecipeDraft("A", D(1), [LineDraft("x", part_id=0, part_portions=D(1))]), "lines.0.part"),
        (RecipeDraft("A", D(1), [LineDraft("x", kg=D(1))] * 81), "lines"),
    ],
)
def test_a_recipe_that_can_not_be_is_told_by_field(school: School, draft: RecipeDraft, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        save_recipe(authority=school.world.authority, draft=draft, by=school.world.by)
    assert field in refused.value.fields


def test_the_lock_freezes_dishes_versions_and_figures(school: School) -> None:
    menu_day = serve(school)
    make_foods(standard="9", payback="9")  # another set becomes active afterwards
    lock_day(menu_day=menu_day, now=at(9), by=school.world.by)
    figures = dict(menu_day.dishes.values_list("role", "co2e_kg"))
    assert figures == {"standard": D("0.95"), "payback": D("0.38")}
    with pytest.raises(MenuLocked):
        plan_day(kitchen=menu_day.kitchen, day=DAY, dishes=[], by=school.world.by)


def test_the_database_holds_what_is_locked(school: School) -> None:
    menu_day = serve(school)
    for change in (
        lambda: menu_day.dishes.update(portions=1),
        lambda: menu_day.dishes.all().delete(),
        lambda: MenuDay.objects.filter(pk=menu_day.pk).update(locked_at=None),
        lambda: MenuDay.objects.filter(pk=menu_day.pk).update(day=DAY + timedelta(days=1)),
    ):
        with pytest.raises(IntegrityError, match="locked"), transaction.atomic(), acting(BY):
            change()


def test_a_menu_is_locked_before_service_or_not_at_all(school: School) -> None:
    menu_day = serve(school, locked=False)
    with pytest.raises(ServiceHasBegun):
        lock_day(menu_day=menu_day, now=menu_day.service_at, by=school.world.by)
    with pytest.raises(NotFound):
        lock_days(menu_day_ids=[0], now=at(8), by=BY)
    assert lock_due(now=at(8), ahead=timedelta(hours=1), by=BY) == 0
    assert lock_due(now=at(10), ahead=timedelta(hours=1), by=BY) == 1
    assert lock_due(now=at(10), ahead=timedelta(hours=1), by=BY) == 0


def test_a_day_without_a_dish_is_not_locked(school: School) -> None:
    menu_day = plan_day(kitchen=school.world.kitchen, day=DAY, dishes=[], by=school.world.by)
    with pytest.raises(InvalidInput):
        lock_day(menu_day=menu_day, now=at(8), by=school.world.by)


@pytest.mark.parametrize(
    ("roles", "portions", "field"),
    [
        (["payback"], 1, "standard"),
        (["standard", "standard"], 1, "dishes"),
        (["dessert"], 1, "dishes"),
        (["standard"], -1, "portions"),
        (["standard", "payback"], 1, "payback"),  # the same recipe twice is no choice
    ],
)
def test_a_menu_that_can_not_be_is_refused(
    school: School, roles: list[str], portions: int, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        plan_day(
            kitchen=school.world.kitchen,
            day=DAY,
            dishes=[DishPlan(role, school.standard.pk, portions) for role in roles],
            by=school.world.by,
        )
    assert field in refused.value.fields


def test_anothers_recipe_is_not_served(school: School) -> None:
    strange = make_world()
    theirs = save_recipe(authority=strange.authority, draft=RecipeDraft("Gröt", D(1)), by=strange.by)
    with pytest.raises(InvalidInput):
        plan_day(
            kitchen=school.world.kitchen,
            day=DAY,
            dishes=[DishPlan(DishRole.STANDARD, theirs.pk, 1)],
            by=school.world.by,
        )
    menu_day = serve(school, locked=False)
    with (
        pytest.raises(IntegrityError, match="dish_by_its_authoritys_recipe"),
        transaction.atomic(),
        acting(BY),
    ):
        MenuDish.objects.filter(menu_day=menu_day).update(recipe_version=theirs)


def test_weeks_roll_on_with_the_newest_recipes_and_leave_closed_days(school: School) -> None:
    monday = date(2026, 11, 23)
    for number in range(5):
        serve(school, day=monday + timedelta(days=number), locked=False)
    newer = recipe(school, "Köttbullar", LineDraft(name="Färs", kg=D(50)))
    target = date(2026, 12, 21)  # Christmas Eve is Thursday, Christmas Day Friday
    with acting(BY):
        KitchenClosure.objects.create(
            kitchen=school.world.kitchen, first_day=target, last_day=target, name="Studiedag"
        )
    laid = roll_weeks(kitchen=school.world.kitchen, source=monday, weeks=1, target=target, by=school.world.by)
    days = MenuDay.objects.filter(day__gte=target).order_by("day")
    assert laid == 2
    assert [day.day.day for day in days] == [22, 23]
    assert days[0].dishes.get(role="standard").recipe_version == newer
    assert days[0].service_at == at(10, 30, day=days[0].day)
    assert roll_weeks(kitchen=school.world.kitchen, source=monday, weeks=1, target=target, by=BY) == 0
    for wrong in ({"weeks": 0}, {"target": monday}, {"source": DAY}):
        with pytest.raises(InvalidInput):
            roll_weeks(
                kitchen=school.world.kitchen,
                by=BY,
                **{"source": monday, "weeks": 1, "target": target, **wrong},  # type: ignore[arg-type]
            )
