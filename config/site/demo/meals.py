"""Lays the demo school's recipes, menus and counts through the kitchens' own actions. All figures are invented."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from zlib import crc32

from django.utils.text import slugify

from config.ground.trail import Actor
from config.site.demo.recipes import RECIPES, WEEKS, LinePlan, RecipePlan
from kitchens.actions.counting import (
    DayFacts,
    Weighed,
    count_portions,
    measure_surplus,
    tell_day,
    weigh_waste,
)
from kitchens.actions.menus import DishPlan, lock_day, plan_day
from kitchens.actions.payback import DefinitionDraft, define_payback, open_board
from kitchens.actions.recipes import LineDraft, RecipeDraft, save_recipe
from kitchens.actions.tapping import TapGiven, link_of, open_taps, take_taps
from kitchens.models import DishRole, Kitchen, KitchenMember, MenuDay, RecipeVersion
from kitchens.queries.menus import closed_days
from market.models import ClimateFood, Product

ONE_DAY = timedelta(days=1)
WEEKS_BACK, WEEKS_AHEAD = 6, 3
PORTIONS = Decimal(100)
SATURDAY = 5


def lay_meals(kitchen: Kitchen, *, today: date, by: Actor) -> int:
    """Recipes, six weeks that were served and three to come; how many days were new. What is there is left."""
    versions = _recipes(kitchen, by=by)
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS_BACK)
    _board(kitchen, first=first, by=by)
    last = monday + timedelta(weeks=WEEKS_AHEAD, days=-1)
    closed = set(closed_days(kitchen, first=first, last=last))
    there = set(MenuDay.objects.filter(kitchen=kitchen, dishes__isnull=False).values_list("day", flat=True))
    days = [first + ONE_DAY * number for number in range((last - first).days + 1)]
    new = [day for day in days if day.weekday() < SATURDAY and day not in closed | there]
    for day in new:
        _plan(kitchen, day, versions, by=by)
    _surplus(kitchen, first=first, closed=closed, by=by)
    _serve(kitchen, today=today, by=by)
    return len(new)


def _recipes(kitchen: Kitchen, *, by: Actor) -> dict[str, RecipeVersion]:
    found = RecipeVersion.objects.filter(authority=kitchen.authority_id).select_related("recipe")
    versions = {version.recipe.name: version for version in found.order_by("pk")}
    products = {product.name_sv: product for product in Product.objects.all()}
    foods = {food.key: food for food in ClimateFood.objects.all()}
    for plan in RECIPES:
        if plan.name not in versions:
            lines = [_line(line, versions, products, foods) for line in plan.lines]
            versions[plan.name] = save_recipe(authority=kitchen.authority, draft=_draft(plan, lines), by=by)
    return versions


def _draft(plan: RecipePlan, lines: Sequence[LineDraft]) -> RecipeDraft:
    return RecipeDraft(
        name=plan.name, portions=PORTIONS, lines=lines, portion_kg=plan.portion_kg, note="Påhittat recept"
    )


def _line(
    plan: LinePlan,
    versions: dict[str, RecipeVersion],
    products: dict[str, Product],
    foods: dict[str, ClimateFood],
) -> LineDraft:
    kind, _, name = plan.what.partition(":")
    if kind == "recipe":
        return LineDraft(name=name, part_id=versions[name].pk, part_portions=plan.amount)
    food = foods[name] if kind == "food" else None
    return LineDraft(
        name=food.name_sv if food else plan.what,
        kg=plan.amount,
        food_id=food.pk if food else None,
        product_id=None if food else products[plan.what].pk,
        weight_as=plan.weight_as,
        edible_share=plan.edible_share,
        cooked_per_raw=plan.cooked_per_raw,
    )


def _board(kitchen: Kitchen, *, first: date, by: Actor) -> None:
    if hasattr(kitchen, "board"):
        return
    board = open_board(kitchen=kitchen, slug=slugify(kitchen.name), by=by)
    draft = DefinitionDraft(
        text="Naturen runt slottet, som vi vill ska vara lika fin för dem som går här efter oss",
        valid_from=first,
        goal_kg=Decimal(10_000),
        frozen_year=first.year - 1,
        frozen_kg_per_portion=Decimal("1.15"),
    )
    define_payback(board=board, draft=draft, by=by)


def _pair(day: date) -> tuple[str, str, int]:
    return WEEKS[day.isocalendar().week % len(WEEKS)][day.weekday()]


def _plan(kitchen: Kitchen, day: date, versions: dict[str, RecipeVersion], *, by: Actor) -> None:
    standard, payback, share = _pair(day)
    eaters = kitchen.pupils or 0
    chosen = eaters * share // 100
    dishes = [DishPlan(DishRole.STANDARD, versions[standard].pk, eaters - chosen)]
    if payback:
        dishes.append(DishPlan(DishRole.PAYBACK, versions[payback].pk, chosen))
    plan_day(kitchen=kitchen, day=day, dishes=dishes, by=by)


def _surplus(kitchen: Kitchen, *, first: date, closed: set[date], by: Actor) -> None:
    """Measured in the second week that was served."""
    week = [first + timedelta(days=7 + number) for number in range(5)]
    if not kitchen.surplus.exists() and not closed.intersection(week):
        measure_surplus(
            kitchen=kitchen,
            first_day=week[0],
            last_day=week[-1],
            cooked_kg=Decimal("742.5"),
            left_kg=Decimal("42.0"),
            by=by,
        )


def _serve(kitchen: Kitchen, *, today: date, by: Actor) -> None:
    """Lock and count the days that are over and today's: as the kitchen would have done it that morning."""
    days = MenuDay.objects.filter(kitchen=kitchen, day__lte=today, told=None, dishes__role=DishRole.STANDARD)
    for menu_day in days.order_by("day"):
        lock_day(menu_day=menu_day, now=menu_day.service_at - timedelta(hours=3), by=by)
        _tell(menu_day, kitchen, is_today=menu_day.day == today, by=by)


