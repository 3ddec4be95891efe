"""What lies under an agreement, what outside, and what can't be told."""

from decimal import Decimal

import pytest

from orders.rules.loyalty import Loyalty, Side, side_of

CASES = [
    # supplier known, has need, has agreement, covers need
    ((True, True, True, True), Side.UNDER),
    ((True, True, True, False), Side.OUTSIDE),
    ((True, False, True, False), Side.UNKNOWN),
    ((True, True, False, False), Side.OUTSIDE),
    ((True, False, False, False), Side.OUTSIDE),
    ((False, True, False, False), Side.UNKNOWN),
    ((False, False, False, False), Side.UNKNOWN),
]


@pytest.mark.parametrize(("told", "side"), CASES)
def test_where_a_purchase_lies(told: tuple[bool, bool, bool, bool], side: Side) -> None:
    known, need, agreement, covers = told
    assert side_of(supplier_known=known, has_need=need, has_agreement=agreement, covers_need=covers) is side


@pytest.mark.parametrize(
    ("under", "outside", "unknown", "share", "coverage"),
    [
        (95, 5, 0, "0.95", "1"),
        (90, 10, 100, "0.9", "0.5"),
        (0, 10, 0, "0", "1"),
        (0, 0, 10, None, "0"),
        (0, 0, 0, None, None),
        (-5, 10, 0, None, "1"),
        (10, -5, 0, None, "1"),
    ],
)
def test_the_share_is_of_what_can_be_told(
    under: int, outside: int, unknown: int, share: str | None, coverage: str | None
) -> None:
    found = Loyalty(Decimal(under), Decimal(outside), Decimal(unknown))
    assert found.share == (None if share is None else Decimal(share))
    assert found.coverage == (None if coverage is None else Decimal(coverage))


def test_parts_add_up_to_the_whole() -> None:
    found = sum([Loyalty(under_sek=Decimal(1)), Loyalty(outside_sek=Decimal(2))], start=Loyalty())
    assert found == Loyalty(Decimal(1), Decimal(2))
    assert found.total_sek == Decimal(3)
