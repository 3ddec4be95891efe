"""May two climate figures stand beside each other, and what made the difference?

One basis, one factor set, nine tenths of the mass covered on both sides; else no comparison, with the reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from market.rules.climate import COMPARABLE_SHARE, Footprint, together

ZERO = Decimal(0)
BRIDGE_DIGITS = 60  # enough that no product of kg and factor is rounded
BRIDGE_STEP = Decimal("0.000001")


class Why(StrEnum):
    """Why two figures are not compared or added."""

    BASES = "bases"
    SETS = "sets"
    COVERAGE = "coverage"
    NOTHING = "nothing"


class NotComparable(ValueError):  # noqa: N818 - named for the refusal that a person reads
    """``why`` says which of the conditions fails; ``values`` are the two that differ, or the covered share."""

    def __init__(self, why: Why, *values: str | Decimal | None) -> None:
        super().__init__(f"{why}: {values}")
        self.why = why
        self.values = values


@dataclass(frozen=True, slots=True)
class Figure:
    """A footprint with what it is of: ordered, delivered, served or wasted, by one factor set's code."""

    basis: str
    factor_set: str
    sums: Footprint


def check_comparable(before: Figure, after: Figure) -> None:
    """Raises NotComparable: other basis, other set, or less than 90 % of the mass covered on a side."""
    _check_alike(before, after)
    for side in (before, after):
        share = side.sums.covered_share_mass
        if share is None:
            raise NotComparable(Why.NOTHING, None)
        if share < COMPARABLE_SHARE:
            raise NotComparable(Why.COVERAGE, share)


def added(figures: Iterable[Figure]) -> Figure:
    """Kitchens or months as one figure. Raises NotComparable for two bases or sets, ValueError for no figure at all."""
    told = list(figures)
    if not told:
        raise ValueError("no figure to add")
    for each in told[1:]:
        _check_alike(told[0], each)
    return Figure(told[0].basis, told[0].factor_set, together(each.sums for each in told))


def _check_alike(one: Figure, other: Figure) -> None:
    if one.basis != other.basis:
        raise NotComparable(Why.BASES, one.basis, other.basis)
    if one.factor_set != other.factor_set:
        raise NotComparable(Why.SETS, one.factor_set, other.factor_set)


@dataclass(frozen=True, slots=True)
class Bought:
    """kg of a food in a period and the kg CO2e that its factors there make of them."""

    kg: Decimal
    co2e_kg: Decimal


@dataclass(frozen=True, slots=True)
class Bridge:
    """Why a figure moved, kg CO2e: more or less food, other food, other factors. The three sum to the difference."""

    before: Decimal
    after: Decimal
    quantity: Decimal
    mix: Decimal
    factor: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before


def bridge(before: Mapping[str, Bought], after: Mapping[str, Bought]) -> Bridge:
    """From one period's covered foods to another's, by food.

    quantity: the change in kg at the first period's mean factor. factor: the second period's kg at the change of each
    food's factor. mix: the rest, which is another composition at the first period's factors; a food that is new, or of
    which more went back than came, is counted with its own factor. The parts are told to a milligram and sum exactly.
    Raises NotComparable when the first period has no kg to take a mean of.
    """
    with localcontext() as context:
        context.prec = BRIDGE_DIGITS
        kg_before = sum((each.kg for each in before.values()), start=ZERO)
        kg_after = sum((each.kg for each in after.values()), start=ZERO)
        if kg_before <= 0:
            raise NotComparable(Why.NOTHING, None)
        co2e_before = _co2e(before)
        co2e_after = _co2e(after)
        at_old_factors = sum(
            (_at_factor_of(before.get(food, each), each) for food, each in after.items()), start=ZERO
        )
        quantity = ((kg_after - kg_before) * co2e_before / kg_before).quantize(BRIDGE_STEP)
        return Bridge(
            before=co2e_before,
            after=co2e_after,
            quantity=quantity,
            mix=at_old_factors - co2e_before - quantity,
            factor=co2e_after - at_old_factors,
        )


def _co2e(bought: Mapping[str, Bought]) -> Decimal:
    return sum((each.co2e_kg for each in bought.values()), start=ZERO)


def _at_factor_of(old: Bought, new: Bought) -> Decimal:
    """The new kg at the old factor; at its own where there is no old one."""
    if old is new or old.kg <= 0:
        return new.co2e_kg
    return (new.kg * old.co2e_kg / old.kg).quantize(BRIDGE_STEP)
