from datetime import date

import pytest

from market.rules.weeks import DAYS, Period, asks_if_right, may_repeat, week_of

MONDAY, TODAY = date(2026, 11, 23), date(2026, 11, 25)
THIS = Period(MONDAY, date(2026, 11, 29))


def test_a_week_begins_on_monday_and_year_ends_do_not_break_it() -> None:
    assert week_of(TODAY) == THIS
    assert week_of(MONDAY) == THIS
    assert week_of(date(2027, 1, 1)) == Period(date(2026, 12, 28), date(2027, 1, 3))


@pytest.mark.parametrize(
    ("period", "touched", "asked"),
    [
        (THIS, date(2026, 11, 22), True),
        (THIS, MONDAY, False),
        (THIS.later(DAYS), date(2026, 11, 20), True),
        (THIS.later(2 * DAYS), date(2026, 11, 1), False),
        (THIS.later(-DAYS), date(2026, 11, 1), False),
        (Period(date(2026, 9, 1), date(2026, 12, 31)), date(2026, 9, 1), True),
    ],
)
def test_what_was_not_touched_since_monday_is_asked_about(period: Period, touched: date, asked: bool) -> None:
    assert asks_if_right(period=period, touched_on=touched, today=TODAY) is asked


def test_only_goods_of_that_week_alone_are_repeated() -> None:
    assert may_repeat(THIS, week=THIS)
    assert may_repeat(Period(TODAY, TODAY), week=THIS)
    assert not may_repeat(Period(MONDAY, date(2026, 12, 6)), week=THIS)
    assert not may_repeat(Period(date(2026, 11, 22), TODAY), week=THIS)
