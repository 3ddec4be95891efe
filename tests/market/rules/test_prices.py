"""The cases of docs/rules/prices.md."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.prices import (
    NoVatRate,
    TaxedLine,
    VatRate,
    VatSum,
    line_net,
    line_net_by_weight,
    net_of,
    vat_by_rate,
    vat_rate_on,
)


def food(rate: str, valid_from: date, valid_to: date | None) -> VatRate:
    return VatRate("food", Decimal(rate), valid_from, valid_to, "prop. 2025/26:55", confirmed=False)


FOOD = [
    food("0.12", date(2023, 7, 1), date(2026, 3, 31)),
    food("0.06", date(2026, 4, 1), date(2027, 12, 31)),
    food("0.12", date(2028, 1, 1), None),
]
TRANSPORT = VatRate("transport", Decimal("0.25"), date(2023, 7, 1), None, "ML 9 kap. 2 §", confirmed=False)
RATES = [*FOOD, TRANSPORT]


@pytest.mark.parametrize(
    ("vat_class", "delivered", "rate"),
    [
        pytest.param("food", date(2026, 3, 31), "0.12", id="last day of 12 %"),
        pytest.param("food", date(2026, 4, 1), "0.06", id="first day of 6 %"),
        pytest.param("food", date(2027, 12, 31), "0.06", id="last day of 6 %"),
        pytest.param("food", date(2028, 1, 1), "0.12", id="12 % again"),
        pytest.param("food", date(2028, 1, 3), "0.12", id="ordered 2027-12-30, delivered 2028-01-03"),
        pytest.param("transport", date(2027, 12, 30), "0.25", id="transport"),
    ],
)
def test_the_rate_follows_the_goods_class_and_the_day_of_delivery(
    vat_class: str,
    delivered: date,
    rate: str,
) -> None:
    assert vat_rate_on(RATES, vat_class=vat_class, on=delivered).rate == Decimal(rate)


@pytest.mark.parametrize(
    ("rates", "vat_class", "on", "found"),
    [
        pytest.param(RATES, "food", date(2023, 6, 30), 0, id="before the first rate"),
        pytest.param(RATES, "books", date(2026, 5, 1), 0, id="a class without rates"),
        pytest.param([*RATES, FOOD[1]], "food", date(2026, 5, 1), 2, id="two rates for one day"),
    ],
)
def test_without_exactly_one_rate_there_is_no_tax_to_guess(
    rates: list[VatRate],
    vat_class: str,
    on: date,
    found: int,
) -> None:
    with pytest.raises(NoVatRate, match=f"{found} VAT rates for '{vat_class}' on {on}") as refusal:
        vat_rate_on(rates, vat_class=vat_class, on=on)
    assert (refusal.value.vat_class, refusal.value.on, refusal.value.found) == (vat_class, on, found)


@pytest.mark.parametrize(
    ("packs", "price", "net"),
    [
        pytest.param("3", "145.00", "435.00", id="whole packs"),
        pytest.param("2.5", "33.33", "83.33", id="83.325 rounds up"),
        pytest.param("-2.5", "33.33", "-83.33", id="and its credit mirrors it"),
        pytest.param("1", "0.005", "0.01", id="half an öre"),
        pytest.param("1", "0.0049", "0.00", id="less than half an öre"),
    ],
)
def test_a_line_is_rounded_once_to_whole_ore(packs: str, price: str, net: str) -> None:
    assert str(line_net(packs=Decimal(packs), price=Decimal(price))) == net


def test_weighed_goods_are_paid_by_their_weight() -> None:
    assert line_net_by_weight(kg=Decimal("12.345"), price_per_kg=Decimal("189.90")) == Decimal("2344.32")


def test_tax_is_rounded_once_per_rate_and_not_per_line() -> None:
    three_small_lines = [TaxedLine(Decimal("0.20"), Decimal("0.12"))] * 3
    assert vat_by_rate(three_small_lines) == (
        VatSum(Decimal("0.12"), Decimal("0.60"), Decimal("0.07"), Decimal("0.67")),
    )


def test_an_invoice_over_new_year_has_one_sum_per_rate() -> None:
    lines = [
        TaxedLine(Decimal("1000.00"), Decimal("0.12")),
        TaxedLine(Decimal("435.00"), Decimal("0.06")),
        TaxedLine(Decimal("83.33"), Decimal("0.060")),
        TaxedLine(Decimal("250.00"), Decimal("0.25")),
    ]
    assert vat_by_rate(lines) == (
        VatSum(Decimal("0.06"), Decimal("518.33"), Decimal("31.10"), Decimal("549.43")),
        VatSum(Decimal("0.12"), Decimal("1000.00"), Decimal("120.00"), Decimal("1120.00")),
        VatSum(Decimal("0.25"), Decimal("250.00"), Decimal("62.50"), Decimal("312.50")),
    )


def test_nothing_bought_is_no_tax() -> None:
    assert vat_by_rate([]) == ()


money = st.decimals("-100000", "100000", places=2)
lines_made = st.lists(
    st.builds(
        TaxedLine, net_sek=money, rate=st.sampled_from([Decimal("0.06"), Decimal("0.12"), Decimal("0.25")])
    ),
)


@given(lines=lines_made)
def test_a_credit_of_everything_gives_everything_back(lines: list[TaxedLine]) -> None:
    credit = [TaxedLine(-line.net_sek, line.rate) for line in lines]
    assert [(each.net_sek, each.vat_sek, each.gross_sek) for each in vat_by_rate(credit)] == [
        (-each.net_sek, -each.vat_sek, -each.gross_sek) for each in vat_by_rate(lines)
    ]


@given(lines=lines_made)
def test_no_net_amount_is_lost_between_lines_and_rates(lines: list[TaxedLine]) -> None:
    sums = vat_by_rate(lines)
    assert sum(each.net_sek for each in sums) == sum(line.net_sek for line in lines)
    assert all(abs(each.vat_sek - each.net_sek * each.rate) <= Decimal("0.005") for each in sums)


@pytest.mark.parametrize(
    ("told", "rate", "net"),
    [
        ("53", "0.06", "50.0000"),
        ("52.49", "0.06", "49.5189"),
        ("125", "0.06", "117.9245"),
        ("112", "0.12", "100.0000"),
    ],
)
def test_a_price_with_vat_is_brought_to_what_it_is_without(told: str, rate: str, net: str) -> None:
    assert str(net_of(Decimal(told), rate=Decimal(rate))) == net
