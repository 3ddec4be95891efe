"""Delivery days and cut-offs: Swedish holidays, the supplier's pauses, clock changes.

Days are dates in Sweden; instants are aware datetimes. Nothing here reads a clock.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays as holiday_tables

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Pause:
    """Days when a supplier delivers nothing, both included; ``last`` is None until the end is known."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def swedish_holidays(year: int) -> dict[date, str]:
    """Public holidays and the eves kept as such, by their Swedish names; plain Sundays are not in it."""
    return dict(_holidays_of(year))


def is_holiday(day: date) -> bool:
    return day in _holidays_of(day.year)


def is_working_day(day: date) -> bool:
    """Monday to Friday and no holiday; Midsommarafton, Julafton and Nyårsafton are holidays here."""
    return day.weekday() < SATURDAY and not is_holiday(day)


def add_working_days(day: date, *, days: int) -> date:
    """The nth working day after the day; the day itself for 0. ValueError for a negative number."""
    return _step_working_days(day, days=days, step=ONE_DAY)


def subtract_working_days(day: date, *, days: int) -> date:
    """The nth working day before the day; the day itself for 0. ValueError for a negative number."""
    return _step_working_days(day, days=days, step=-ONE_DAY)


def delivery_days(
    *,
    weekdays: frozenset[int],
    closures: frozenset[date],
    holidays: Collection[date],
    start: date,
    end: date,
    pauses: Iterable[Pause] = (),
) -> tuple[date, ...]:
    """The days from start to end, both included, when goods come; weekdays count from Monday = 0.

    ``closures`` are the hub's or kitchen's own, ``holidays`` is usually ``swedish_holidays`` of the years.
    """
    standing_pauses = tuple(pauses)
    period = (start + ONE_DAY * number for number in range((end - start).days + 1))
    return tuple(
        day
        for day in period
        if day.weekday() in weekdays
        and day not in closures
        and day not in holidays
        and not any(pause.holds(day) for pause in standing_pauses)
    )


def cut_off_at(*, delivery_date: date, lead_working_days: int, at: time) -> datetime:
    """The last instant at which an order for the delivery date is in time, in Stockholm's zone.

    It lies so many working days before the delivery date. Compare it with ``is_before_cut_off``.
    """
    return local_instant(day=subtract_working_days(delivery_date, days=lead_working_days), at=at)


def local_instant(*, day: date, at: time) -> datetime:
    """That time of day in Sweden.

    In the gap of March it is the first instant after the gap; in the doubled hour of October the earlier one.
    """
    instant = datetime.combine(day, at.replace(fold=0, tzinfo=None), tzinfo=STOCKHOLM)
    while not _exists(instant):
        instant = (instant + ONE_MINUTE).replace(second=0, microsecond=0)
    return instant


def is_before_cut_off(arrived_at: datetime, cut_off: datetime) -> bool:
    """Whether what arrived then is in time: the instant of the cut-off itself is, a microsecond later is not.

    Compared in UTC: two datetimes of one zone would compare by the clock on the wall, which October shows
    twice. ValueError for a time without a zone.
    """
    if arrived_at.tzinfo is None or cut_off.tzinfo is None:
        raise ValueError("a cut-off is compared between times with a zone")
    return arrived_at.astimezone(UTC) <= cut_off.astimezone(UTC)


@cache
def _holidays_of(year: int) -> dict[date, str]:
    # The de facto category holds the three eves; in Swedish, since the names are shown to people.
    table = holiday_tables.country_holidays(
        "SE",
        years=year,
        language="sv",
        categories=("public", "de_facto"),
    )
    return dict(sorted(table.items()))


def _step_working_days(day: date, *, days: int, step: timedelta) -> date:
    if days < 0:
        raise ValueError("working days are counted from 0")
    left = days
    while left:
        day += step
        left -= is_working_day(day)
    return day


def _exists(instant: datetime) -> bool:
    there_and_back = instant.astimezone(UTC).astimezone(STOCKHOLM)
    return there_and_back.replace(tzinfo=None) == instant.replace(tzinfo=None)
