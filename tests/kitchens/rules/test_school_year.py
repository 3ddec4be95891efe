"""When a kitchen serves nobody: the cases of docs/rules/menus.md."""

from datetime import date

import pytest

from kitchens.rules.school_year import Closed, ClosedDay, Period, closed_in
from market.rules.calendar import swedish_holidays

AUTUMN = Period(date(2026, 8, 18), date(2026, 12, 18), "Hösttermin 2026")
SPRING = Period(date(2027, 1, 11), date(2027, 6, 11), "Vårtermin 2027")
BREAK = Period(date(2026, 10, 26), date(2026, 10, 30), "Höstlov")
HOLIDAYS = swedish_holidays(2026) | swedish_holidays(2027)


def closed(day: date, *terms: Period, closures: tuple[Period, ...] = (BREAK,)) -> ClosedDay | None:
    return closed_in(day, day, holidays=HOLIDAYS, closures=closures, terms=terms).get(day)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 8, 17), None),  # before the first term that is known
        (date(2026, 8, 18), None),
        (date(2026, 10, 26), ClosedDay(Closed.CLOSURE, "Höstlov")),
        (date(2026, 10, 30), ClosedDay(Closed.CLOSURE, "Höstlov")),
        (date(2026, 11, 2), None),
        (date(2026, 12, 18), None),
        (date(2026, 12, 21), ClosedDay(Closed.OUTSIDE_TERM)),
        (date(2026, 12, 25), ClosedDay(Closed.HOLIDAY, "Juldagen")),
        (date(2027, 1, 8), ClosedDay(Closed.OUTSIDE_TERM)),
        (date(2027, 1, 11), None),
        (date(2027, 6, 11), None),
        (date(2027, 8, 20), ClosedDay(Closed.OUTSIDE_TERM)),  # nobody has entered the next term
    ],
)
def test_a_school_serves_in_its_terms_but_for_holidays_and_closures(day: date, why: ClosedDay | None) -> None:
    assert closed(day, AUTUMN, SPRING) == why


def test_a_kitchen_without_terms_serves_all_year() -> None:
    assert closed(date(2027, 7, 14)) is None
    assert closed(date(2026, 10, 28)) == ClosedDay(Closed.CLOSURE, "Höstlov")


def test_each_day_of_a_period_is_told_once() -> None:
    found = closed_in(
        date(2026, 10, 23), date(2026, 11, 2), holidays=HOLIDAYS, closures=[BREAK, BREAK], terms=[]
    )
    assert [day.day for day in found] == [26, 27, 28, 29, 30, 31]  # the 31st is All Saints' Day


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (AUTUMN, SPRING, False),
        (AUTUMN, Period(date(2026, 12, 18), date(2027, 1, 1), ""), True),
        (AUTUMN, BREAK, True),
        (BREAK, Period(date(2026, 10, 31), date(2026, 11, 1), ""), False),
    ],
)
def test_periods_meet_on_a_shared_day(one: Period, other: Period, meet: bool) -> None:
    assert one.overlaps(other) is meet
    assert other.overlaps(one) is meet
