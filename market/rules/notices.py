"""Until when a contract may not be signed after those who bid have been told (standstill, 20 kap. LOU).

Ten days when all were told electronically, fifteen for all as soon as one was told otherwise; the days begin the day after
the last one was told, and a last day that is no working day moves to the next (lag 1930:173).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from market.rules.calendar import add_working_days, is_working_day


class Channel(StrEnum):
    EMAIL = "email"
    POST = "post"
    BY_HAND = "by_hand"


ELECTRONIC = frozenset({Channel.EMAIL})


@dataclass(frozen=True, slots=True)
class Told:
    """A bidder; ``on`` None: not told yet."""

    channel: Channel | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Standstill:
    """``last_day`` is the last day on which nothing may be signed."""

    days: int
    last_day: date


def standstill(told: Sequence[Told], *, electronic_days: int, other_days: int) -> Standstill | None:
    """None while somebody who bid has not been told, and where nobody bid: then no day can be named."""
    days_told = [each.on for each in told if each.on is not None]
    if not told or len(days_told) < len(told):
        return None
    days = electronic_days if all(each.channel in ELECTRONIC for each in told) else other_days
    last = max(days_told) + timedelta(days=days)
    return Standstill(days=days, last_day=last if is_working_day(last) else add_working_days(last, days=1))
