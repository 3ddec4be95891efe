"""The cases of docs/rules/posting.md."""

from decimal import Decimal

import pytest

from market.rules.posting import AgreedPrice, PriceNotOpen, fault_of_own_price, unproven

D = Decimal


@pytest.mark.parametrize(
    ("agreed", "own", "fault"),
    [
        ([], "50", None),
        (["40"], "40", PriceNotOpen(None)),
        (["<40"], "40", None),
        (["<40"], "40.01", PriceNotOpen(D(40))),
        (["<40", "<60"], "55", None),
        (["<60", "<40"], "60.01", PriceNotOpen(D(60))),
        (["40", "<60"], "55", None),
        (["40"], None, None),
    ],
)
def test_an_own_price_is_lawful_where_one_agreement_leaves_it_open(
    agreed: list[str], own: str | None, fault: PriceNotOpen | None
) -> None:
    prices = [AgreedPrice(price_sek=D(text.strip("<")), is_cap=text.startswith("<")) for text in agreed]
    assert fault_of_own_price(None if own is None else D(own), prices) == fault


def test_marks_that_nothing_proves_are_named() -> None:
    assert unproven(["krav", "organic", "krav"], proven=["organic"]) == ["krav"]
    assert unproven([], proven=["organic"]) == []
