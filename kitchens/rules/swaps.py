"""What a swap in a dish would save: kg CO2e and SEK a portion, and whether the difference may be claimed at all.

A swap is the change of a portion's weights. What both have in common cancels out, and with it the uncertainty of the
factors that they share; the rest is drawn (market/rules/uncertainty.py). A saving is claimed only where it is above
nothing in 97.5 of 100 cases.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum

from kitchens.rules.menus import Goods, Weights
from market.rules.call_off import Rule, Verdict
from market.rules.climate import Factor
from market.rules.uncertainty import Drawn, Impact, drawn

ZERO = Decimal(0)
ONE = Decimal(1)
DRAWS = 500
FARM_PRODUCE = "03"  # division of CPV, cut finer than food (15)
OF_FARM_PRODUCE = 6  # digits in which goods of one kind agree
OF_FOOD = 4
FORMS = ("färs", "grytbitar", "strimlor", "filé", "korv")  # in what form meat is bought


class Climate(StrEnum):
    """What may be said of the difference in kg CO2e."""

    SAVES = "saves"
    COSTS = "costs"
    UNCERTAIN = "uncertain"
    NOT_STATED = "not_stated"  # a factor tells no uncertainty, so none of the difference
    NOT_COVERED = "not_covered"  # goods without a factor


@dataclass(frozen=True, slots=True)
class Saving:
    """A portion's difference, old less new. ``sek`` None: a price is missing; negative: the swap costs more.

    ``co2e_kg`` is by the factors as they stand; it is claimed only where ``climate`` is SAVES or COSTS. ``drawn`` holds the
    interval with its seed.
    """

    co2e_kg: Decimal | None
    sek: Decimal | None
    climate: Climate
    drawn: Drawn | None = None

    @property
    def claimed_kg(self) -> Decimal | None:
        """kg CO2e that may be claimed as saved; negative where the swap surely causes more."""
        return self.co2e_kg if self.climate in {Climate.SAVES, Climate.COSTS} else None


def difference(old: Weights, new: Weights) -> Weights:
    """kg a portion by goods, old less new, without what both have alike."""
    keys = {*old, *new}
    found = {key: old.get(key, ZERO) - new.get(key, ZERO) for key in keys}
    return {key: kg for key, kg in found.items() if kg}


def exchanged(weights: Weights, *, old: str, new: str) -> Weights:
    """The portion with as much of ``new`` as it had of ``old``."""
    kept = {key: kg for key, kg in weights.items() if key != old}
    return kept | {new: kept.get(new, ZERO) + weights[old]}


def plain_saving(
    old: Weights, new: Weights, known: Mapping[str, Goods]
) -> tuple[Decimal | None, Decimal | None]:
    """kg CO2e and SEK a portion, old less new; None where a factor or a price of what differs is missing."""
    change = difference(old, new)
    goods = {key: known.get(key, Goods()) for key in change}
    factors = {key: factor for key in change if (factor := _whole(goods[key].factor)) is not None}
    prices = {key: price for key in change if (price := goods[key].sek_per_kg) is not None}
    co2e = sum((kg * factors[key].kg_co2e_per_kg for key, kg in change.items() if key in factors), start=ZERO)
    sek = sum((kg * prices[key] for key, kg in change.items() if key in prices), start=ZERO)
    return (co2e if len(factors) == len(change) else None, sek if len(prices) == len(change) else None)


def _whole(factor: Factor | None) -> Factor | None:
    return factor if factor is not None and factor.covered_share == ONE else None


def saving_of(
    old: Weights, new: Weights, known: Mapping[str, Goods], *, seed: int, draws: int = DRAWS
) -> Saving:
    """What the swap saves a portion, and how sure that is."""
    co2e, sek = plain_saving(old, new, known)
    if co2e is None:
        return Saving(None, sek, Climate.NOT_COVERED)
    impacts = [
        Impact(factor.food_key, kg * factor.kg_co2e_per_kg, factor.gsd)
        for key, kg in difference(old, new).items()
        if (factor := known[key].factor) is not None
    ]
    found = drawn(impacts, seed=seed, draws=draws)
    if found is None:
        return Saving(co2e, sek, Climate.NOT_STATED)
    if found.low > 0:
        return Saving(co2e, sek, Climate.SAVES, found)
    return Saving(co2e, sek, Climate.COSTS if found.high < 0 else Climate.UNCERTAIN, found)


def is_worth_telling(saving: Saving) -> bool:
    """It surely saves kg CO2e, or it saves SEK and does not surely cause more kg CO2e."""
    if saving.climate is Climate.SAVES:
        return True
    return saving.climate is not Climate.COSTS and saving.sek is not None and saving.sek > 0


@dataclass(frozen=True, slots=True)
class Kind:
    """What goods are: name, nearest product group with its parents, CPV."""

    name: str
    groups: Sequence[str]
    cpv: str


def may_stand_for(one: Kind, other: Kind) -> bool:
    """Whether a cook may think of the one in place of the other, kg for kg.

    Of one product group and, by CPV, of one kind; meat of any animal in the same form (mince for mince).
    """
    if "meat" in one.groups and "meat" in other.groups:
        form = _form(one.name)
        return bool(form) and form == _form(other.name)
    if not one.groups or not other.groups or one.groups[0] != other.groups[0]:
        return False
    digits, others = one.cpv[:8].rstrip("0"), other.cpv[:8].rstrip("0")
    if digits.startswith(FARM_PRODUCE):
        return _same(digits, others) >= OF_FARM_PRODUCE
    return digits == others and len(digits) >= OF_FOOD


def _form(name: str) -> str:
    word = name.casefold().split(",")[0]
    return next((form for form in FORMS if form in word), "")


def _same(one: str, other: str) -> int:
    """How many digits both begin with."""
    length = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        length += 1
    return length


class Had(IntEnum):
    """Whether goods can be had for the day, the best first."""

    WHOLE = 0
    IN_PART = 1
    NOT_FOR_THE_DAY = 2  # lawful, but not in stock or past the cut-off
    NOT_ASKED = 3  # nothing of it is bought here, or no delivery day is left


_LATER = frozenset({Rule.STOCK, Rule.CUT_OFF, Rule.PACK_SIZE, Rule.RANKING})


def had(*, given: Decimal, missing: Decimal, verdicts: Collection[Verdict]) -> Had | None:
    """By what a call-off was judged to be. None: there is no lawful way, and it is not suggested."""
    if missing <= 0:
        return Had.WHOLE
    if given > 0:
        return Had.IN_PART
    barred = {each.rule for each in verdicts if not each.ok} - _LATER
    return None if barred or not verdicts else Had.NOT_FOR_THE_DAY
