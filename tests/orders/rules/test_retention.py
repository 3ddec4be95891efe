"""The first day that is still kept."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.rules.retention import kept_from


@pytest.mark.parametrize(
    ("today", "months", "first"),
    [
        (date(2026, 11, 23), 24, date(2024, 11, 23)),
        (date(2026, 1, 1), 13, date(2024, 12, 1)),
        (date(2026, 3, 31), 13, date(2025, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
    ],
)
def test_whole_months_are_kept(today: date, months: int, first: date) -> None:
    assert kept_from(today, months=months) == first


def test_nothing_goes_within_a_year() -> None:
    with pytest.raises(ValueError, match="within a year"):
        kept_from(date(2026, 11, 23), months=11)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(12, 240), st.integers(0, 24))
def test_a_longer_time_never_disposes_of_more(today: date, months: int, more: int) -> None:
    assert kept_from(today, months=months + more) <= kept_from(today, months=months) < today
