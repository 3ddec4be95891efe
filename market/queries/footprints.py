"""The footprint of goods and recipes that somebody names, with the factors of one set."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from market.models import FactorSet, FoodMapping, Pack, Product
from market.queries.factors import active_set, factors_in, set_of
from market.refusals import TransportCountedAlready
from market.rules.climate import Factor, Footprint, RecipeRefused, together
from market.rules.quantities import BaseUnit, weight_of
from market.rules.recipes import Food, Leaf, Part, Recipe, State, bought_kg, leaves, sums_of
from market.rules.transport import LastLeg, TransportHeld, by_mass, last_leg, tonne_km
from market.rules.uncertainty import Drawn, Impact, Spread, how_sure


class Unit(StrEnum):
    KG = "kg"
    PIECE = "piece"
    LITRE = "litre"
    PACK = "pack"


@dataclass(frozen=True, slots=True)
class AskedGoods:
    """Goods by product, pack, food (its key in the factor sets) or recipe; what is none of them is not covered.

    ``kg_per_unit`` is what one piece weighs or one litre; without it the product's own figure is taken, if its
    base unit is the same. ``quantity`` None is of a recipe only: as it is written.
    """

    quantity: Decimal | None
    unit: Unit
    product_id: int | None = None
    pack_id: int | None = None
    food: str | None = None
    recipe: "AskedRecipe | None" = None
    kg_per_unit: Decimal | None = None
    state: State = State.PURCHASED
    edible_share: Decimal | None = None
    cooked_per_raw: Decimal | None = None
    net_sek: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class AskedPart:
    """Goods with a quantity, or with ``share`` of the recipe."""

    goods: AskedGoods
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class AskedRecipe:
    name: str
    parts: tuple[AskedPart, ...]
    out_kg: Decimal | None = None

    @property
    def foods(self) -> int:
        """How many parts it comes to when it is taken apart."""
        return sum(part.goods.recipe.foods if part.goods.recipe else 1 for part in self.parts)


@dataclass(frozen=True, slots=True)
class AskedLeg:
    """The round that brings the goods: ``kg`` is its whole load, ``own_kg`` what of it is one's own."""

    kg: Decimal
    km: Decimal
    own_kg: Decimal | None = None
    kg_per_tonne_km: Decimal | None = None
    driven_km: Decimal | None = None
    kg_per_vehicle_km: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ToldLeg:
    """kg CO2e of the round and of one's own goods in it; None where neither method has its figures."""

    tonne_km: Decimal
    leg: LastLeg | None
    own_co2e_kg: Decimal | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A line with the foods that it comes to; ``single`` is goods that are no recipe."""

    leaves: tuple[Leaf, ...]
    sums: Footprint
    is_recipe: bool

    @property
    def single(self) -> Leaf | None:
        return None if self.is_recipe else self.leaves[0]

    @property
    def kg(self) -> Decimal | None:
        known = [leaf.kg for leaf in self.leaves if leaf.kg is not None]
        return sum(known, start=Decimal(0)) if known else None


@dataclass(frozen=True, slots=True)
class Footprints:
    """Each line with its foods, and all together. ``sure`` None where a factor's uncertainty is not stated."""

    factor_set: FactorSet | None
    lines: Sequence[Counted]
    total: Footprint
    sure: Spread | Drawn | None
    factors: Sequence[Factor]


def footprints_of(
    goods: Sequence[AskedGoods], *, on: date, factor_set: str | None = None, seed: int = 1
) -> Footprints:
    """kg CO2e of goods with the mappings and factors of that day.

    Raises InvalidInput for a product, pack or recipe that is none, and FactorSetUnknown.
    """
    chosen = active_set() if factor_set is None else set_of(factor_set)
    known = _Known(goods, on=on, factor_set=chosen)
    faults: dict[str, list[str]] = {}
    lines = []
    for number, each in enumerate(goods):
        try:
            lines.append(_counted(each, known))
        except RecipeRefused:
            faults[f"lines.{number}.recipe"] = [
                _("Receptets andelar blir inte 1 (± 0,001), eller det väger inget.")
            ]
    if faults:
        raise InvalidInput(fields=faults)
    used = [
        leaf for line in lines for leaf in line.leaves if leaf.kg is not None and leaf.food.factor is not None
    ]
    return Footprints(
        factor_set=chosen,
        lines=lines,
        total=together(line.sums for line in lines),
        sure=_sure(used, seed=seed),
        factors=list(
            {leaf.food.factor.food_key: leaf.food.factor for leaf in used if leaf.food.factor}.values()
        ),
    )


def last_leg_of(asked: AskedLeg, *, factor_set: FactorSet | None) -> ToldLeg:
    """The last leg by itself. Raises TransportCountedAlready where the set's factors hold it."""
    try:
        leg = last_leg(
            kg=asked.kg,
            km=asked.km,
            kg_per_tonne_km=asked.kg_per_tonne_km,
            driven_km=asked.driven_km,
            kg_per_vehicle_km=asked.kg_per_vehicle_km,
            held_by_factors=factor_set is not None and factor_set.holds_last_leg,
        )
    except TransportHeld as held:
        raise TransportCountedAlready(set=factor_set.code if factor_set else "") from held
    own = None
    if leg is not None and asked.own_kg is not None:
        own = by_mass(leg.co2e_kg, {"own": asked.own_kg, "rest": asked.kg - asked.own_kg})["own"]
    return ToldLeg(tonne_km=tonne_km(kg=asked.kg, km=asked.km), leg=leg, own_co2e_kg=own)


