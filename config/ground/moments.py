"""Days and instants as a person reads them, with the weekday, on Sweden's clock."""

from datetime import date, datetime

from django.utils import dates, formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.ground.figures import NO_BREAK, UNKNOWN
from config.ground.refusals import STOCKHOLM


def _is_english() -> bool:
    return (get_language() or "sv").startswith("en")


def day(value: date | None) -> str:
    """``torsdag 3 december 2026``. A day on a page always tells its weekday."""
    if value is None:
        return UNKNOWN
    return formats.date_format(value, "l j F Y")


def short_day(value: date) -> str:
    """``tors 3 dec``, ``Thu 3 Dec``, where days stand in a row."""
    return formats.date_format(value, "D j M" if _is_english() else "D j b")


def axis_day(value: date) -> str:
    """``3 dec 2026``, under a chart, where a weekday says nothing."""
    return formats.date_format(value, "j b Y")


def instant(value: datetime | None) -> str:
    """``torsdag 3 december kl. 12.00``, ``Thursday 3 December at 12:00``: near days, so the year is left out."""
    if value is None:
        return UNKNOWN
    local = value.astimezone(STOCKHOLM)
    clock = formats.date_format(local, "H:i" if _is_english() else "H.i")
    told = {"day": formats.date_format(local, "l j F"), "clock": clock}
    words, _space, time = (_("%(day)s kl. %(clock)s") % told).rpartition(" ")
    return f"{words}{NO_BREAK}{time}"  # no line ends between "kl." and its figures


def clock(value: datetime) -> str:
    """Hours, minutes and seconds, where it comes down to them."""
    return formats.date_format(value.astimezone(STOCKHOLM), "H:i:s" if _is_english() else "H.i.s")


def weekday(number: int) -> str:
    """``måndag`` for 1 to ``söndag`` for 7."""
    return str(dates.WEEKDAYS[number - 1])
