"""A recipe taken apart: kg bought of each food, however deep it is nested. Nothing is rounded, nothing is guessed.

A part is told by weight or by share, and as bought, edible or cooked. What can't be turned into bought kg stays a part
without weight; what has no factor stays a part without factor. Both are inherited by whatever the recipe goes into.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from market.rules.climate import (
    ONE,
    RECIPE_SLACK,
    ZERO,
    Factor,
    Footprint,
    Line,
    RecipeRefused,
    footprint,
    purchased_kg,
)

DEEPEST = 8


class State(StrEnum):
    """In which state a weight is told: as bought, without peel and bone, or when cooked."""

    PURCHASED = "purchased"
    EDIBLE = "edible"
    COOKED = "cooked"


@dataclass(frozen=True, slots=True)
class Food:
    """A food as it is bought. Shares and yields are None where nobody knows them; then only bought weights can be used."""

    key: str
    factor: Factor | None
    edible_share: Decimal | None = None
    cooked_per_raw: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """``amount`` is a share of the recipe, or kg. ``amount`` None: a measure that nobody could turn into kg."""

    of: "Food | Recipe"
    amount: Decimal | None
    state: State = State.PURCHASED


@dataclass(frozen=True, slots=True)
class Recipe:
    """Parts by share (they sum to 1) or by weight. ``out_kg`` is what the weights become when ready, if it was weighed."""

    key: str
    parts: Sequence[Part]
    by_share: bool
    out_kg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A food of the recipe with the kg to buy; None when its weight can't be known."""

    food: Food
    kg: Decimal | None


def leaves(recipe: Recipe, *, kg: Decimal | None, depth: int = 1) -> tuple[Leaf, ...]:
    """The foods of so many kg of the recipe; ``kg`` None is the recipe as it is written (one kg when by share).

    RecipeRefused for shares that make no whole, weights below zero, no part at all, or nesting deeper than eight.
    """
    _check(recipe, depth=depth)
    scale = _scale(recipe, kg=kg)
    found: list[Leaf] = []
    for part in recipe.parts:
        amount = None if part.amount is None or scale is None else part.amount * scale
        if isinstance(part.of, Recipe):
            inner = leaves(part.of, kg=ZERO if amount is None else amount, depth=depth + 1)
            found += [Leaf(each.food, None) for each in inner] if amount is None else inner
        else:
            found.append(
                Leaf(part.of, None if amount is None else bought_kg(part.of, amount, state=part.state))
            )
    return tuple(found)


def bought_kg(food: Food, kg: Decimal, *, state: State) -> Decimal | None:
    """kg to buy for kg in a state; None when the food's edible share or yield is needed and not known.

    A cooked food whose edible share nobody told is taken as eaten whole (lentils have no peel).
    """
    if state is State.PURCHASED:
        return kg
    if state is State.EDIBLE:
        return None if food.edible_share is None else purchased_kg(kg=kg, edible_share=food.edible_share)
    if food.cooked_per_raw is None:
        return None
    share = ONE if food.edible_share is None else food.edible_share
    return purchased_kg(kg=kg, edible_share=share, cooked_per_raw=food.cooked_per_raw)


def _check(recipe: Recipe, *, depth: int) -> None:
    if depth > DEEPEST:
        raise RecipeRefused(f"{recipe.key!r} is nested deeper than {DEEPEST}")
    amounts = [part.amount for part in recipe.parts]
    if not amounts or any(amount is not None and amount < 0 for amount in amounts):
        raise RecipeRefused(f"the parts of {recipe.key!r} are none, or one is below zero")
    if recipe.out_kg is not None and recipe.out_kg <= 0:
        raise RecipeRefused(f"{recipe.key!r} weighs nothing when ready")
    if recipe.by_share:
        whole = sum((amount or ZERO for amount in amounts), start=ZERO)
        if abs(whole - ONE) > RECIPE_SLACK:
            raise RecipeRefused(f"the shares of {recipe.key!r} sum to {whole} and not to 1")


def _scale(recipe: Recipe, *, kg: Decimal | None) -> Decimal | None:
    """How many times the recipe as written; None when a part's weight isn't known and the whole was not weighed."""
    if kg is None:
        return ONE
    if recipe.by_share:
        return kg
    if recipe.out_kg is not None:
        return kg / recipe.out_kg
    if any(part.amount is None for part in recipe.parts):
        return None
    told = sum((part.amount or ZERO for part in recipe.parts), start=ZERO)
    return kg / told if told else None


def sums_of(found: Sequence[Leaf], *, net_sek: Decimal) -> Footprint:
    """One line that comes to these foods. Its value is covered by as much as its mass, if all of it could be weighed.

    As a line it is covered only when it is so wholly.
    """
    of_foods = footprint(Line(leaf.kg, ZERO, leaf.food.factor) for leaf in found)
    unweighed = of_foods.lines_without_weight > 0
    whole = of_foods.lines_covered == of_foods.lines
    share = ONE if whole else ZERO if unweighed else of_foods.covered_share_mass or ZERO
    return Footprint(
        co2e_kg=of_foods.co2e_kg,
        kg_total=of_foods.kg_total,
        kg_covered=of_foods.kg_covered,
        net_sek_total=net_sek,
        net_sek_covered=net_sek * share,
        lines=1,
        lines_covered=int(whole),
        lines_without_weight=int(unweighed),
    )
