"""The tap page's own rules: quarter-hours, and how fast taps may come."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal

QUARTER_MINUTES = 15
BURST = 400  # a tablet that was offline through a whole lunch sends all its taps at once
A_SECOND = Decimal(3)
KEPT_DAYS = (
    2  # a tablet that was offline may still send the next day; then the day is summed and the taps are gone
)


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many taps may come now; it fills by ``A_SECOND`` up to ``BURST``."""

    tokens: Decimal
    at: datetime


def quarter_of(moment: datetime) -> datetime:
    """The quarter-hour that a tap is kept under: its own minute is kept nowhere."""
    return moment.replace(minute=moment.minute // QUARTER_MINUTES * QUARTER_MINUTES, second=0, microsecond=0)


def filled(bucket: Bucket | None, *, now: datetime) -> Bucket:
    if bucket is None:
        return Bucket(Decimal(BURST), now)
    seconds = max(Decimal(0), Decimal((now - bucket.at) // timedelta(milliseconds=1)) / 1000)
    return Bucket(min(Decimal(BURST), bucket.tokens + seconds * A_SECOND), max(now, bucket.at))


def taken(bucket: Bucket, taps: int) -> Bucket | None:
    """The bucket after so many taps, or None when they are too many now."""
    return replace(bucket, tokens=bucket.tokens - taps) if taps <= bucket.tokens else None


def wait_seconds(bucket: Bucket, taps: int) -> int:
    """Whole seconds until so many taps may come; the tablet keeps them till then."""
    missing = max(Decimal(0), min(Decimal(taps), Decimal(BURST)) - bucket.tokens)
    return int((missing / A_SECOND).to_integral_value(rounding=ROUND_CEILING)) or 1


def may_be_summed(day_ended: datetime, *, now: datetime) -> bool:
    """A day's taps become one sum, and are deleted, when late ones have had their time."""
    return now - day_ended >= timedelta(days=KEPT_DAYS)
