"""Saved reports: which period one is about on the day it is made, and on which days it is mailed."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from orders.rules.periods import ONE_DAY, Period, month_of, year_of

MONTHS = 12
QUARTER = 3


class Window(StrEnum):
    """``AS_SAVED`` keeps the months that were asked for; the others move with the day."""

    AS_SAVED = "as_saved"
    LAST_MONTH = "last_month"
    LAST_QUARTER = "last_quarter"
    LAST_TWELVE = "last_twelve"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"


class Rhythm(StrEnum):
    """When it is mailed: every Monday, or the first day of each month, quarter or year."""

    NEVER = "never"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


EVERY_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: QUARTER, Rhythm.YEARLY: MONTHS}


def window_on(window: Window, today: date) -> Period | None:
    """The months that the window looks at on that day; None where the question keeps its own."""
    match window:
        case Window.AS_SAVED:
            return None
        case Window.LAST_MONTH:
            return month_of(today.replace(day=1) - ONE_DAY)
        case Window.LAST_QUARTER:
            first = months_on(_quarter(today), -QUARTER)
            return Period(first=first, last=_quarter(today) - ONE_DAY)
        case Window.LAST_TWELVE:
            return Period(first=months_on(today.replace(day=1), -MONTHS), last=today.replace(day=1) - ONE_DAY)
        case Window.LAST_YEAR:
            return year_of(today.replace(month=1, day=1) - ONE_DAY)
        case _:
            return year_of(today)


def question_on(question: Mapping[str, str], window: Window, today: date) -> dict[str, str]:
    """The question as it is asked on that day, with the window's months in place of those that were saved."""
    period = window_on(window, today)
    return dict(question) if period is None else {**question, "from": period.from_text, "to": period.to_text}


def next_on(rhythm: Rhythm, after: date) -> date | None:
    """The first day after that one on which it is due; None for what is never mailed."""
    if rhythm is Rhythm.NEVER:
        return None
    if rhythm is Rhythm.WEEKLY:
        return after + timedelta(days=7 - after.weekday())
    every = EVERY_MONTHS[rhythm]
    begins = months_on(after.replace(day=1), -((after.month - 1) % every))
    return months_on(begins, every)


def months_on(first: date, months: int) -> date:
    """The first of the month so many months later, or earlier for a number below zero."""
    number = first.year * MONTHS + first.month - 1 + months
    return date(number // MONTHS, number % MONTHS + 1, 1)


def _quarter(day: date) -> date:
    return months_on(day.replace(day=1), -((day.month - 1) % QUARTER))
