"""Periods of whole months, as an address tells them: ``2026`` or ``2026-03``."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
OLDEST, NEWEST = 2000, 2100


@dataclass(frozen=True, slots=True)
class Period:
    """From the first of a month to the last of one, both days included."""

    first: date
    last: date

    @property
    def from_text(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def to_text(self) -> str:
        return f"{self.last:%Y-%m}"


def year_of(day: date) -> Period:
    """The calendar year of the day, which is a municipality's financial year."""
    return Period(first=day.replace(month=1, day=1), last=day.replace(month=12, day=31))


def month_of(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first=first, last=_next_month(first) - ONE_DAY)


def latest_months(months: int, day: date) -> Period:
    """The month of the day and the ``months - 1`` before it."""
    back = day.year * 12 + day.month - months
    return Period(first=date(back // 12, back % 12 + 1, 1), last=month_of(day).last)


def read_period(begins: str, ends: str, *, today: date) -> Period:
    """From the month or year ``begins`` to ``ends``, both included; what is left empty is this year's end of it.

    ValueError for what is no month or year between 2000 and 2100, and for an end before the beginning.
    """
    first = _read(begins).first if begins else year_of(today).first
    last = _read(ends).last if ends else year_of(first if begins else today).last
    if last < first:
        raise ValueError("the period ends before it begins")
    return Period(first=first, last=last)


def _read(text: str) -> Period:
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text.strip(), re.ASCII)
    if found is None or not OLDEST <= int(found[1]) <= NEWEST:
        raise ValueError(f"{text!r} is no month")
    first = date(int(found[1]), int(found[2] or 1), 1)
    return month_of(first) if found[2] else year_of(first)


def _next_month(first: date) -> date:
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
