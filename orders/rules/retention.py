"""How long something is kept: whole months back from the day, and the day itself is never in them."""

from calendar import monthrange
from datetime import date

FEWEST_MONTHS = 12
YEAR = 12


def kept_from(today: date, *, months: int) -> date:
    """The first day that is still kept: what is older may be disposed of. ValueError for less than a year.

    From the end of a longer month the last day of the shorter one: 31 May less three months is 28 February.
    """
    if months < FEWEST_MONTHS:
        raise ValueError("nothing is disposed of within a year")
    whole = today.year * YEAR + today.month - 1 - months
    year, month = divmod(whole, YEAR)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
