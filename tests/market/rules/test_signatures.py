from decimal import Decimal

import pytest

from market.rules.signatures import may_sign, signatures_needed


@pytest.mark.parametrize(
    ("amount", "up_to", "delegated", "may"),
    [
        ("600000", None, False, True),
        ("100000.00", "100000", True, True),
        ("100000.01", "100000", True, False),
        ("1", None, True, False),
    ],
)
def test_who_signs_for_how_much(amount: str, up_to: str | None, delegated: bool, may: bool) -> None:
    limit = None if up_to is None else Decimal(up_to)
    assert may_sign(Decimal(amount), up_to_sek=limit, delegated=delegated) is may


@pytest.mark.parametrize(
    ("amount", "two_from", "needed"),
    [("600000", None, 1), ("200000.00", "200000", 1), ("200000.01", "200000", 2), ("1", "0", 2)],
)
def test_when_two_must_sign(amount: str, two_from: str | None, needed: int) -> None:
    limit = None if two_from is None else Decimal(two_from)
    assert signatures_needed(Decimal(amount), two_from_sek=limit) == needed
