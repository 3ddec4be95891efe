"""What the payback dish saved against the day's standard dish, by the school's own choice of the day.

kg CO2e of food, exact; rounded on screen only. The method is Bygdemat's own (docs/rules/payback.md), no law.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

FORMULA_VERSION = 1
ZERO = Decimal(0)
ONE = Decimal(1)
ENOUGH_COUNTED = Decimal("0.70")  # the method's own choices, no law: below this share nothing is told
CLEAR_DIFFERENCE_KG = Decimal("0.1")  # kg CO2e a portion; less is inside the figures' uncertainty


class Method(StrEnum):
    """How choices were counted, best first."""

    PANS = "pans"
    PORTIONS = "portions"
    TAPS = "taps"


class LeftOut(StrEnum):
    """Why no saving is told of a day."""

    NOT_LOCKED = "not_locked"
    ONE_DISH = "one_dish"
    NO_REAL_CHOICE = "no_real_choice"
    NOT_COMPARABLE = "not_comparable"
    NOT_COUNTED = "not_counted"
    PORTIONS_UNKNOWN = "portions_unknown"
    MORE_TAPS_THAN_PORTIONS = "more_taps_than_portions"
    TOO_FEW_COUNTED = "too_few_counted"


class MenuWarning(StrEnum):
    """What a menu should be looked at for before its week."""

    ABOVE_STANDARD = "above_standard"
    TOO_CLOSE = "too_close"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Dish:
    """kg CO2e of one portion as locked before service. ``comparable`` False: under 90 % of its mass has a factor."""

    co2e_kg: Decimal
    comparable: bool = True


@dataclass(frozen=True, slots=True)
class Count:
    """Portions taken of each dish, or taps. Special diets are in neither."""

    method: Method
    standard: int
    payback: int

    @property
    def total(self) -> int:
        return self.standard + self.payback


@dataclass(frozen=True, slots=True)
class Cooked:
    """Portions cooked of each dish, what was left over included."""

    standard: int
    payback: int


@dataclass(frozen=True, slots=True)
class ServedDay:
    """A day as the kitchen tells it. ``guests`` had the choice: who eats a special diet is not among them.

    ``normal_surplus`` is what the kitchen measured that it cooks too much, as a share of what is eaten.
    """

    standard: Dish
    payback: Dish | None
    counts: Sequence[Count] = ()
    guests: int | None = None
    cooked: Cooked | None = None
    normal_surplus: Decimal | None = None
    real_choice: bool = True
    locked: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a day gave. ``saving_kg`` is None where ``left_out`` says why; it may be negative and then counts as such.

    ``emissions_kg`` and ``portions`` are for kg per portion; None and 0 where they are not known. ``at_least``: not
    all guests were counted. ``before_waste``: surplus is not measured, so only taken portions are compared.
    """

    saving_kg: Decimal | None
    left_out: LeftOut | None
    count: Count | None
    coverage: Decimal | None
    at_least: bool
    before_waste: bool
    emissions_kg: Decimal | None
    portions: int

    @property
    def kg_per_portion(self) -> Decimal | None:
        return self.emissions_kg / self.portions if self.emissions_kg is not None and self.portions else None


@dataclass(frozen=True, slots=True)
class Total:
    """Days together. Losses are subtracted; ``left_out`` counts the days that tell no saving, by reason."""

    saving_kg: Decimal = ZERO
    days: int = 0
    at_least: bool = False
    before_waste: bool = False
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)
    emissions_kg: Decimal = ZERO
    portions: int = 0

    @property
    def kg_per_portion(self) -> Decimal | None:
        return self.emissions_kg / self.portions if self.portions else None


def taken_of_pan(*, out_kg: Decimal, back_kg: Decimal, portion_kg: Decimal) -> int:
    """Whole portions that left a pan: (out − back) ÷ portion, rounded down. ValueError for weights that can't be."""
    if portion_kg <= 0 or not 0 <= back_kg <= out_kg:
        raise ValueError("a pan comes back no heavier than it went out, and a portion weighs something")
    return int(((out_kg - back_kg) / portion_kg).to_integral_value(rounding=ROUND_DOWN))


def outcome_of(day: ServedDay) -> Outcome:
    """The day's saving, or why none is told, and what the food came to."""
    count, coverage, refused = best_count(day)
    emissions, portions = _emissions(day, count)
    left_out, saving, before_waste = _left_out(day), None, day.normal_surplus is None
    if left_out is None and day.payback is not None:
        cooked = day.cooked
        if day.normal_surplus is not None and day.guests is not None and cooked is not None:
            counterfactual = day.guests * (ONE + day.normal_surplus) * day.standard.co2e_kg
            saving = counterfactual - _of(day, cooked.standard, cooked.payback)
        elif refused is not None or count is None:
            left_out = refused or LeftOut.NOT_COUNTED
        else:
            before_waste = True
            difference = day.standard.co2e_kg - day.payback.co2e_kg
            saving = _surely_taken(count, coverage, difference=difference) * difference
    whole = saving is None or not before_waste or coverage is None or coverage == ONE
    return Outcome(
        saving_kg=saving,
        left_out=left_out,
        count=None if refused else count,
        coverage=coverage,
        at_least=not whole,
        before_waste=before_waste,
        emissions_kg=emissions,
        portions=portions,
    )


