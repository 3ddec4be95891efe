"""The cases of docs/rules/needs.md."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.rules.needs import delivery_day_before, in_base_units, in_whole_packs

D = Decimal


@pytest.mark.parametrize(
    ("kg", "kg_per_base", "base"),
    [
        ("23.4", "1", "23.400"),
        ("2.4", "0.058", "41.380"),  # eggs: 41.379…, up
        ("10.3", "1.03", "10.000"),
        ("5", None, None),
    ],
)
def test_kilograms_in_the_goods_base_unit(kg: str, kg_per_base: str | None, base: str | None) -> None:
    found = in_base_units(kg=D(kg), kg_per_base=None if kg_per_base is None else D(kg_per_base))
    assert found == (None if base is None else D(base))


@pytest.mark.parametrize(
    ("quantity", "sizes", "asked"),
    [
        ("23", ["10", "25"], "25"),
        ("26", ["10", "25"], "30"),
        ("50", ["10", "25"], "50"),
        ("51", ["10", "25"], "60"),
        ("41.38", ["30", "180"], "60"),
        ("0.1", ["5"], "5"),
        ("7.5", [], "7.5"),
        ("0", ["5"], "0"),
    ],
)
def test_the_least_that_whole_packs_make(quantity: str, sizes: list[str], asked: str) -> None:
    assert in_whole_packs(D(quantity), sizes=[D(size) for size in sizes]) == D(asked)


@given(
    st.decimals("0.001", "5000", places=3),
    st.lists(st.sampled_from([D("1.4"), D("2.5"), D(5), D(10), D(25), D(180)]), min_size=1, max_size=4),
)
def test_whole_packs_are_enough_and_less_than_one_smallest_pack_too_much(
    quantity: Decimal, sizes: list[Decimal]
) -> None:
    asked = in_whole_packs(quantity, sizes=sizes)
    assert quantity <= asked < quantity + min(sizes)


MONDAY, WEDNESDAY = date(2026, 11, 30), date(2026, 12, 2)


@pytest.mark.parametrize(
    ("menu_day", "delivery"),
    [
        (date(2026, 12, 1), MONDAY),
        (date(2026, 12, 2), MONDAY),  # what comes the same morning is too late
        (date(2026, 12, 3), WEDNESDAY),
        (MONDAY, None),
    ],
)
def test_goods_come_on_the_last_delivery_day_before(menu_day: date, delivery: date | None) -> None:
    assert delivery_day_before(menu_day, [WEDNESDAY, MONDAY]) == delivery
