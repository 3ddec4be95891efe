"""When a ceiling is reached if call-offs go on as they have of late. A forecast, never a promise, and no law."""

from datetime import date, timedelta
from decimal import Decimal

WEEKS = 12  # how far back the rate is taken
WEEK = 7
FURTHEST = 3650  # days; what lies further away is told as not reached


def per_week(bound: Decimal, *, weeks: int = WEEKS) -> Decimal:
    """What was bound in a week on average, in the unit handed in."""
    return bound / weeks


def reached_on(*, room: Decimal, rate_per_week: Decimal, today: date) -> date | None:
    """The day on which the room is used up; today where none is left, None where it isn't within ten years."""
    if room <= 0:
        return today
    if rate_per_week <= 0:
        return None
    days = int(room * WEEK / rate_per_week)
    return None if days > FURTHEST else today + timedelta(days=days)
