"""How fast a ceiling is used: what was ordered in a week of late."""

from decimal import Decimal

WEEKS = 12  # how far back the rate is taken


def per_week(bound: Decimal, *, weeks: int = WEEKS) -> Decimal:
    """What was bound in a week on average, in the unit handed in."""
    return bound / weeks
