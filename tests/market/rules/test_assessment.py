"""Three figures side by side, and when a signature may rest on one of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.assessment import (
    Assessment,
    Award,
    Basis,
    Choice,
    Fault,
    Figures,
    Invoice,
    assess,
    financial_year_before,
    looks_cut_up,
    looks_split,
    months_back,
    months_to_cover,
)

LIMIT = Decimal(700_000)
ZERO = Decimal(0)


def figures(back: object = 0, year: object = 0, ahead: object | None = 0, *, months: int = 24) -> Figures:
    return Figures(
        back_12_sek=Decimal(str(back)),
        financial_year_sek=Decimal(str(year)),
        ahead_12_sek=None if ahead is None else Decimal(str(ahead)),
        months_covered=months,
    )


def judged(
    seen: Figures, basis: str, *, own: object = None, reason: str = "", ceilings: object = 0
) -> Assessment:
    choice = Choice(basis=Basis(basis), own_sek=None if own is None else Decimal(str(own)), reason=reason)
    return assess(seen, choice, ceilings_sek=Decimal(str(ceilings)), limit_sek=LIMIT)


@pytest.mark.parametrize(
    ("back", "is_below", "margin"),
    [
        ("699999.99", True, "0.01"),
        ("700000.00", False, "0.00"),
        ("700000.01", False, "-0.01"),
        ("0", True, "700000"),
    ],
)
def test_cases_1_and_2_the_value_must_stay_below_the_limit(back: str, is_below: bool, margin: str) -> None:
    found = judged(figures(back), "back_12", reason="Återkommande behov")
    assert (found.is_below, found.margin_sek) == (is_below, Decimal(margin))


def test_case_4_a_lower_figure_than_another_needs_its_reason() -> None:
    seen = figures(back=650_000, ahead=900_000)
    silent = judged(seen, "back_12")
    assert (silent.is_below, silent.faults, silent.may_be_signed) == (True, (Fault.REASON_NEEDED,), False)
    assert judged(seen, "back_12", reason="Ett kök stänger i januari.").may_be_signed
    assert not judged(seen, "ahead_12", reason="Så blir det.").is_below


def test_case_5_a_new_year_moves_the_financial_year_and_lets_the_months_roll() -> None:
    last_day, first_day = date(2026, 12, 31), date(2027, 1, 1)
    assert financial_year_before(last_day).first == date(2025, 1, 1)
    assert financial_year_before(first_day).first == date(2026, 1, 1)
    assert (months_back(last_day).first, months_back(last_day).last) == (date(2025, 12, 1), date(2026, 11, 1))
    assert (months_back(first_day).first, months_back(first_day).last) == (
        date(2026, 1, 1),
        date(2026, 12, 1),
    )
    assert months_to_cover(first_day).first == date(2025, 1, 1)
    assert date(2026, 6, 1) in months_back(first_day)
    assert date(2027, 1, 1) not in months_back(first_day)


@pytest.mark.parametrize("months", [0, 12, 23])
def test_incomplete_figures_carry_no_signature_without_the_officers_own(months: int) -> None:
    seen = figures(back=10_000, months=months)
    assert judged(seen, "back_12").faults == (Fault.OWN_FIGURE_NEEDED,)
    assert judged(seen, "own", own=300_000).faults == (Fault.REASON_NEEDED,)
    assert judged(seen, "own", own=300_000, reason="Grossistens statistik 2025.").may_be_signed


@pytest.mark.parametrize(("basis", "own"), [("ahead_12", None), ("own", None), ("own", "-1")])
def test_a_figure_that_is_not_there_carries_nothing(basis: str, own: str | None) -> None:
    assert Fault.FIGURE_NOT_KNOWN in judged(figures(ahead=None), basis, own=own, reason="x").faults


def test_the_value_is_never_less_than_what_is_signed() -> None:
    found = judged(figures(back=10_000), "back_12", ceilings="700000")
    assert (found.value_sek, found.is_below) == (LIMIT, False)


AMOUNT = st.decimals(min_value=0, max_value=2_000_000, places=2)


@given(AMOUNT, AMOUNT, AMOUNT, st.sampled_from(["back_12", "financial_year", "ahead_12"]))
def test_the_lowest_figure_is_never_taken_in_silence(
    back: Decimal, year: Decimal, ahead: Decimal, basis: str
) -> None:
    seen = figures(back, year, ahead)
    found = judged(seen, basis)
    if found.may_be_signed:
        assert found.value_sek == max(seen.known) < LIMIT


@given(AMOUNT, AMOUNT, AMOUNT)
def test_a_stricter_limit_never_allows_more(back: Decimal, law: Decimal, own: Decimal) -> None:
    choice = Choice(basis=Basis.BACK_12, reason="x")
    strict = assess(figures(back), choice, ceilings_sek=ZERO, limit_sek=min(law, own))
    loose = assess(figures(back), choice, ceilings_sek=ZERO, limit_sek=law)
    assert loose.is_below or not strict.is_below


def awards(*amounts: int, apart: int = 2) -> list[Award]:
    first = date(2026, 11, 2)
    return [
        Award(signed_on=first + timedelta(days=apart * place), ceiling_sek=Decimal(amount))
        for place, amount in enumerate(amounts)
    ]


@pytest.mark.parametrize(
    ("made", "split"),
    [
        (awards(*[65_000] * 11), True),
        (awards(*[10_000] * 5), True),
        (awards(*[10_000] * 4), False),
        (awards(*[10_000] * 3), False),
        (awards(*[10_000] * 2), False),
        (awards(*[10_000] * 5, apart=30), False),
        (awards(300_000, 260_000, apart=90), True),
        (awards(300_000, 259_999, apart=90), False),
        (awards(699_999), False),
        ([], False),
    ],
)
def test_case_6_awards_that_look_like_one_purchase_cut_up_are_shown(made: list[Award], split: bool) -> None:
    assert looks_split(made, limit_sek=LIMIT) is split


@pytest.mark.parametrize(
    ("amounts", "days_apart", "cut_up"),
    [
        (["65000"] * 11, 2, True),
        (["65000"] * 5, 7, True),
        (["65000"] * 4, 7, False),
        (["65000"] * 5, 8, False),
        (["50000"] * 5, 1, True),
        (["49999.99"] * 30, 1, False),  # many small invoices are a wholesaler's week
        (["100000"] * 5, 1, True),
        (["100000.01"] * 5, 1, False),  # each is documented by itself
        ([], 1, False),
    ],
)
def test_invoices_that_look_like_one_purchase_cut_up(
    amounts: list[str], days_apart: int, cut_up: bool
) -> None:
    invoices = [
        Invoice(on=date(2026, 3, 1) + timedelta(days=days_apart * place), sek=Decimal(amount))
        for place, amount in enumerate(amounts)
    ]
    assert looks_cut_up(invoices, amount_sek=Decimal(100_000)) is cut_up
