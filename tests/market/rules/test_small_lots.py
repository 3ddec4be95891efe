from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.small_lots import Fault, PotVerdict, may_take_lot

WHOLE, AMOUNT, SHARE = Decimal(4_000_000), Decimal(890_000), Decimal("0.2")  # the amount is invented


def take(lot: object, *before: object) -> PotVerdict:
    return may_take_lot(
        Decimal(str(lot)),
        lots_before=[Decimal(str(each)) for each in before],
        whole_sek=WHOLE,
        amount_sek=AMOUNT,
        share=SHARE,
    )


@pytest.mark.parametrize(
    ("lot", "before", "faults", "left"),
    [
        ("800000", [], (), "0"),
        ("800000.01", [], (Fault.POT_TOO_SMALL,), "-0.01"),
        ("300000", [500_000], (), "0"),
        ("300000.01", [500_000], (Fault.POT_TOO_SMALL,), "-0.01"),
        ("100000", [], (), "700000"),
        ("0", [], (Fault.NOT_POSITIVE,), "800000"),
        ("890000", [], (Fault.LOT_TOO_LARGE, Fault.POT_TOO_SMALL), "-90000"),
    ],
)
def test_what_fits_into_the_pot(lot: str, before: list[int], faults: tuple[Fault, ...], left: str) -> None:
    found = take(lot, *before)
    assert (found.faults, found.left_sek, found.pot_sek) == (faults, Decimal(left), Decimal(800_000))
    assert found.allowed is (not faults)


def test_a_lot_at_the_amount_is_no_small_lot() -> None:
    told: dict[str, Any] = {"lots_before": [], "whole_sek": WHOLE * 10, "amount_sek": AMOUNT, "share": SHARE}
    assert may_take_lot(AMOUNT, **told).faults == (Fault.LOT_TOO_LARGE,)
    assert may_take_lot(AMOUNT - Decimal("0.01"), **told).allowed


@given(st.lists(st.decimals(min_value="0.01", max_value=889_999, places=2), max_size=12))
def test_taken_in_turn_the_lots_never_exceed_the_share(wanted: list[Decimal]) -> None:
    taken: list[Decimal] = []
    for lot in wanted:
        if take(lot, *taken).allowed:
            taken.append(lot)
    assert sum(taken) <= WHOLE * SHARE
