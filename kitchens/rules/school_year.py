"""On which days a kitchen serves nobody: public holidays, its own closures, and what lies outside the school's terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class Closed(StrEnum):
    HOLIDAY = "holiday"
    CLOSURE = "closure"
    OUTSIDE_TERM = "outside_term"


class What(StrEnum):
    """What a period of the school year is."""

    TERM = "term"
    CLOSURE = "closure"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both in it."""

    first_day: date
    last_day: date
    name: str

    def holds(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def overlaps(self, other: "Period") -> bool:
        return self.first_day <= other.last_day and other.first_day <= self.last_day


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """Why nobody is served; ``name`` is the holiday's or closure's, '' outside the terms."""

    why: Closed
    name: str = ""


def closed_in(
    first: date,
    last: date,
    *,
    holidays: Mapping[date, str],
    closures: Sequence[Period],
    terms: Sequence[Period],
) -> dict[date, ClosedDay]:
    """The closed days from first to last, with why.

    Terms are asked from the first day of the first one on: what came before it is not known, and a kitchen without
    terms serves all year.
    """
    begin = min((term.first_day for term in terms), default=None)
    found: dict[date, ClosedDay] = {}
    for number in range((last - first).days + 1):
        day = first + ONE_DAY * number
        closure = next((each for each in closures if each.holds(day)), None)
        if day in holidays:
            found[day] = ClosedDay(Closed.HOLIDAY, holidays[day])
        elif closure is not None:
            found[day] = ClosedDay(Closed.CLOSURE, closure.name)
        elif begin is not None and day >= begin and not any(term.holds(day) for term in terms):
            found[day] = ClosedDay(Closed.OUTSIDE_TERM)
    return found
