"""The cases of docs/rules/closing.md; the number in brackets is that of the trade's hard case."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.rules.closing import (
    Share,
    ShortageRule,
    minimum_order_met,
    missing_to_minimum,
    shortage_shares,
)

PROPORTIONAL, EARLIEST_FIRST = ShortageRule.PROPORTIONAL, ShortageRule.EARLIEST_FIRST

SHARED = [
    ([10, 10], 20, PROPORTIONAL, [10, 10], "enough"),
    ([10, 10], 25, PROPORTIONAL, [10, 10], "more than enough"),
    ([10, 10], 0, PROPORTIONAL, [0, 0], "nothing"),
    ([20, 10], 15, PROPORTIONAL, [10, 5], "even shares"),
    ([15, 15], 20, PROPORTIONAL, [10, 10], "the last 20 of two that want 15 [45]"),
    ([15, 15], 20, EARLIEST_FIRST, [15, 5], "the same, earliest first [45]"),
    ([10, 7, 3], 11, PROPORTIONAL, [5, 4, 2], "5.5, 3.85 and 1.65: the largest remainders"),
    ([5, 5, 5], 7, PROPORTIONAL, [3, 2, 2], "a tie goes to the earliest"),
    ([1, 1, 1, 1], 2, PROPORTIONAL, [1, 1, 0, 0], "some get none"),
    ([4, 0, 4], 3, PROPORTIONAL, [2, 0, 1], "one that wants nothing"),
    ([4, 0, 4], 5, EARLIEST_FIRST, [4, 0, 1], "and earliest first"),
    ([], 5, PROPORTIONAL, [], "nobody"),
]


@pytest.mark.parametrize(
    ("wanted", "available", "rule", "expected"),
    [pytest.param(*row[:4], id=row[4]) for row in SHARED],
)
def test_a_shortage_is_shared_in_whole_packs_by_the_stated_rule(
    wanted: list[int],
    available: int,
    rule: ShortageRule,
    expected: list[int],
) -> None:
    placed = [Share(call_off_id=number, position=number, packs=packs) for number, packs in enumerate(wanted)]
    assert list(shortage_shares(wanted=placed, available_packs=available, rule=rule).values()) == expected


@pytest.mark.parametrize("rule", ShortageRule)
def test_a_tie_goes_to_the_earliest_placed_and_then_to_the_lowest_id(rule: ShortageRule) -> None:
    wanted = [Share(9, position=2, packs=1), Share(4, position=1, packs=1), Share(3, position=1, packs=1)]
    assert shortage_shares(wanted=wanted, available_packs=1, rule=rule) == {3: 1, 4: 0, 9: 0}
    assert shortage_shares(wanted=wanted, available_packs=2, rule=rule) == {3: 1, 4: 1, 9: 0}


def test_one_pack_more_may_cost_a_small_kitchen_one_by_largest_remainders() -> None:
    """A known trait of the stated rule, kept in sight; EARLIEST_FIRST does not have it."""
    wanted = [Share(1, position=1, packs=6), Share(2, position=2, packs=6), Share(3, position=3, packs=2)]
    assert shortage_shares(wanted=wanted, available_packs=10) == {1: 4, 2: 4, 3: 2}
    assert shortage_shares(wanted=wanted, available_packs=11) == {1: 5, 2: 5, 3: 1}


@pytest.mark.parametrize(
    ("wanted", "available", "sentence"),
    [
        pytest.param([Share(1, 1, 5)], -1, "packs from 0", id="less than nothing available"),
        pytest.param([Share(1, 1, -5)], 5, "packs from 0", id="less than nothing wanted"),
        pytest.param([Share(1, 1, 5), Share(1, 2, 5)], 5, "stands twice", id="one call-off twice"),
    ],
)
def test_what_can_not_be_shared_is_refused(wanted: list[Share], available: int, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        shortage_shares(wanted=wanted, available_packs=available)


@pytest.mark.parametrize(
    ("net_sek", "minimum_sek", "missing"),
    [
        pytest.param("500.00", "500.00", "0", id="exactly"),
        pytest.param("499.99", "500.00", "0.01", id="an öre too little"),
        pytest.param("812.50", "500.00", "0", id="more"),
        pytest.param("0.01", None, "0", id="no minimum"),
    ],
)
def test_a_minimum_order_is_met_from_its_own_amount(
    net_sek: str,
    minimum_sek: str | None,
    missing: str,
) -> None:
    minimum = None if minimum_sek is None else Decimal(minimum_sek)
    assert missing_to_minimum(net_sek=Decimal(net_sek), minimum_sek=minimum) == Decimal(missing)
    assert minimum_order_met(net_sek=Decimal(net_sek), minimum_sek=minimum) is (missing == "0")


wants = st.lists(
    st.builds(Share, call_off_id=st.integers(1, 10**6), position=st.integers(1, 5), packs=st.integers(0, 60)),
    unique_by=lambda share: share.call_off_id,
    max_size=25,
)
rules = st.sampled_from(ShortageRule)


@given(wanted=wants, available=st.integers(0, 1500), rule=rules)
def test_all_that_there_is_is_shared_and_nobody_gets_more_than_wanted(
    wanted: list[Share],
    available: int,
    rule: ShortageRule,
) -> None:
    shares = shortage_shares(wanted=wanted, available_packs=available, rule=rule)
    assert sum(shares.values()) == min(available, sum(share.packs for share in wanted))
    assert all(0 <= shares[share.call_off_id] <= share.packs for share in wanted)


@given(wanted=wants, available=st.integers(0, 1500), data=st.data(), rule=rules)
def test_the_order_in_which_rows_are_read_changes_nothing(
    wanted: list[Share],
    available: int,
    data: st.DataObject,
    rule: ShortageRule,
) -> None:
    shuffled = data.draw(st.permutations(wanted))
    assert shortage_shares(wanted=shuffled, available_packs=available, rule=rule) == shortage_shares(
        wanted=wanted,
        available_packs=available,
        rule=rule,
    )


@given(wanted=wants, available=st.integers(0, 1500))
def test_a_proportional_share_is_its_exact_part_rounded_up_or_down(
    wanted: list[Share], available: int
) -> None:
    shares = shortage_shares(wanted=wanted, available_packs=available)
    total = sum(share.packs for share in wanted)
    shared = min(available, total)
    for share in wanted:
        assert abs(shares[share.call_off_id] * total - share.packs * shared) < max(total, 1)


@given(wanted=wants, available=st.integers(0, 1500))
def test_who_wants_more_never_gets_less_than_who_wants_less(wanted: list[Share], available: int) -> None:
    shares = shortage_shares(wanted=wanted, available_packs=available)
    by_size = sorted(wanted, key=lambda share: share.packs)
    for smaller, larger in pairwise(by_size):
        if smaller.packs < larger.packs:
            assert shares[smaller.call_off_id] <= shares[larger.call_off_id]


@given(wanted=wants, available=st.integers(0, 1500))
def test_earliest_first_one_pack_more_takes_none_from_anybody(wanted: list[Share], available: int) -> None:
    fewer = shortage_shares(wanted=wanted, available_packs=available, rule=EARLIEST_FIRST)
    more = shortage_shares(wanted=wanted, available_packs=available + 1, rule=EARLIEST_FIRST)
    assert all(fewer[call_off_id] <= more[call_off_id] for call_off_id in fewer)
