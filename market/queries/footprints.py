"""The footprint of goods that somebody names, with the factors of the active set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from market.models import ClimateFactor, FactorSet, FoodMapping, Product
from market.rules.climate import Factor, Footprint, Line, footprint
from market.rules.quantities import BaseUnit, weight_of


@dataclass(frozen=True, slots=True)
class AskedGoods:
    """Goods by product or by food (its key in the factor sets); what is neither known as is not covered.

    ``kg_per_unit`` is what one piece weighs or one litre; without it the product's own figure is taken, if its
    base unit is the same.
    """

    quantity: Decimal
    unit: BaseUnit
    product_id: int | None = None
    food: str | None = None
    kg_per_unit: Decimal | None = None
    net_sek: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Footprints:
    """Each line with its weight and factor, and all together."""

    factor_set: FactorSet | None
    lines: Sequence[Line]
    each: Sequence[Footprint]
    total: Footprint


def footprints_of(goods: Sequence[AskedGoods], *, on: date) -> Footprints:
    """kg CO2e of goods with the mappings of that day. Raises InvalidInput for a product that is none."""
    products = _products(goods)
    mapped = _foods_of_products(products, on=on)
    active = FactorSet.objects.filter(is_active=True).first()
    keys = {each.food for each in goods if each.food} | set(mapped.values())
    factors = _factors(active, keys)
    lines = [
        Line(
            kg=weight_of(
                quantity=each.quantity,
                unit=each.unit,
                kg_per_unit=each.kg_per_unit or _own_weight(each, products),
            ),
            net_sek=each.net_sek,
            factor=factors.get(each.food or mapped.get(each.product_id or 0, "")),
        )
        for each in goods
    ]
    return Footprints(
        factor_set=active,
        lines=lines,
        each=[footprint([line]) for line in lines],
        total=footprint(lines),
    )


def _products(goods: Sequence[AskedGoods]) -> Mapping[int, Product]:
    products = Product.objects.in_bulk({each.product_id for each in goods if each.product_id})
    faults = {
        f"lines.{number}.product": [_("Varan finns inte.")]
        for number, each in enumerate(goods)
        if each.product_id and each.product_id not in products
    }
    if faults:
        raise InvalidInput(fields=faults)
    return products


def _own_weight(goods: AskedGoods, products: Mapping[int, Product]) -> Decimal | None:
    product = products.get(goods.product_id or 0)
    return product.kg_per_base if product is not None and product.base_unit == goods.unit else None


def _foods_of_products(products: Mapping[int, Product], *, on: date) -> dict[int, str]:
    rows = FoodMapping.objects.on(on).filter(product__in=products)
    return dict(rows.values_list("product_id", "food__key"))


def _factors(active: FactorSet | None, keys: set[str]) -> dict[str, Factor]:
    rows = ClimateFactor.objects.filter(factor_set=active, food__key__in=keys).select_related("food")
    return {
        row.food.key: Factor(
            food_key=row.food.key,
            kg_co2e_per_kg=row.kg_co2e_per_kg,
            low=row.low,
            high=row.high,
            grade=row.grade,
            basis=row.basis,
        )
        for row in rows
    }
