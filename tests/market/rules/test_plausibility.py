from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.plausibility import Meant, price_doubt, unit_slip

D = Decimal
PRICES = st.decimals(min_value="0.01", max_value="100000", places=2)


@pytest.mark.parametrize(
    ("price", "history", "base", "per_kg", "found"),
    [
        # docs/rules/plausibility.md
        ("5", ["50", "52", "49"], "10", False, ("50", "10", False, Meant.KG)),
        ("500", ["50"], "5", False, ("50", "10", True, Meant.UNKNOWN)),
        ("1200", ["100"], "12", True, ("100", "12", True, Meant.PACK)),
        ("499.99", ["50"], "5", False, None),
        ("5.01", ["50"], "10", False, None),
        ("5000", [], "10", False, None),
        ("40", ["50", "60"], "10", False, None),
    ],
)
def test_ten_times_off_is_asked_about(
    price: str, history: list[str], base: str, per_kg: bool, found: tuple[str, str, bool, Meant] | None
) -> None:
    doubt = price_doubt(
        price_sek=D(price), history_sek=[D(each) for each in history], base_per_pack=D(base), per_kg=per_kg
    )
    told = doubt and (doubt.usual_sek, doubt.times, doubt.is_high, doubt.meant)
    assert told == (found and (D(found[0]), D(found[1]), found[2], found[3]))


@given(price=PRICES, usual=PRICES)
def test_high_and_low_are_asked_alike(price: Decimal, usual: Decimal) -> None:
    one = price_doubt(price_sek=price, history_sek=[usual], base_per_pack=D(1), per_kg=False)
    other = price_doubt(price_sek=usual, history_sek=[price], base_per_pack=D(1), per_kg=False)
    assert (one is None) == (other is None)


@pytest.mark.parametrize(("price", "base", "history"), [("0", "1", []), ("1", "0", []), ("1", "1", ["0"])])
def test_nothing_is_no_price(price: str, base: str, history: list[str]) -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        price_doubt(
            price_sek=D(price), history_sek=[D(each) for each in history], base_per_pack=D(base), per_kg=False
        )


@pytest.mark.parametrize(
    ("price", "history", "base", "per_kg", "found"),
    [
        # docs/rules/plausibility.md, a price that binds
        ("12.50", ["62.50"], "5", False, ("62.50", "5", False, Meant.KG)),
        ("12.50", ["25"], "2", False, ("25", "2", False, Meant.KG)),
        ("62.50", ["12.50"], "5", True, ("12.50", "5", True, Meant.PACK)),
        ("40", ["62.50"], "5", False, None),
        ("312.50", ["62.50"], "5", False, None),
        ("13", ["25"], "2", False, None),
        ("12.50", ["62.50"], "5", True, None),
        ("12.50", [], "5", False, None),
        ("9.37", ["62.50"], "5", False, None),
        ("9.375", ["62.50"], "5", False, ("62.50", "6.667", False, Meant.KG)),
    ],
)
def test_a_price_that_fits_the_other_unit_is_asked_about(
    price: str, history: list[str], base: str, per_kg: bool, found: tuple[str, str, bool, Meant] | None
) -> None:
    doubt = unit_slip(
        price_sek=D(price), history_sek=[D(each) for each in history], base_per_pack=D(base), per_kg=per_kg
    )
    told = doubt and (doubt.usual_sek, round(doubt.times, 3), doubt.is_high, doubt.meant)
    assert told == (found and (D(found[0]), D(found[1]), found[2], found[3]))


@pytest.mark.parametrize(
    ("price", "history", "base"), [("0", ["5"], "1"), ("5", ["0"], "1"), ("5", ["5"], "0")]
)
def test_a_slip_of_nothing_is_an_error(price: str, history: list[str], base: str) -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        unit_slip(
            price_sek=D(price), history_sek=[D(each) for each in history], base_per_pack=D(base), per_kg=False
        )
