"""A school that serves a standard and a payback dish, on top of a small world."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from config.ground.trail import Actor, acting
from kitchens.actions.menus import DishPlan, lock_day, plan_day
from kitchens.actions.payback import DefinitionDraft, define_payback, open_board
from kitchens.actions.recipes import LineDraft, RecipeDraft, save_recipe
from kitchens.models import DishRole, MenuDay, PaybackBoard, RecipeVersion
from market.models import ClimateFactor, ClimateFood, FactorSet
from market.rules.calendar import STOCKHOLM
from tests.factories.shared import shared
from tests.factories.world import World, make_world

JOB = Actor.job("tests")
DAY = date(2026, 11, 25)


def at(hour: int, minute: int = 0, *, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=STOCKHOLM)


@dataclass(frozen=True, slots=True)
class School:
    world: World
    foods: dict[str, ClimateFood]
    standard: RecipeVersion
    payback: RecipeVersion
    board: PaybackBoard


@shared
def make_school(*, standard: str = "0.95", payback: str = "0.38") -> School:
    """Two dishes of one kg of one food each: a portion's kg CO2e is the food's factor."""
    world = make_world()
    foods = make_foods(standard=standard, payback=payback)
    versions = {
        key: save_recipe(
            authority=world.authority,
            draft=RecipeDraft(
                name=name,
                portions=Decimal(100),
                lines=[LineDraft(name=name, kg=Decimal(100), food_id=foods[key].pk)],
            ),
            by=world.by,
        )
        for key, name in (("standard", "Köttbullar"), ("payback", "Linsbiffar"))
    }
    board = open_board(kitchen=world.kitchen, slug="slottsskolan", by=world.by)
    define_payback(
        board=board,
        draft=DefinitionDraft(
            text="Vår del av klassresan till fjällen",
            valid_from=DAY - timedelta(days=100),
            goal_kg=Decimal(1000),
            frozen_year=2025,
            frozen_kg_per_portion=Decimal("0.80"),
        ),
        by=world.by,
    )
    return School(world, foods, versions["standard"], versions["payback"], board)


def make_foods(**kg_co2e_per_kg: str) -> dict[str, ClimateFood]:
    """An active set with these foods."""
    with acting(JOB):
        FactorSet.objects.update(is_active=False)
        factor_set = FactorSet.objects.create(
            code=f"T-{FactorSet.objects.count()}",
            name="t",
            version="1",
            source="t",
            licence="t",
            valid_from=date(2026, 1, 1),
            is_active=True,
        )
        foods = {}
        for key, factor in kg_co2e_per_kg.items():
            food, _ = ClimateFood.objects.get_or_create(
                key=key, defaults={"name_sv": key, "name_en": key, "category": "t"}
            )
            ClimateFactor.objects.create(
                factor_set=factor_set, food=food, kg_co2e_per_kg=Decimal(factor), grade="A", basis="t"
            )
            foods[key] = food
    return foods


def serve(school: School, *, day: date = DAY, locked: bool = True, one_dish: bool = False) -> MenuDay:
    """A planned day, locked at eight unless said otherwise."""
    dishes = [DishPlan(DishRole.STANDARD, school.standard.pk, 150)]
    if not one_dish:
        dishes.append(DishPlan(DishRole.PAYBACK, school.payback.pk, 150))
    menu_day = plan_day(kitchen=school.world.kitchen, day=day, dishes=dishes, by=school.world.by)
    if locked:
        lock_day(menu_day=menu_day, now=at(8, day=day), by=school.world.by)
    menu_day.refresh_from_db()
    return menu_day
