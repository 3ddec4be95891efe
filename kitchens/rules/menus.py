"""Recipe arithmetic: what a portion takes to buy, what a menu needs, what a dish contains and comes from.

Weights are kg, exact. A weight is as bought, as edible or as cooked; it is divided by edible share and by yield
on the way to what is bought, once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from market.rules.climate import Factor, Footprint, Line, footprint, purchased_kg

ZERO = Decimal(0)
ONE = Decimal(1)


class WeightAs(StrEnum):
    """How a recipe's weight was put on the scale."""

    PURCHASED = "purchased"
    EDIBLE = "edible"
    COOKED = "cooked"


class RecipeLoop(ValueError):  # noqa: N818 - named for the refusal that a person reads
    """A recipe is, through its parts, a part of itself. ``path`` names the way round."""

    def __init__(self, path: Sequence[str]) -> None:
        super().__init__(" → ".join(path))
        self.path = tuple(path)


@dataclass(frozen=True, slots=True)
class Ingredient:
    """``kg`` for the recipe's whole number of portions. ``key`` names the goods, the same wherever they are used."""

    key: str
    kg: Decimal
    weight_as: WeightAs = WeightAs.PURCHASED
    edible_share: Decimal = ONE
    cooked_per_raw: Decimal = ONE

    @property
    def purchased_kg(self) -> Decimal:
        """Bought weight stays; edible is divided by the edible share, cooked by the yield too."""
        if self.weight_as is WeightAs.PURCHASED:
            return self.kg
        yield_of = self.cooked_per_raw if self.weight_as is WeightAs.COOKED else ONE
        return purchased_kg(kg=self.kg, edible_share=self.edible_share, cooked_per_raw=yield_of)


@dataclass(frozen=True, slots=True)
class Part:
    """Another recipe that goes into this one, by so many of its portions."""

    recipe: str
    portions: Decimal


@dataclass(frozen=True, slots=True)
class Recipe:
    """What ``portions`` portions take."""

    key: str
    portions: Decimal
    ingredients: Sequence[Ingredient] = ()
    parts: Sequence[Part] = ()


@dataclass(frozen=True, slots=True)
class Serving:
    """A dish of a menu and how many portions of it are cooked."""

    recipe: str
    portions: Decimal


Book = Mapping[str, Recipe]
Weights = Mapping[str, Decimal]


def portion_weights(key: str, book: Book) -> Weights:
    """kg to buy for one portion, by goods. Raises RecipeLoop; KeyError for a recipe that is not in the book."""
    return _portion(key, book, path=(), known={})


def needs_of(menu: Iterable[Serving], book: Book) -> Weights:
    """kg to buy for a whole menu, by goods; the same goods in several dishes are one need."""
    known: dict[str, Weights] = {}
    needs: dict[str, Decimal] = {}
    for serving in menu:
        for key, kg in _portion(serving.recipe, book, path=(), known=known).items():
            needs[key] = needs.get(key, ZERO) + kg * serving.portions
    return needs


def _portion(key: str, book: Book, *, path: tuple[str, ...], known: dict[str, Weights]) -> Weights:
    if key in path:
        raise RecipeLoop((*path[path.index(key) :], key))
    if key in known:
        return known[key]
    recipe = book[key]
    if recipe.portions <= 0:
        raise ValueError(f"{key} makes no portions")
    weights: dict[str, Decimal] = {}
    for each in recipe.ingredients:
        weights[each.key] = weights.get(each.key, ZERO) + each.purchased_kg
    for part in recipe.parts:
        for goods, kg in _portion(part.recipe, book, path=(*path, key), known=known).items():
            weights[goods] = weights.get(goods, ZERO) + kg * part.portions
    known[key] = {goods: kg / recipe.portions for goods, kg in weights.items()}
    return known[key]


@dataclass(frozen=True, slots=True)
class Goods:
    """What is known of goods: factor, agreed price, country. None: not known, and so not covered."""

    factor: Factor | None = None
    sek_per_kg: Decimal | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class DishFigures:
    """A portion's figures. Each with what it covers by mass: what is not known is left out and never zero."""

    climate: Footprint
    sek: Decimal
    sek_covered_share: Decimal
    kg: Decimal
    countries: Mapping[str, Decimal]
    country_covered_share: Decimal

    @property
    def comparable(self) -> bool:
        return self.climate.may_compare


def dish_figures(weights: Weights, known: Mapping[str, Goods]) -> DishFigures:
    """kg CO2e, SEK and origin (share of mass by country) of one portion."""
    of = {key: known.get(key, Goods()) for key in weights}
    lines = [Line(kg=kg, net_sek=ZERO, factor=of[key].factor) for key, kg in weights.items()]
    kg = sum(weights.values(), start=ZERO)
    priced = {key: price for key in weights if (price := of[key].sek_per_kg) is not None}
    countries: dict[str, Decimal] = {}
    for key, weight in weights.items():
        if (country := of[key].country) is not None:
            countries[country] = countries.get(country, ZERO) + weight
    return DishFigures(
        climate=footprint(lines),
        sek=sum((weights[key] * price for key, price in priced.items()), start=ZERO),
        sek_covered_share=_share(sum((weights[key] for key in priced), start=ZERO), kg),
        kg=kg,
        countries={country: weight / kg for country, weight in countries.items() if kg},
        country_covered_share=_share(sum(countries.values(), start=ZERO), kg),
    )


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return part / whole if whole else ZERO