def best_count(day: ServedDay) -> tuple[Count | None, Decimal | None, LeftOut | None]:
    """The best count there is, its coverage (taps ÷ portions; None for other methods), and why it is not used."""
    order = list(Method)
    found = min(day.counts, key=lambda each: order.index(each.method), default=None)
    if found is None or found.method is not Method.TAPS:
        return found, None, None
    if not day.guests:
        return found, None, LeftOut.PORTIONS_UNKNOWN
    if found.total > day.guests:
        return found, None, LeftOut.MORE_TAPS_THAN_PORTIONS
    coverage = Decimal(found.total) / day.guests
    return found, coverage, LeftOut.TOO_FEW_COUNTED if coverage < ENOUGH_COUNTED else None


def _left_out(day: ServedDay) -> LeftOut | None:
    if not day.locked:
        return LeftOut.NOT_LOCKED
    if day.payback is None:
        return LeftOut.ONE_DISH
    if not day.real_choice:
        return LeftOut.NO_REAL_CHOICE
    if not (day.standard.comparable and day.payback.comparable):
        return LeftOut.NOT_COMPARABLE
    return None


def _surely_taken(count: Count, coverage: Decimal | None, *, difference: Decimal) -> int:
    """Portions of the payback dish. On a losing day those who were not counted are taken to have had it.

    So "at least" stays true when losses are subtracted.
    """
    if coverage is None or difference >= 0:
        return count.payback
    guests = int((count.total / coverage).to_integral_value())
    return count.payback + guests - count.total


def _emissions(day: ServedDay, count: Count | None) -> tuple[Decimal | None, int]:
    """kg CO2e of the day's food and the portions that it fed: all that was cooked where that is known, else what was taken."""
    if not day.standard.comparable or (day.payback is not None and not day.payback.comparable):
        return None, 0
    if day.cooked is not None and day.guests:
        return _of(day, day.cooked.standard, day.cooked.payback), day.guests
    if day.payback is None and day.guests:
        return _of(day, day.guests, 0), day.guests
    if count is not None and count.total and day.payback is not None:
        return _of(day, count.standard, count.payback), count.total
    return None, 0


def _of(day: ServedDay, standard: int, payback: int) -> Decimal:
    other = day.payback.co2e_kg if day.payback is not None else ZERO
    return standard * day.standard.co2e_kg + payback * other


def total_of(outcomes: Iterable[Outcome]) -> Total:
    """Days together: savings and losses summed, kg per portion as a ratio of sums."""
    days = list(outcomes)
    told = [each for each in days if each.saving_kg is not None]
    return Total(
        saving_kg=sum((each.saving_kg for each in told if each.saving_kg is not None), start=ZERO),
        days=len(told),
        at_least=any(each.at_least for each in told),
        before_waste=any(each.before_waste for each in told),
        left_out=dict(Counter(each.left_out for each in days if each.left_out is not None)),
        emissions_kg=sum((each.emissions_kg for each in days if each.emissions_kg is not None), start=ZERO),
        portions=sum(each.portions for each in days),
    )


def against_frozen(*, emissions_kg: Decimal, portions: int, frozen_kg_per_portion: Decimal) -> Decimal:
    """The second curve: kg CO2e less than so many portions would have been in the frozen year; negative when more."""
    return portions * frozen_kg_per_portion - emissions_kg


def menu_warning(*, standard: Dish, payback: Dish) -> MenuWarning | None:
    """What is to be looked at before the week: a payback dish above the standard one, or too near to it to tell."""
    if not (standard.comparable and payback.comparable):
        return MenuWarning.NOT_COMPARABLE
    if payback.co2e_kg > standard.co2e_kg:
        return MenuWarning.ABOVE_STANDARD
    if standard.co2e_kg - payback.co2e_kg < CLEAR_DIFFERENCE_KG:
        return MenuWarning.TOO_CLOSE
    return None


@dataclass(frozen=True, slots=True)
class Equivalent:
    """Something of daily life: ``kg_per_unit`` kg CO2e each, by a dated source."""

    key: str
    kg_per_unit: Decimal
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class EquivalentTold:
    """``amount`` has two significant figures."""

    equivalent: Equivalent
    amount: Decimal


def equivalent_of(saving_kg: Decimal, among: Sequence[Equivalent], *, turn: int) -> EquivalentTold | None:
    """One equivalent, never two; ``turn`` (the day's number) picks which. None where nothing is saved."""
    if saving_kg <= 0 or not among:
        return None
    chosen = among[turn % len(among)]
    return EquivalentTold(chosen, two_figures(saving_kg / chosen.kg_per_unit, at_least=True))


def two_figures(value: Decimal, *, at_least: bool = False) -> Decimal:
    """Two significant figures, halves away from zero; ``at_least`` rounds down, so that the word stays true."""
    if value == 0:
        return ZERO
    place = Decimal(1).scaleb(value.adjusted() - 1)
    rounded = value.quantize(place, rounding=ROUND_FLOOR if at_least else ROUND_HALF_UP)
    return rounded.quantize(place.scaleb(1)) if rounded.adjusted() > value.adjusted() else rounded
