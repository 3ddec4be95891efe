"""A farm's week: Monday to Sunday, when it is asked whether its stock is still right, and what is repeated."""

from dataclasses import dataclass
from datetime import date, timedelta

DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both ends included."""

    first: date
    last: date

    def meets(self, other: "Period") -> bool:
        return self.first <= other.last and self.last >= other.first

    def later(self, by: timedelta) -> "Period":
        return Period(first=self.first + by, last=self.last + by)


def week_of(day: date) -> Period:
    """The week that the day lies in. ISO 8601: it begins on a Monday."""
    monday = day - timedelta(days=day.weekday())
    return Period(first=monday, last=monday + timedelta(days=6))


def asks_if_right(*, period: Period, touched_on: date, today: date) -> bool:
    """Whether a farm is asked this week if a stock is still right: goods of this week or the next, not touched since Monday."""
    week = week_of(today)
    soon = Period(first=today, last=week.last + DAYS)
    return period.meets(soon) and touched_on < week.first


def may_repeat(period: Period, *, week: Period) -> bool:
    """Whether goods belong to that week alone: what runs longer runs on by itself and is not copied."""
    return week.first <= period.first and period.last <= week.last