def _tell(menu_day: MenuDay, kitchen: Kitchen, *, is_today: bool, by: Actor) -> None:
    _standard, payback, share = _pair(menu_day.day)
    whim = crc32(menu_day.day.isoformat().encode())
    diets = 18
    guests = (kitchen.pupils or 0) - diets - 6 - whim % 22
    chosen = guests * (share + whim % 9 - 4) // 100 if payback else 0
    is_told = not is_today
    tell_day(
        menu_day=menu_day,
        facts=DayFacts(
            guests=guests,
            special_diets=diets,
            cooked_standard=guests - chosen + 12 + whim % 9 if is_told else None,
            cooked_payback=chosen + 8 + whim % 7 if is_told and payback else None,
        ),
        by=by,
    )
    if is_today:
        if payback:
            _tap(menu_day, kitchen, guests=guests, chosen=chosen, by=by)
        return
    if payback:
        count_portions(menu_day=menu_day, portions={"standard": guests - chosen, "payback": chosen}, by=by)
    _waste(menu_day, kitchen, guests=guests + diets, whim=whim, by=by)


def _waste(menu_day: MenuDay, kitchen: Kitchen, *, guests: int, whim: int, by: Actor) -> None:
    grams = (8 + whim % 5, 12 + whim % 7, 17 + whim % 9)
    kilos = [Decimal(each * guests) / 1000 for each in grams]
    weigh_waste(kitchen=kitchen, day=menu_day.day, weighed=Weighed(guests, *kilos), by=by)


def _tap(menu_day: MenuDay, kitchen: Kitchen, *, guests: int, chosen: int, by: Actor) -> None:
    """Today's taps between half past ten and half past twelve; the board shows those whose quarter-hour is over."""
    member = KitchenMember.objects.filter(kitchen=kitchen).first()
    if member is None:
        return
    end = menu_day.service_at + timedelta(hours=3)
    opener = Actor(name=by.name, door=by.door, user_id=member.user_id, reason=by.reason)
    link = link_of(open_taps(menu_day=menu_day, by=opener), now=end)
    taps = [
        TapGiven(key=uuid.uuid4(), role=role, at=menu_day.service_at + _minutes(number, most))
        for role, most in (("standard", (guests - chosen) * 9 // 10), ("payback", chosen * 9 // 10))
        for number in range(most)
    ]
    take_taps(link=link, taps=sorted(taps, key=lambda tap: tap.at)[:400], now=end)


def _minutes(number: int, most: int) -> timedelta:
    return timedelta(minutes=120 * number // max(1, most))
