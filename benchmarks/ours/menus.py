"""A menu that needs many goods, laid in the basket. Imported when Django is set up."""

from datetime import timedelta
from decimal import Decimal

from benchmarks.generator import FIRST_OPEN_DAY, NOW
from config.ground.trail import Actor
from kitchens.actions.baskets import save_basket
from kitchens.actions.menus import DishPlan, plan_day
from kitchens.actions.recipes import LineDraft, RecipeDraft, save_recipe
from kitchens.models import DishRole, Kitchen, RecipeVersion
from market.models import Product
from orders.actions.filling import fill_baskets
from orders.queries.needs import NeedsPage, needs_page

PORTIONS = 100
PARTS_A_DISH = 4
MENU_DAY = FIRST_OPEN_DAY + timedelta(days=1)


def plan(kitchen: Kitchen, needs: int) -> None:
    """Two dishes of four part recipes each, which between them need so many different goods."""
    by = Actor.person(kitchen.authority_id, door="bench")
    products = list(Product.objects.order_by("id")[:needs])
    assert len(products) == needs, f"the world has {len(products)} products only"
    parts = PARTS_A_DISH * 2
    versions = [
        _recipe(kitchen, f"Del {number}", [_goods(each) for each in products[number::parts]], by=by)
        for number in range(parts)
    ]
    dishes = []
    for role, mine in zip(DishRole.values, (versions[:PARTS_A_DISH], versions[PARTS_A_DISH:]), strict=True):
        lines = [
            LineDraft(name=str(part.pk), part_id=part.pk, part_portions=Decimal(PORTIONS)) for part in mine
        ]
        dish = _recipe(kitchen, f"Rätt {role}", lines, by=by)
        dishes.append(DishPlan(role, dish.pk, PORTIONS))
    plan_day(kitchen=kitchen, day=MENU_DAY, dishes=dishes, by=by)


def _goods(product: Product) -> LineDraft:
    return LineDraft(name=product.name_sv, kg=Decimal("7.3"), product_id=product.pk)


def _recipe(kitchen: Kitchen, name: str, lines: list[LineDraft], *, by: Actor) -> RecipeVersion:
    draft = RecipeDraft(name=name, portions=Decimal(PORTIONS), lines=lines)
    return save_recipe(authority=kitchen.authority, draft=draft, by=by)


def empty_basket(kitchen: Kitchen) -> None:
    """Every basket of the kitchen without its lines, as before the click."""
    by = Actor.person(kitchen.authority_id, door="bench")
    for basket in kitchen.baskets.all():
        save_basket(
            kitchen=kitchen, delivery_date=basket.delivery_date, lines=[], version=basket.version, by=by
        )


def menu_to_basket(kitchen: Kitchen, needs: int) -> NeedsPage:
    """All that one click does. AssertionError when it was not all of the needs."""
    page = needs_page(kitchen=kitchen, first=MENU_DAY, last=MENU_DAY, now=NOW)
    filled = fill_baskets(
        kitchen=kitchen,
        days=[(each.day, each.wanted) for each in page.days],
        by=Actor.person(kitchen.authority_id, door="bench"),
    )
    assert filled == needs, (filled, page.weightless, page.too_late)
    return page
