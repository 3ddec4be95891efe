"""A kitchen's waste by week: grams a guest, days that contradict themselves, whether the survey holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kitchens.models import Kitchen, WasteDay
from kitchens.queries.menus import closed_days
from kitchens.rules.school_year import ClosedDay
from kitchens.rules.waste import DAYS_IN_A_ROW, WastePerGuest, longest_row, waste_per_guest
from kitchens.rules.waste import WasteDay as WeighedDay

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEKS_SHOWN = 4
SURVEY_LOOKED_BACK = timedelta(days=60)
USUAL_DAYS = 20


def weighed(row: WasteDay) -> WeighedDay:
    return WeighedDay(row.guests, row.kitchen_kg, row.serving_kg, row.plate_kg, row.total_kg)


def usual_waste(kitchen: Kitchen, *, before: date) -> WastePerGuest | None:
    """Of the latest days before the day; None where nothing was weighed."""
    rows = WasteDay.objects.filter(kitchen=kitchen, day__lt=before).order_by("-day")[:USUAL_DAYS]
    return waste_per_guest(weighed(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Survey:
    """The longest run of weighed weekdays in a row of the last two months."""

    days: Sequence[date]

    @property
    def holds(self) -> bool:
        return len(self.days) >= DAYS_IN_A_ROW

    @property
    def lacking(self) -> int:
        return max(0, DAYS_IN_A_ROW - len(self.days))


def survey_at(kitchen: Kitchen, day: date) -> Survey:
    """Days that the kitchen was closed are no gap."""
    first = day - SURVEY_LOOKED_BACK
    days = WasteDay.objects.filter(kitchen=kitchen, day__range=(first, day)).values_list("day", flat=True)
    return Survey(longest_row(days, closed=closed_days(kitchen, first=first, last=day).keys()))


@dataclass(frozen=True, slots=True)
class WasteRow:
    """A weekday; ``waste`` None where nothing was weighed. ``row`` keeps a sum that somebody wrote."""

    day: date
    closed: ClosedDay | None
    row: WasteDay | None
    waste: WastePerGuest | None

    @property
    def contradicts(self) -> bool:
        return self.row is not None and not weighed(self.row).adds_up


@dataclass(frozen=True, slots=True)
class WasteWeek:
    monday: date
    rows: Sequence[WasteRow]
    waste: WastePerGuest | None


@dataclass(frozen=True, slots=True)
class WastePage:
    weeks: Sequence[WasteWeek]
    survey: Survey
    of_survey: WastePerGuest | None


def waste_page(kitchen: Kitchen, *, monday: date) -> WastePage:
    """The week and the three before it, newest first; six statements."""
    first = monday - timedelta(weeks=WEEKS_SHOWN - 1)
    last = monday + ONE_DAY * 6
    rows = {row.day: row for row in WasteDay.objects.filter(kitchen=kitchen, day__range=(first, last))}
    closed = closed_days(kitchen, first=first, last=last)
    survey = survey_at(kitchen, last)
    of_survey = WasteDay.objects.filter(kitchen=kitchen, day__in=survey.days)
    return WastePage(
        weeks=[_week(monday - timedelta(weeks=number), rows, closed) for number in range(WEEKS_SHOWN)],
        survey=survey,
        of_survey=waste_per_guest(weighed(row) for row in of_survey),
    )


def _week(monday: date, rows: Mapping[date, WasteDay], closed: Mapping[date, ClosedDay]) -> WasteWeek:
    days = [monday + ONE_DAY * number for number in range(7)]
    shown = [day for day in days if day.weekday() < SATURDAY or day in rows]
    return WasteWeek(
        monday,
        [_row(day, rows.get(day), closed.get(day)) for day in shown],
        waste_per_guest(weighed(rows[day]) for day in shown if day in rows),
    )


def _row(day: date, row: WasteDay | None, closed: ClosedDay | None) -> WasteRow:
    return WasteRow(day, closed, row, waste_per_guest([weighed(row)]) if row else None)
