"""Tomorrow's portions, choice and waste by what the kitchen counted before. A forecast, never an order.

The middle (median) of the latest comparable days: one odd day moves it little, and a cook can check it by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

DAYS = 6  # comparable days looked at, newest first
FEWEST = 3


@dataclass(frozen=True, slots=True)
class PastDay:
    """``pair`` names the two dishes that stood against each other; ``guests`` with a choice; waste in grams a guest."""

    day: date
    guests: int | None = None
    standard: int | None = None
    payback: int | None = None
    pair: str = ""
    waste_g: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """The middle with the least and the most of the days that it rests on."""

    middle: Decimal
    least: Decimal
    most: Decimal
    days: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """None where fewer than three days tell. ``same_pair``: the choice rests on days with these very dishes."""

    guests: Range | None
    payback_share: Range | None
    same_pair: bool
    waste_g: Range | None

    @property
    def payback_portions(self) -> int | None:
        """Rounded up, so that nobody who chooses goes without."""
        if self.guests is None or self.payback_share is None:
            return None
        return int((self.guests.middle * self.payback_share.middle).to_integral_value(rounding=ROUND_CEILING))

    @property
    def standard_portions(self) -> int | None:
        if self.guests is None or self.payback_share is None:
            return None
        rest = self.guests.middle * (1 - self.payback_share.middle)
        return int(rest.to_integral_value(rounding=ROUND_CEILING))


def forecast(*, on: date, pair: str, past: Sequence[PastDay]) -> Forecast:
    """By days before ``on``: guests of the same weekday (else of all), choice of the same dishes (else of all)."""
    before = sorted((each for each in past if each.day < on), key=lambda each: each.day, reverse=True)
    guests = [(each.day, Decimal(each.guests)) for each in before if each.guests is not None]
    weekday = [amount for day, amount in guests if day.weekday() == on.weekday()]
    shares = [(each.pair, share) for each in before if (share := _share(each)) is not None]
    same = [share for its, share in shares if pair and its == pair]
    same_pair = len(same) >= FEWEST
    return Forecast(
        guests=_range(weekday) or _range([amount for _, amount in guests]),
        payback_share=_range(same) if same_pair else _range([share for _, share in shares]),
        same_pair=same_pair,
        waste_g=_range([each.waste_g for each in before if each.waste_g is not None]),
    )


def _share(day: PastDay) -> Decimal | None:
    if day.standard is None or day.payback is None or not day.standard + day.payback:
        return None
    return Decimal(day.payback) / (day.standard + day.payback)


def _range(amounts: Sequence[Decimal]) -> Range | None:
    latest = sorted(amounts[:DAYS])
    if len(latest) < FEWEST:
        return None
    half, odd = divmod(len(latest), 2)
    middle = latest[half] if odd else (latest[half - 1] + latest[half]) / 2
    return Range(middle=middle, least=latest[0], most=latest[-1], days=len(latest))
