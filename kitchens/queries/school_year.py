"""A kitchen's school year for a person: terms, closures, the public holidays in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kitchens.models import Kitchen, KitchenClosure, SchoolTerm
from market.rules.calendar import swedish_holidays

SHOWN_BACK = timedelta(days=60)
A_YEAR = timedelta(days=365)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """``holidays`` fall on weekdays of the year to come. ``term_ends``: after it nothing is known of terms."""

    terms: Sequence[SchoolTerm]
    closures: Sequence[KitchenClosure]
    holidays: Sequence[tuple[date, str]]
    term_ends: date | None


def school_year(kitchen: Kitchen, *, today: date) -> SchoolYear:
    """Two statements. What ended two months ago is left out."""
    since = today - SHOWN_BACK
    terms = list(kitchen.terms.filter(last_day__gte=since).order_by("first_day"))
    closures = list(kitchen.closures.filter(last_day__gte=since).order_by("first_day"))
    named = swedish_holidays(today.year) | swedish_holidays(today.year + 1)
    holidays = [
        (day, name)
        for day, name in sorted(named.items())
        if today <= day < today + A_YEAR and day.weekday() < SATURDAY
    ]
    return SchoolYear(terms, closures, holidays, terms[-1].last_day if terms else None)
