"""A period in an address becomes whole months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.rules.periods import Period, latest_months, month_of, read_period, year_of

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("begins", "ends", "first", "last"),
    [
        ("", "", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-03", "2026-03", date(2026, 3, 1), date(2026, 3, 31)),
        ("2024-02", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", "2026", date(2025, 1, 1), date(2026, 12, 31)),
        ("2025", "", date(2025, 1, 1), date(2025, 12, 31)),
        ("", "2026-06", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-12", " 2027-01 ", date(2026, 12, 1), date(2027, 1, 31)),
    ],
)
def test_months_and_years_are_read(begins: str, ends: str, first: date, last: date) -> None:
    assert read_period(begins, ends, today=TODAY) == Period(first=first, last=last)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("2026-13", ""),
        ("mars", ""),
        ("2026-3", ""),
        ("٢٠٢٦", ""),
        ("1999", "1999"),
        ("2101", ""),
        ("2026-06", "2026-05"),
    ],
)
def test_what_is_no_period_is_refused(begins: str, ends: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # each kind of nonsense has its own words
        read_period(begins, ends, today=TODAY)


def test_a_period_is_told_as_it_is_read() -> None:
    period = year_of(TODAY)
    assert read_period(period.from_text, period.to_text, today=TODAY) == period


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_a_month_holds_its_days_and_no_other(day: date) -> None:
    month = month_of(day)
    assert month.first <= day <= month.last
    assert {each.month for each in (month.first, month.last)} == {day.month}
    assert (month.last + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("months", "first"), [(1, "2026-02"), (2, "2026-01"), (3, "2025-12"), (14, "2025-01"), (15, "2024-12")]
)
def test_the_latest_months_end_with_the_days_own(months: int, first: str) -> None:
    found = latest_months(months, date(2026, 2, 17))
    assert (found.from_text, found.first.day, found.last) == (first, 1, date(2026, 2, 28))
