"""Order units to base units to kilograms: packs, pieces, litres and catch weight.

A weight that is not known is None and stays None: a litre is never taken for a kilogram. What people type is
read elsewhere; here all is Decimal.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

NOTHING, ONE = Decimal(0), Decimal(1)


class BaseUnit(StrEnum):
    KG = "kg"
    PIECE = "piece"
    LITRE = "litre"


@dataclass(frozen=True, slots=True)
class Pack:
    """What a kitchen orders one of. ValueError when a measure can't be.

    ``kg_per_base`` is the article's declared weight of one piece or its density (kg per litre); goods counted
    in kilograms need none. The tolerances are shares (0.10 is 10 %) and only catch weight has them.
    """

    base_unit: BaseUnit
    base_per_pack: Decimal
    kg_per_base: Decimal | None
    catch_weight: bool = False
    upper_tolerance: Decimal = NOTHING
    lower_tolerance: Decimal = NOTHING

    def __post_init__(self) -> None:
        if self.base_per_pack <= 0:
            raise ValueError("a pack holds more than nothing")
        if self.kg_per_base is not None and self.kg_per_base <= 0:
            raise ValueError("a weight that is not known is None, never zero")
        if self.upper_tolerance < 0 or not 0 <= self.lower_tolerance <= 1:
            raise ValueError("tolerances are shares: upper from 0, lower from 0 to 1")


def base_of(packs: Decimal, pack: Pack) -> Decimal:
    """Packs in the base unit that stock is counted in."""
    return packs * pack.base_per_pack


def reserved_base(packs: Decimal, pack: Pack) -> Decimal:
    """What an order takes out of the stock pool: catch weight takes the heaviest that it may come to."""
    upper = pack.upper_tolerance if pack.catch_weight else NOTHING
    return base_of(packs, pack) * (1 + upper)


def kg_of(*, packs: Decimal, pack: Pack) -> Decimal | None:
    """Kilograms of so many packs, exact; None when the article tells no weight."""
    weight = _kg_per_base(pack)
    return None if weight is None else base_of(packs, pack) * weight


def weight_of(*, quantity: Decimal, unit: BaseUnit, kg_per_unit: Decimal | None) -> Decimal | None:
    """Kilograms of loose goods told in kg, pieces or litres; None when nobody tells what one of them weighs."""
    if unit is BaseUnit.KG:
        return quantity
    return None if kg_per_unit is None else quantity * kg_per_unit


def price_per_kg(*, price: Decimal, pack: Pack) -> Decimal | None:
    """SEK per kg (jämförelsepris) of a price per pack, not rounded; None when the article tells no weight."""
    weight = kg_of(packs=Decimal(1), pack=pack)
    return None if weight is None else price / weight


def within_tolerance(*, actual_kg: Decimal, expected_kg: Decimal, pack: Pack) -> bool:
    """Whether weighed goods are what was ordered, both ends included. Goods of fixed weight have no slack."""
    if not pack.catch_weight:
        return actual_kg == expected_kg
    lightest = expected_kg * (1 - pack.lower_tolerance)
    heaviest = expected_kg * (1 + pack.upper_tolerance)
    return lightest <= actual_kg <= heaviest


def _kg_per_base(pack: Pack) -> Decimal | None:
    return ONE if pack.base_unit == BaseUnit.KG else pack.kg_per_base
