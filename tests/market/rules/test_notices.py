from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.notices import Channel, Standstill, Told, standstill

DAY = date(2026, 11, 23)  # a Monday


def of(*told: Told) -> Standstill | None:
    return standstill(told, electronic_days=10, other_days=15)


@pytest.mark.parametrize(
    ("told", "days", "last_day"),
    [
        ([Told(Channel.EMAIL, DAY)], 10, date(2026, 12, 3)),
        ([Told(Channel.EMAIL, DAY), Told(Channel.POST, DAY)], 15, date(2026, 12, 8)),
        ([Told(Channel.BY_HAND, DAY)], 15, date(2026, 12, 8)),
        (
            [Told(Channel.EMAIL, DAY), Told(Channel.EMAIL, date(2026, 11, 25))],
            10,
            date(2026, 12, 7),
        ),  # from Saturday
        ([Told(Channel.EMAIL, date(2026, 12, 15))], 10, date(2026, 12, 28)),  # from Christmas Day
    ],
)
def test_the_last_day_of_the_standstill(told: list[Told], days: int, last_day: date) -> None:
    assert of(*told) == Standstill(days=days, last_day=last_day)


def test_no_day_while_somebody_is_not_told_and_where_nobody_bid() -> None:
    assert of(Told(Channel.EMAIL, DAY), Told(None, None)) is None
    assert of() is None


@given(st.lists(st.sampled_from(Channel), min_size=1, max_size=6))
def test_one_told_otherwise_lengthens_it_for_all(channels: list[Channel]) -> None:
    found = of(*(Told(channel, DAY) for channel in channels))
    assert found is not None
    assert found.days == (10 if set(channels) == {Channel.EMAIL} else 15)
