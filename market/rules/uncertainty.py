"""How sure is a figure in kg CO2e? Lognormal per factor, all lines of one factor moving together.

Two lines by one factor are wrong together, so they are added before anything is spread; different factors are taken as
independent. A sum of positive groups is a lognormal again by its first two moments (Fenton–Wilkinson), and goods sent back
alone are its mirror image. Differences, where groups pull both ways, are drawn instead, with the seed told so that the same
draw can be made again.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

ZERO = Decimal(0)
ONE = Decimal(1)
TWO = Decimal(2)
Z95 = Decimal("1.959963985")  # 97.5th percentile of the standard normal
Z_QUARTILE = Decimal("0.674489750")  # 75th percentile of the standard normal
FEWEST_STUDIES = 5  # below it quartiles say little
DRAWS = 4000
_DRAWING = Context(prec=12)

# Ciroth, Muller, Weidema, Lesage 2016, Int J Life Cycle Assess 21:1338, doi 10.1007/s11367-013-0670-5: for scores 1 to 5.
PEDIGREE: Mapping[str, tuple[Decimal, ...]] = {
    name: tuple(Decimal(each) for each in told.split())
    for name, told in {
        "reliability": "1 1.54 1.61 1.69 1.69",
        "completeness": "1 1.03 1.04 1.08 1.08",
        "time": "1 1.03 1.10 1.19 1.29",
        "geography": "1 1.04 1.08 1.11 1.11",
        "technology": "1 1.18 1.65 2.08 2.80",
    }.items()
}


class PullsBothWays(ValueError):  # noqa: N818 - named for what a person reads
    """A group of lines is below zero: the sum is a difference and must be drawn."""


@dataclass(frozen=True, slots=True)
class Impact:
    """kg CO2e by one factor; ``gsd`` from 1 (exact), None where nobody stated how sure the factor is."""

    factor: str
    co2e_kg: Decimal
    gsd: Decimal | None


@dataclass(frozen=True, slots=True)
class Spread:
    """A lognormal sum: its median and the bounds within which it lies in 19 of 20 cases."""

    median: Decimal
    mean: Decimal
    low: Decimal
    high: Decimal
    gsd: Decimal


@dataclass(frozen=True, slots=True)
class Drawn:
    """A difference by draws. ``above_zero`` is the share of them in which it is more than nothing."""

    median: Decimal
    mean: Decimal
    low: Decimal
    high: Decimal
    above_zero: Decimal
    seed: int
    draws: int


def gsd_of_scores(scores: Sequence[int], *, basic: Decimal) -> Decimal:
    """Geometric standard deviation by the pedigree matrix.

    Scores 1 (best) to 5 for reliability, completeness, time, geography and technology; ``basic`` is the uncertainty
    factor of the emission itself. Factors are squares of a GSD: exp(√(Σ ln² U)) is GSD². ValueError for other scores.
    """
    if len(scores) != len(PEDIGREE) or not all(1 <= score <= len(PEDIGREE) for score in scores) or basic < 1:
        raise ValueError("five scores from 1 to 5 and a basic factor from 1")
    factors = [row[score - 1] for row, score in zip(PEDIGREE.values(), scores, strict=True)]
    squares = sum((each.ln() ** 2 for each in [*factors, basic]), start=ZERO)
    return (squares.sqrt() / TWO).exp()


def gsd_of_quartiles(*, q1: Decimal | None, q3: Decimal | None, studies: int) -> Decimal | None:
    """GSD of a lognormal with these quartiles; None where they are of fewer than five studies, or none at all."""
    if q1 is None or q3 is None or studies < FEWEST_STUDIES or not 0 < q1 <= q3:
        return None
    return ((q3 / q1).ln() / (TWO * Z_QUARTILE)).exp()


def grouped(impacts: Iterable[Impact]) -> tuple[Impact, ...]:
    """One impact a factor, those of nothing left out. ValueError when one factor is told with two GSD."""
    groups: dict[str, Impact] = {}
    for each in impacts:
        before = groups.get(each.factor)
        if before is not None and before.gsd != each.gsd:
            raise ValueError(f"{each.factor} is told with two uncertainties")
        if each.gsd is not None and each.gsd < 1:
            raise ValueError("a geometric standard deviation is from 1")
        kg = each.co2e_kg + (before.co2e_kg if before else ZERO)
        groups[each.factor] = Impact(each.factor, kg, each.gsd)
    return tuple(each for each in groups.values() if each.co2e_kg)


def how_sure(impacts: Iterable[Impact], *, seed: int) -> Spread | Drawn | None:
    """The interval of any sum: reckoned where all groups pull one way, drawn by ``seed`` where they pull both ways."""
    groups = grouped(impacts)
    back = [replace(each, co2e_kg=-each.co2e_kg) for each in groups if each.co2e_kg < 0]
    if not back:
        return spread(groups)
    if len(back) < len(groups):
        return drawn(groups, seed=seed)
    mirrored = spread(back)
    return mirrored and Spread(
        median=-mirrored.median,
        mean=-mirrored.mean,
        low=-mirrored.high,
        high=-mirrored.low,
        gsd=mirrored.gsd,
    )


def spread(impacts: Iterable[Impact]) -> Spread | None:
    """The interval of a sum; None when a factor's uncertainty isn't stated: none is better than one too narrow.

    Factors are the medians of their lognormals. Raises PullsBothWays when a group is below zero.
    """
    groups = grouped(impacts)
    if any(each.co2e_kg < 0 for each in groups):
        raise PullsBothWays("a group of lines is below zero")
    if not groups:
        return Spread(median=ZERO, mean=ZERO, low=ZERO, high=ZERO, gsd=ONE)
    mean = variance = ZERO
    for each in groups:
        if each.gsd is None:
            return None
        squared = each.gsd.ln() ** 2
        of_group = each.co2e_kg * (squared / TWO).exp()
        mean += of_group
        variance += of_group**2 * (squared.exp() - ONE)
    log_variance = (ONE + variance / mean**2).ln()
    sigma = log_variance.sqrt()
    median = mean / (log_variance / TWO).exp()
    width = (Z95 * sigma).exp()
    return Spread(median=median, mean=mean, low=median / width, high=median * width, gsd=sigma.exp())


def drawn(impacts: Iterable[Impact], *, seed: int, draws: int = DRAWS) -> Drawn | None:
    """A difference: groups may be below zero. Each factor is drawn once for both sides, so what they share cancels.

    The same impacts, seed and number of draws give the same answer. None when a factor's uncertainty isn't stated.
    """
    groups = sorted(grouped(impacts), key=lambda each: each.factor)
    sides = [(each.co2e_kg, each.gsd.ln()) for each in groups if each.gsd is not None]
    if len(sides) < len(groups):
        return None
    dice = random.Random(seed)  # noqa: S311 - a simulation that must repeat, no secret
    with localcontext(_DRAWING):
        sums = sorted(
            sum((kg * (sigma * Decimal(f"{dice.gauss(0, 1):.9f}")).exp() for kg, sigma in sides), start=ZERO)
            for _ in range(draws)
        )
        return Drawn(
            median=_at(sums, "0.5"),
            mean=sum(sums, start=ZERO) / draws,
            low=_at(sums, "0.025"),
            high=_at(sums, "0.975"),
            above_zero=Decimal(sum(each > 0 for each in sums)) / draws,
            seed=seed,
            draws=draws,
        )


def _at(ordered: Sequence[Decimal], share: str) -> Decimal:
    return ordered[int(Decimal(share) * (len(ordered) - 1))]


def significant(value: Decimal, figures: int = 2) -> Decimal:
    """Rounded half up to so many significant figures, as a figure with uncertainty is shown: 1 196.4 is 1 200."""
    if not value:
        return ZERO
    step = Decimal(1).scaleb(value.adjusted() - figures + 1)
    rounded = value.quantize(step, ROUND_HALF_UP)
    if rounded.adjusted() > value.adjusted():  # 9.96 becomes 10, not 10.0
        rounded = rounded.quantize(step.scaleb(1), ROUND_HALF_UP)
    return Decimal(f"{rounded:f}")
