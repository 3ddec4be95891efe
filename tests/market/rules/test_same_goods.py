"""The cases of docs/rules/climate.md, "Views of the same goods"."""

from decimal import Decimal

import pytest

from market.rules.same_goods import NotBalanced, Views, balance


def views(
    stock_before: str | None = "0", stock_after: str | None = "6.80", *, is_closed: bool = True
) -> Views:
    before, after = (None if each is None else Decimal(each) for each in (stock_before, stock_after))
    return Views(Decimal("85.00"), Decimal("73.10"), Decimal("5.10"), before, after, is_closed)


def test_e20_purchased_is_served_and_wasted_and_in_stock() -> None:
    found = balance(views())
    assert (found.stock_change, found.holds) == (Decimal("6.80"), True)


@pytest.mark.parametrize(
    ("before", "after", "unexplained"), [("2", "6.80", "2.00"), ("10", "6.80", "10.00"), ("0", "8", "-1.20")]
)
def test_what_does_not_balance_is_told(before: str, after: str, unexplained: str) -> None:
    found = balance(views(before, after))
    assert (found.holds, found.unexplained) == (False, Decimal(unexplained))


@pytest.mark.parametrize(
    "asked",
    [views(None), views(stock_after=None), views(is_closed=False)],
    ids=["first count", "last count", "open"],
)
def test_an_open_or_uncounted_period_is_not_asked(asked: Views) -> None:
    with pytest.raises(NotBalanced):
        balance(asked)
