"""kg CO2e of goods, with what the figure covers.

A food without a factor is a share that is not covered, never zero; a factor of 0 is a value. Ratios are
ratios of sums. Nothing is rounded here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)
ONE = Decimal(1)
COMPARABLE_SHARE = Decimal("0.90")  # the method's own choice, no law
RECIPE_SLACK = Decimal("0.001")
RECIPE_GRADE = "R"


class RecipeRefused(ValueError):  # noqa: N818 - named for the refusal that a person reads
    """The shares of a declared recipe don't make a whole product."""


class SetsMixed(ValueError):  # noqa: N818
    """Factors of two sets in one figure. Sets differ up to tenfold for one food, so a sum of two says nothing."""


@dataclass(frozen=True, slots=True)
class Factor:
    """kg CO2e per kg of a food in one factor set; ``low`` and ``high`` are no confidence interval.

    ``covered_share`` is below 1 only for a product by recipe, a part of which has no factor. ``gsd`` is the
    geometric standard deviation, None where nobody stated one; ``factor_set`` is the set's code, empty in examples.
    """

    food_key: str
    kg_co2e_per_kg: Decimal
    low: Decimal | None
    high: Decimal | None
    grade: str
    basis: str
    covered_share: Decimal = ONE
    factor_set: str = ""
    gsd: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Goods bought or returned (negative); ``kg`` None where the article tells no weight."""

    kg: Decimal | None
    net_sek: Decimal
    factor: Factor | None


@dataclass(frozen=True, slots=True)
class RecipePart:
    """``share`` of the product's mass, 0 to 1."""

    share: Decimal
    factor: Factor | None


@dataclass(frozen=True, slots=True)
class Footprint:
    """Sums over lines; two footprints of the same factor set are added by ``together``.

    A line without weight is in ``lines`` and in the money, and in no mass: look at the three shares together.
    """

    co2e_kg: Decimal = ZERO
    kg_total: Decimal = ZERO
    kg_covered: Decimal = ZERO
    net_sek_total: Decimal = ZERO
    net_sek_covered: Decimal = ZERO
    lines: int = 0
    lines_covered: int = 0
    lines_without_weight: int = 0

    @property
    def covered_share_mass(self) -> Decimal | None:
        return _share(self.kg_covered, self.kg_total)

    @property
    def covered_share_value(self) -> Decimal | None:
        return _share(self.net_sek_covered, self.net_sek_total)

    @property
    def covered_share_lines(self) -> Decimal | None:
        return _share(Decimal(self.lines_covered), Decimal(self.lines))

    @property
    def kg_per_kg_of_covered(self) -> Decimal | None:
        """kg CO2e per kg of the goods that have a factor."""
        return self.co2e_kg / self.kg_covered if self.kg_covered > 0 else None

    @property
    def scaled_estimate_kg(self) -> Decimal | None:
        """What all goods would come to if the rest were like the covered: shown only with its own label."""
        share = self.covered_share_mass
        return self.co2e_kg / share if share else None

    @property
    def may_compare(self) -> bool:
        """Below 90 % of the mass no comparison is drawn."""
        share = self.covered_share_mass
        return share is not None and share >= COMPARABLE_SHARE


def footprint(lines: Iterable[Line]) -> Footprint:
    """kg CO2e of the lines and what it covers. Raises SetsMixed when the factors are of two sets."""
    told = list(lines)
    one_set(line.factor for line in told)
    return together(_of_line(line) for line in told)


def one_set(factors: Iterable[Factor | None]) -> str:
    """The code of the one set that all factors are of; empty when none tells. Raises SetsMixed."""
    sets = {factor.factor_set for factor in factors if factor is not None and factor.factor_set}
    if len(sets) > 1:
        raise SetsMixed(f"factors of {' and '.join(sorted(sets))}")
    return sets.pop() if sets else ""


def returned(line: Line, *, kg: Decimal | None, net_sek: Decimal) -> Line:
    """The line that takes goods back: it carries the factor of the line that it reverses, whatever holds today.

    ``kg`` and ``net_sek`` are what was sent back, from 0. ValueError for less than nothing, or for more kg than came.
    """
    if net_sek < 0 or (kg is not None and (kg < 0 or (line.kg is not None and kg > line.kg))):
        raise ValueError("goods sent back are from nothing to what came")
    return Line(kg=None if kg is None else -kg, net_sek=-net_sek, factor=line.factor)


def together(footprints: Iterable[Footprint]) -> Footprint:
    """Footprints of months or kitchens as one: sums are added, ratios follow from the sums."""
    sums = Footprint()
    for each in footprints:
        sums = Footprint(
            co2e_kg=sums.co2e_kg + each.co2e_kg,
            kg_total=sums.kg_total + each.kg_total,
            kg_covered=sums.kg_covered + each.kg_covered,
            net_sek_total=sums.net_sek_total + each.net_sek_total,
            net_sek_covered=sums.net_sek_covered + each.net_sek_covered,
            lines=sums.lines + each.lines,
            lines_covered=sums.lines_covered + each.lines_covered,
            lines_without_weight=sums.lines_without_weight + each.lines_without_weight,
        )
    return sums


def recipe_factor(*, food_key: str, parts: Sequence[RecipePart], basis: str) -> Factor:
    """The factor of a mixed product by its declared recipe.

    kg CO2e per kg of the product, of the parts that are known; the share without a factor is inherited by all
    that the product goes into. RecipeRefused unless the shares are from 0 and sum to 1 ± 0.001; SetsMixed.
    """
    total = sum((part.share for part in parts), start=ZERO)
    if any(part.share < 0 for part in parts) or abs(total - ONE) > RECIPE_SLACK:
        raise RecipeRefused(f"the shares of {food_key!r} sum to {total} and not to 1")
    factor_set = one_set(part.factor for part in parts)
    known = [(part.share, part.factor) for part in parts if part.factor is not None]
    covered = sum((share * factor.covered_share for share, factor in known), start=ZERO)
    return Factor(
        food_key=food_key,
        kg_co2e_per_kg=sum((share * factor.kg_co2e_per_kg for share, factor in known), start=ZERO),
        low=None,
        high=None,
        grade=RECIPE_GRADE,
        basis=basis,
        covered_share=min(covered, ONE),
        factor_set=factor_set,
    )


def purchased_kg(*, kg: Decimal, edible_share: Decimal = ONE, cooked_per_raw: Decimal = ONE) -> Decimal:
    """kg bought for so many kg of edible or cooked food: divided by edible share and by yield.

    A recipe in purchased weight needs neither. ValueError when a divisor can't be.
    """
    if not 0 < edible_share <= 1 or cooked_per_raw <= 0:
        raise ValueError("an edible share lies between 0 and 1, a cooking yield above 0")
    return kg / edible_share / cooked_per_raw


def _of_line(line: Line) -> Footprint:
    covered_share = line.factor.covered_share if line.kg is not None and line.factor is not None else ZERO
    kg = line.kg or ZERO
    per_kg = line.factor.kg_co2e_per_kg if line.factor is not None else ZERO
    return Footprint(
        co2e_kg=kg * per_kg,
        kg_total=kg,
        kg_covered=kg * covered_share,
        net_sek_total=line.net_sek,
        net_sek_covered=line.net_sek * covered_share,
        lines=1,
        lines_covered=int(covered_share == ONE),
        lines_without_weight=int(line.kg is None),
    )


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    """None where the sums make no share, as when more was returned than bought."""
    return part / whole if whole > 0 and 0 <= part <= whole else None
