"""Saved reports' moving periods and the days on which they are mailed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.rules.periods import Period
from orders.rules.schedules import Rhythm, Window, months_on, next_on, question_on, window_on

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


@pytest.mark.parametrize(
    ("window", "today", "first", "last"),
    [
        (Window.LAST_MONTH, date(2026, 1, 1), date(2025, 12, 1), date(2025, 12, 31)),
        (Window.LAST_MONTH, date(2028, 3, 31), date(2028, 2, 1), date(2028, 2, 29)),
        (Window.LAST_QUARTER, date(2026, 1, 15), date(2025, 10, 1), date(2025, 12, 31)),
        (Window.LAST_QUARTER, date(2026, 6, 30), date(2026, 1, 1), date(2026, 3, 31)),
        (Window.LAST_TWELVE, date(2026, 11, 26), date(2025, 11, 1), date(2026, 10, 31)),
        (Window.THIS_YEAR, date(2026, 11, 26), date(2026, 1, 1), date(2026, 12, 31)),
        (Window.LAST_YEAR, date(2026, 11, 26), date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_window_moves_with_the_day(window: Window, today: date, first: date, last: date) -> None:
    assert window_on(window, today) == Period(first=first, last=last)


def test_a_question_may_keep_its_own_months() -> None:
    assert window_on(Window.AS_SAVED, date(2026, 11, 26)) is None


def test_a_question_is_asked_with_the_windows_months() -> None:
    question = {"from": "2025-01", "to": "2025-12", "kitchen": "3"}
    assert question_on(question, Window.AS_SAVED, date(2026, 11, 26)) == question
    moved = question_on(question, Window.LAST_MONTH, date(2026, 11, 26))
    assert moved == {"from": "2026-10", "to": "2026-10", "kitchen": "3"}


@pytest.mark.parametrize(
    ("rhythm", "after", "expected"),
    [
        (Rhythm.WEEKLY, date(2026, 11, 26), date(2026, 11, 30)),
        (Rhythm.WEEKLY, date(2026, 11, 30), date(2026, 12, 7)),
        (Rhythm.MONTHLY, date(2026, 12, 1), date(2027, 1, 1)),
        (Rhythm.MONTHLY, date(2026, 11, 30), date(2026, 12, 1)),
        (Rhythm.QUARTERLY, date(2026, 11, 26), date(2027, 1, 1)),
        (Rhythm.QUARTERLY, date(2026, 3, 31), date(2026, 4, 1)),
        (Rhythm.YEARLY, date(2026, 1, 1), date(2027, 1, 1)),
        (Rhythm.NEVER, date(2026, 1, 1), None),
    ],
)
def test_the_next_day_of_a_rhythm(rhythm: Rhythm, after: date, expected: date | None) -> None:
    assert next_on(rhythm, after) == expected


@given(st.sampled_from([each for each in Rhythm if each is not Rhythm.NEVER]), days)
def test_each_next_day_lies_ahead_and_no_due_day_is_passed_over(rhythm: Rhythm, after: date) -> None:
    due = next_on(rhythm, after)
    assert due is not None
    assert after < due <= after + timedelta(days=366)
    assert next_on(rhythm, due - timedelta(days=1)) == due


@given(days, st.integers(-60, 60))
def test_months_are_counted_both_ways(day: date, months: int) -> None:
    first = day.replace(day=1)
    assert months_on(months_on(first, months), -months) == first
