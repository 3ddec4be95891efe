"""Dishes that another system published: names matched, figures kept as the publisher's, our recipes left alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models.functions import Now

from config.ground.trail import Actor, acting
from kitchens.actions.recipes import RecipeDraft, save_recipe
from kitchens.interchange.published import PublishedDish, PublishedMenu
from kitchens.models import Recipe
from kitchens.queries.imports import ImportDone, untouched
from kitchens.queries.recipe_pages import Known, known_names
from kitchens.rules.dish_names import bare_ingredient, claims_in, without_claims
from market.models import Authority

ONE_PORTION = Decimal(1)


@dataclass(frozen=True, slots=True)
class DishMatched:
    """A dish of the file. ``name`` as a menu may say it; ``known`` of its ``ingredients`` are goods or foods here."""

    dish: PublishedDish
    name: str
    claims: tuple[str, ...]
    ingredients: int
    known: int
    is_new: bool

    @property
    def claimed(self) -> str:
        return ", ".join(self.claims)


def match_menu(authority: Authority, menu: PublishedMenu) -> list[DishMatched]:
    """What the file's names mean here. It writes nothing."""
    names = known_names(authority)
    shown = Recipe.objects.filter(authority=authority, hidden_at=None)
    there = {name.casefold() for name in shown.values_list("name", flat=True)}
    return [_matched(dish, names, there) for dish in menu.dishes]


def _matched(dish: PublishedDish, names: Known, there: set[str]) -> DishMatched:
    name = without_claims(dish.name)[:120]
    bare = [bare_ingredient(each) for each in dish.ingredients]
    return DishMatched(
        dish=dish,
        name=name,
        claims=claims_in(dish.name),
        ingredients=len(bare),
        known=sum(1 for each in bare if each in names.products or each in names.foods),
        is_new=name.casefold() not in there,
    )


def import_menu(
    *,
    authority: Authority,
    matched: Sequence[DishMatched],
    source: str,
    at: datetime | None = None,
    by: Actor,
) -> int:
    """A recipe without weights for each new dish, with the published figure and its source; how many.

    ``at`` ties them together, so that the import can be undone as one.

    A dish whose recipe is here already is left: what somebody weighed is worth more than what was published.
    """
    new = [each for each in matched if each.is_new and each.name]
    with acting(by):
        for each in new:
            save_recipe(
                authority=authority,
                draft=RecipeDraft(
                    name=each.name,
                    portions=ONE_PORTION,
                    note=", ".join(each.dish.ingredients),
                    published_co2e_kg=each.dish.co2e_kg,
                    published_source=source,
                ),
                at=at,
                by=by,
            )
    return len(new)


def undo_import(*, authority: Authority, done: ImportDone, by: Actor) -> int:
    """Take the import's recipes out of the lists, but for those that somebody has weighed or planned since; how many.

    Versions never go: what was published stays readable to who looks for it.
    """
    with acting(by):
        return untouched(authority, done).update(hidden_at=Now())
