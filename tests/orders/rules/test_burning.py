"""The rate of the last weeks."""

from decimal import Decimal

from orders.rules.burning import per_week


def test_a_rate_is_of_twelve_weeks() -> None:
    assert per_week(Decimal(12000)) == Decimal(1000)
    assert per_week(Decimal(12000), weeks=4) == Decimal(3000)