def _sure(used: Sequence[Leaf], *, seed: int) -> Spread | Drawn | None:
    impacts = [
        Impact(leaf.food.factor.food_key, leaf.kg * leaf.food.factor.kg_co2e_per_kg, leaf.food.factor.gsd)
        for leaf in used
        if leaf.kg is not None and leaf.food.factor is not None
    ]
    return how_sure(impacts, seed=seed)


def _counted(goods: AskedGoods, known: "_Known") -> Counted:
    if goods.recipe is None:
        food = known.food(goods)
        kg = known.kg(goods)
        found: tuple[Leaf, ...] = (
            Leaf(food, None if kg is None else bought_kg(food, kg, state=goods.state)),
        )
    else:
        found = leaves(known.recipe(goods.recipe), kg=goods.quantity)
    return Counted(
        leaves=found, sums=sums_of(found, net_sek=goods.net_sek), is_recipe=goods.recipe is not None
    )


class _Known:
    """What the house knows of all that is asked for, however deep it stands, read in a few statements."""

    def __init__(self, goods: Sequence[AskedGoods], *, on: date, factor_set: FactorSet | None) -> None:
        self._all = [
            (where, each)
            for number, top in enumerate(goods)
            for where, each in _within(top, f"lines.{number}")
        ]
        self._on = on
        self._factor_set = factor_set
        self._check()

    @cached_property
    def _packs(self) -> Mapping[int, Pack]:
        ids = {each.pack_id for _where, each in self._all if each.pack_id is not None}
        return Pack.objects.select_related("product").in_bulk(ids) if ids else {}

    @cached_property
    def _products(self) -> Mapping[int, Product]:
        ids = {each.product_id for _where, each in self._all if each.product_id is not None}
        products = Product.objects.in_bulk(ids) if ids else {}
        return products | {pack.product_id: pack.product for pack in self._packs.values()}

    @cached_property
    def _foods(self) -> Mapping[int, str]:
        rows = FoodMapping.objects.standing().on(self._on).filter(product__in=self._products)
        return dict(rows.values_list("product_id", "food__key"))

    @cached_property
    def _factors(self) -> Mapping[str, Factor]:
        named = {each.food for _where, each in self._all if each.food}
        return factors_in(self._factor_set, named | set(self._foods.values()), on=self._on)

    def _check(self) -> None:
        faults = {}
        for where, each in self._all:
            if each.product_id is not None and each.product_id not in self._products:
                faults[f"{where}.product"] = [_("Varan finns inte.")]
            if each.pack_id is not None and each.pack_id not in self._packs:
                faults[f"{where}.pack"] = [_("Förpackningen finns inte.")]
        if faults:
            raise InvalidInput(fields=faults)

    def product(self, goods: AskedGoods) -> Product | None:
        if goods.pack_id is not None:
            return self._packs[goods.pack_id].product
        return None if goods.product_id is None else self._products[goods.product_id]

    def food(self, goods: AskedGoods) -> Food:
        product = self.product(goods)
        key = goods.food or (self._foods.get(product.pk, "") if product else "")
        return Food(
            key=key,
            factor=self._factors.get(key),
            edible_share=goods.edible_share,
            cooked_per_raw=goods.cooked_per_raw,
        )

    def kg(self, goods: AskedGoods) -> Decimal | None:
        """kg in the state that it is told in; None where nobody tells what a piece or a litre weighs."""
        if goods.quantity is None:
            return None
        product = self.product(goods)
        quantity, unit = goods.quantity, goods.unit
        if goods.pack_id is not None and product is not None:
            quantity, unit = quantity * self._packs[goods.pack_id].base_per_pack, Unit(product.base_unit)
        own = product.kg_per_base if product is not None and product.base_unit == unit else None
        return weight_of(quantity=quantity, unit=BaseUnit(unit), kg_per_unit=goods.kg_per_unit or own)

    def recipe(self, asked: AskedRecipe) -> Recipe:
        by_share = asked.parts[0].share is not None
        parts = tuple(
            Part(
                of=self.recipe(part.goods.recipe) if part.goods.recipe else self.food(part.goods),
                amount=part.share if by_share else self.kg(part.goods),
                state=part.goods.state,
            )
            for part in asked.parts
        )
        return Recipe(key=asked.name, parts=parts, by_share=by_share, out_kg=asked.out_kg)


def _within(goods: AskedGoods, where: str) -> Iterator[tuple[str, AskedGoods]]:
    yield where, goods
    for number, part in enumerate(goods.recipe.parts if goods.recipe else ()):
        yield from _within(part.goods, f"{where}.recipe.parts.{number}")
