"""Food waste per guest, and when a survey of it holds.

Livsmedelsverket's survey: kitchen, serving and plate waste in grams a guest, lunch, at least five weekdays in a row.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

DAYS_IN_A_ROW = 5
GRAMS = Decimal(1000)
SLACK_KG = Decimal("0.0005")  # half a gram: what rounding of a published figure explains
WEEKDAYS = 5


@dataclass(frozen=True, slots=True)
class WasteDay:
    """A day's weighing in kg; ``total_kg`` where whoever weighed wrote a sum of their own."""

    guests: int
    kitchen_kg: Decimal
    serving_kg: Decimal
    plate_kg: Decimal
    total_kg: Decimal | None = None

    @property
    def sum_kg(self) -> Decimal:
        return self.kitchen_kg + self.serving_kg + self.plate_kg

    @property
    def adds_up(self) -> bool:
        """False where a written sum is not the sum of its parts: then the parts are told and the day is marked."""
        return self.total_kg is None or abs(self.total_kg - self.sum_kg) <= SLACK_KG


@dataclass(frozen=True, slots=True)
class WastePerGuest:
    """Grams a guest, ratios of sums over the days. ``days_that_do_not_add_up`` are in it and are told."""

    kitchen_g: Decimal
    serving_g: Decimal
    plate_g: Decimal
    guests: int
    days: int
    days_that_do_not_add_up: int

    @property
    def total_g(self) -> Decimal:
        return self.kitchen_g + self.serving_g + self.plate_g


def waste_per_guest(days: Iterable[WasteDay]) -> WastePerGuest | None:
    """None where nobody ate. A day without guests is left out: waste of nobody is no waste per guest."""
    counted = [day for day in days if day.guests > 0]
    guests = sum(day.guests for day in counted)
    if not guests:
        return None
    zero = Decimal(0)
    return WastePerGuest(
        kitchen_g=sum((day.kitchen_kg for day in counted), zero) * GRAMS / guests,
        serving_g=sum((day.serving_kg for day in counted), zero) * GRAMS / guests,
        plate_g=sum((day.plate_kg for day in counted), zero) * GRAMS / guests,
        guests=guests,
        days=len(counted),
        days_that_do_not_add_up=sum(1 for day in counted if not day.adds_up),
    )


class Doubt(StrEnum):
    """What a weight was probably typed in."""

    GRAMS = "grams"  # a figure in grams where kg are asked for
    TONNES = "tonnes"  # a figure a thousand times too small


KINDS = ("kitchen", "serving", "plate")
MOST_G = Decimal(500)  # of one kind and guest; our own limit, no law: a whole lunch weighs about that
MUCH_G = Decimal(100)
LITTLE_G = Decimal(5)
TIMES = Decimal(10)


def doubts(day: WasteDay, *, usual: WastePerGuest | None) -> Mapping[str, Doubt]:
    """Weights that are probably typed in another unit, by kind: asked about once, never changed.

    More than half a kilo a guest; or 100 g a guest and ten times what is usual here; or a hundredth of what is usual,
    where that is 5 g or more. Nothing weighed is no typo.
    """
    found = {}
    for kind in KINDS:
        grams = getattr(day, f"{kind}_kg") * GRAMS / day.guests
        before = getattr(usual, f"{kind}_g") if usual is not None else None
        if grams > MOST_G or (before and grams >= MUCH_G and grams >= TIMES * before):
            found[kind] = Doubt.GRAMS
        elif before is not None and before >= LITTLE_G and 0 < grams <= before / TIMES**2:
            found[kind] = Doubt.TONNES
    return found


def longest_row(days: Iterable[date], *, closed: Collection[date] = ()) -> Sequence[date]:
    """The longest run of weighed weekdays in a row; weekends and days that the kitchen was ``closed`` don't break it."""
    best: list[date] = []
    run: list[date] = []
    for day in sorted({each for each in days if each.weekday() < WEEKDAYS}):
        run = [*run, day] if run and _next_open(run[-1], closed=closed) == day else [day]
        best = max(best, run, key=len)
    return best


def survey_holds(days: Iterable[date], *, closed: Collection[date] = ()) -> bool:
    return len(longest_row(days, closed=closed)) >= DAYS_IN_A_ROW


def _next_open(day: date, *, closed: Collection[date]) -> date:
    following = day + timedelta(days=1)
    while following.weekday() >= WEEKDAYS or following in closed:
        following += timedelta(days=1)
    return following


def normal_surplus(*, cooked_kg: Decimal, left_kg: Decimal) -> Decimal:
    """What is cooked too much, as a share of what is eaten. ValueError where nothing would have been eaten."""
    if not 0 <= left_kg < cooked_kg:
        raise ValueError("more was left than was cooked, or nothing was eaten")
    return left_kg / (cooked_kg - left_kg)
