"""The day on which a ceiling is reached, by the rate of the last weeks."""

from datetime import date
from decimal import Decimal

import pytest

from orders.rules.burning import per_week, reached_on

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("room", "rate", "day"),
    [
        ("7000", "1000", date(2027, 1, 11)),  # seven weeks
        ("999", "1000", date(2026, 11, 29)),  # 6.99 days: within the seventh
        ("0", "1000", TODAY),
        ("-1", "0", TODAY),
        ("1", "0", None),
        ("1", "-5", None),
        ("1000000", "1", None),
    ],
)
def test_room_is_used_up_by_the_rate(room: str, rate: str, day: date | None) -> None:
    assert reached_on(room=Decimal(room), rate_per_week=Decimal(rate), today=TODAY) == day


def test_a_rate_is_of_twelve_weeks() -> None:
    assert per_week(Decimal(12000)) == Decimal(1000)
    assert per_week(Decimal(12000), weeks=4) == Decimal(3000)
