"""Concentration by hand."""

from decimal import Decimal

from orders.rules.concentration import concentration


def test_shares_and_index() -> None:
    """50, 30 and 20 per cent: 2 500 + 900 + 400 = 3 800."""
    told = concentration([Decimal(300), Decimal(500), Decimal(200), Decimal(0), Decimal(-10)])
    assert (told.suppliers, told.largest_sek, told.ten_largest_sek) == (3, Decimal(500), Decimal(1000))
    assert (told.total_sek, told.index) == (Decimal(1000), Decimal(3800))


def test_ten_of_twelve() -> None:
    told = concentration([Decimal(n) for n in range(1, 13)])
    assert (told.ten_largest_sek, told.total_sek) == (Decimal(75), Decimal(78))


def test_nobody() -> None:
    told = concentration([])
    assert (told.suppliers, told.largest_sek, told.index) == (0, Decimal(0), None)
