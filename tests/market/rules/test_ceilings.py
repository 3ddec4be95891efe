"""When a lot is said to be near its ceiling."""

from decimal import Decimal

import pytest

from market.rules.ceilings import Nearness, nearness


@pytest.mark.parametrize(
    ("ceiling", "room", "said"),
    [
        ("100000", "100000", Nearness.FAR),
        ("100000", "20000.01", Nearness.FAR),
        ("100000", "20000", Nearness.NEAR),
        ("100000", "0.01", Nearness.NEAR),
        ("100000", "0", Nearness.REACHED),
        ("100000", "-0.01", Nearness.OVER),
    ],
)
def test_from_four_fifths_a_lot_is_near(ceiling: str, room: str, said: Nearness) -> None:
    assert nearness(ceiling=Decimal(ceiling), room=Decimal(room)) is said
