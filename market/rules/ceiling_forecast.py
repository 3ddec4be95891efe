"""When is a ceiling reached, by what was taken of it week by week? A forecast of the house, never a judgement.

The likely pace is the mean of the weeks looked at, breaks included; the interval is the fastest and the slowest
four weeks in a row. What kitchens have planned for a week counts where it is more than the pace.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate

NOTHING = Decimal(0)
WEEK = timedelta(days=7)
WEEKS_LOOKED_AT = 16
FEWEST_WEEKS = 8
FEWEST_WITH_DELIVERIES = 4
IN_A_ROW = 4


class Reach(StrEnum):
    REACHED = "reached"  # nothing is left
    CANT_TELL = "cant_tell"  # too few weeks with deliveries
    WITHIN = "within"  # at the fastest pace before the last day
    NOT_WITHIN = "not_within"  # not even at the fastest pace


@dataclass(frozen=True, slots=True)
class CeilingForecast:
    """``likely`` and ``latest`` are None where the agreement ends before; ``weeks`` is how many were looked at.

    ``pace`` is the mean of a week, in the unit of the room; nothing where it can't be told.
    """

    reach: Reach
    weeks: int
    earliest: date | None = None
    likely: date | None = None
    latest: date | None = None
    pace: Decimal = NOTHING


def forecast_ceiling(
    *,
    room: Decimal,
    taken: Sequence[Decimal],
    free_from: date,
    last_day: date,
    planned: Mapping[date, Decimal] | None = None,
) -> CeilingForecast:
    """When ``room`` is used up, in the unit of ``taken`` (SEK or kg).

    ``taken``: what each of the latest whole weeks took, the oldest first, weeks without deliveries as 0.
    ``free_from``: the day from which nothing is ordered yet (what is ordered is out of ``room`` already).
    ``planned``: what is planned by the Monday of its week. ``last_day``: the agreement's.
    """
    weeks = len(taken)
    if room <= NOTHING:
        return CeilingForecast(reach=Reach.REACHED, weeks=weeks)
    if weeks < FEWEST_WEEKS or sum(1 for each in taken if each > 0) < FEWEST_WITH_DELIVERIES:
        return CeilingForecast(reach=Reach.CANT_TELL, weeks=weeks)
    up_to = list(accumulate(taken, initial=NOTHING))
    mean = up_to[-1] / weeks
    paces = [(up_to[at + IN_A_ROW] - up_to[at]) / IN_A_ROW for at in range(weeks - IN_A_ROW + 1)]
    earliest, likely, latest = (
        _used_up(room, pace=pace, start=free_from, last_day=last_day, planned=planned or {})
        for pace in (max(paces), mean, min(paces))
    )
    if earliest is None:
        return CeilingForecast(reach=Reach.NOT_WITHIN, weeks=weeks, pace=mean)
    return CeilingForecast(
        reach=Reach.WITHIN, weeks=weeks, earliest=earliest, likely=likely, latest=latest, pace=mean
    )


def _used_up(
    room: Decimal, *, pace: Decimal, start: date, last_day: date, planned: Mapping[date, Decimal]
) -> date | None:
    """The day on which the room is used up at that pace; None after the last day. Weeks behind all plans are alike."""
    day, left = start, room
    last_planned = max(planned, default=date.min)
    while day <= last_day:
        monday = day - timedelta(days=day.weekday())
        if monday > last_planned:
            within = pace > 0 and left * 7 / pace < (last_day - day).days + 1
            return day + timedelta(days=int(left * 7 / pace)) if within else None
        in_week = max(pace, planned.get(monday, NOTHING))
        days = (monday + WEEK - day).days
        share = in_week * days / 7
        if share >= left:
            reached = day + timedelta(days=int(left * 7 / in_week))
            return reached if reached <= last_day else None
        left -= share
        day = monday + WEEK
    return None
