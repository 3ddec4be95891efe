"""The cases of docs/rules/valuation.md; the numbers in brackets are those of the trade's hard cases."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.valuation import (
    LawFigure,
    UnknownLaw,
    counts_from,
    documentation_due_on,
    law_on,
    may_sign_award,
    needs_documentation,
    regime_of,
    stricter,
)

LIMIT = LawFigure(
    code="direct_award_limit",
    value=Decimal(700000),
    unit="SEK",
    regime="direct_award",
    paragraph="19 a kap. 2 § LOU",
    valid_from=date(2022, 2, 1),
    valid_to=None,
    source="SFS 2021:1110",
    checked_on=date(2026, 11, 23),
    confirmed=False,
)
DOCUMENTATION = replace(
    LIMIT, code="documentation_amount", value=Decimal(100000), paragraph="19 a kap. 11 § LOU"
)
THIRTY_DAYS = replace(DOCUMENTATION, code="documentation_days", value=Decimal(30), unit="days")
THRESHOLD_2024 = replace(
    LIMIT,
    code="eu_threshold_sek",
    value=Decimal(2389585),
    valid_from=date(2024, 1, 1),
    valid_to=date(2025, 12, 31),
)
FIGURES = [LIMIT, DOCUMENTATION, THIRTY_DAYS, THRESHOLD_2024]


@pytest.mark.parametrize(
    ("signed", "new", "allowed", "margin"),
    [
        pytest.param([], "699999.99", True, "0.01", id="an öre below [1]"),
        pytest.param([], "700000.00", False, "0.00", id="exactly the limit [2]"),
        pytest.param(["400000"], "299999.99", True, "0.01", id="two awards of one need, just below"),
        pytest.param(["400000"], "300000.00", False, "0.00", id="two awards of one need, at the limit"),
        pytest.param(["400000", "250000"], "120000", False, "-70000", id="three, well over"),
        pytest.param([], "0", True, "700000", id="nothing yet"),
    ],
)
def test_the_ceilings_of_one_need_stay_strictly_below_the_limit(
    *,
    signed: list[str],
    new: str,
    allowed: bool,
    margin: str,
) -> None:
    verdict = may_sign_award(
        ceilings_of_need=[Decimal(each) for each in signed],
        new_ceiling=Decimal(new),
        limit=LIMIT,
    )
    assert (verdict.allowed, verdict.margin_sek) == (allowed, Decimal(margin))
    assert verdict.sum_sek == LIMIT.value - verdict.margin_sek


def test_the_verdict_names_the_limit_and_its_paragraph() -> None:
    verdict = may_sign_award(ceilings_of_need=[], new_ceiling=Decimal(1), limit=LIMIT)
    assert (verdict.limit, verdict.paragraph) == (LIMIT, "19 a kap. 2 § LOU")


@pytest.mark.parametrize(("signed", "new"), [([], "-1"), (["-1"], "1")])
def test_a_ceiling_is_not_negative(signed: list[str], new: str) -> None:
    with pytest.raises(ValueError, match="not negative"):
        may_sign_award(
            ceilings_of_need=[Decimal(each) for each in signed], new_ceiling=Decimal(new), limit=LIMIT
        )


def test_a_limit_in_another_unit_judges_nothing() -> None:
    in_euro = replace(LIMIT, unit="EUR")
    with pytest.raises(ValueError, match="is in EUR, not in SEK"):
        may_sign_award(ceilings_of_need=[], new_ceiling=Decimal(1), limit=in_euro)
    with pytest.raises(ValueError, match="is in EUR, not in SEK"):
        needs_documentation(Decimal(1), in_euro)
    with pytest.raises(ValueError, match="is in EUR, not in days"):
        documentation_due_on(signed_on=date(2026, 1, 1), days=in_euro)


@pytest.mark.parametrize(
    ("value", "documented"),
    [
        pytest.param("99999.99", False, id="below"),
        pytest.param("100000.00", False, id="exactly [10]"),
        pytest.param("100000.01", True, id="an öre more [10]"),
    ],
)
def test_documentation_is_due_above_the_amount(*, value: str, documented: bool) -> None:
    assert needs_documentation(Decimal(value), DOCUMENTATION) is documented


def test_documentation_is_due_thirty_days_after_the_contract() -> None:
    assert documentation_due_on(signed_on=date(2026, 11, 23), days=THIRTY_DAYS) == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("code", "on", "value"),
    [
        pytest.param("direct_award_limit", date(2022, 2, 1), 700000, id="its first day"),
        pytest.param("direct_award_limit", date(2026, 11, 23), 700000, id="today"),
        pytest.param("eu_threshold_sek", date(2025, 12, 31), 2389585, id="its last day"),
    ],
)
def test_the_law_is_read_by_its_day(code: str, on: date, value: int) -> None:
    assert law_on(FIGURES, code=code, on=on).value == value


@pytest.mark.parametrize(
    ("figures", "code", "on", "found"),
    [
        pytest.param(FIGURES, "direct_award_limit", date(2022, 1, 31), 0, id="before it came"),
        pytest.param(FIGURES, "eu_threshold_sek", date(2026, 1, 1), 0, id="SEK amount not published to us"),
        pytest.param(FIGURES, "distance_limit", date(2026, 1, 1), 0, id="no such law"),
        pytest.param([LIMIT, LIMIT], "direct_award_limit", date(2026, 1, 1), 2, id="two at once"),
    ],
)
def test_law_that_is_not_known_is_said_and_not_guessed(
    figures: list[LawFigure],
    code: str,
    on: date,
    found: int,
) -> None:
    with pytest.raises(UnknownLaw, match=f"{found} figures for '{code}' on {on}") as refusal:
        law_on(figures, code=code, on=on)
    assert (refusal.value.code, refusal.value.on, refusal.value.found) == (code, on, found)


ceilings = st.decimals("0", "900000", places=2)


@given(signed=st.lists(ceilings, min_size=1, max_size=8), new=ceilings)
def test_no_order_of_signing_brings_more_under_the_limit(signed: list[Decimal], new: Decimal) -> None:
    first, *rest = signed
    verdict = may_sign_award(ceilings_of_need=signed, new_ceiling=new, limit=LIMIT)
    assert verdict == may_sign_award(ceilings_of_need=[new, *rest], new_ceiling=first, limit=LIMIT)
    assert verdict.allowed is (verdict.margin_sek > 0)


@given(signed=st.lists(ceilings, max_size=8), new=ceilings, raised_by=ceilings)
def test_a_raised_ceiling_is_never_easier_to_sign(
    signed: list[Decimal],
    new: Decimal,
    raised_by: Decimal,
) -> None:
    before = may_sign_award(ceilings_of_need=signed, new_ceiling=new, limit=LIMIT)
    after = may_sign_award(ceilings_of_need=signed, new_ceiling=new + raised_by, limit=LIMIT)
    assert before.allowed or not after.allowed


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2026, 11, 23), date(2025, 11, 23)),
        (date(2028, 2, 29), date(2027, 2, 28)),
        (date(2027, 2, 28), date(2026, 2, 28)),
    ],
)
def test_an_award_counts_for_a_year_after_its_end(on: date, first: date) -> None:
    assert counts_from(on) == first


@pytest.mark.parametrize(
    ("own", "binding"), [(None, "700000"), ("400000", "400000"), ("700000", "700000"), ("900000", "700000")]
)
def test_an_own_limit_binds_only_where_it_is_lower(own: str | None, binding: str) -> None:
    assert stricter(LIMIT, None if own is None else Decimal(own)).value == Decimal(binding)


@given(
    law=st.decimals(min_value=0, max_value=10**7, places=2),
    own=st.none() | st.decimals(min_value=0, max_value=10**7, places=2),
    ceiling=st.decimals(min_value=0, max_value=10**7, places=2),
)
def test_a_stricter_own_limit_never_allows_more(law: Decimal, own: Decimal | None, ceiling: Decimal) -> None:
    limit = replace(LIMIT, value=law)
    binding = stricter(limit, own)
    assert binding.value == (law if own is None else min(law, own))
    strict = may_sign_award(ceilings_of_need=[], new_ceiling=ceiling, limit=binding)
    assert may_sign_award(ceilings_of_need=[], new_ceiling=ceiling, limit=limit).allowed or not strict.allowed


@pytest.mark.parametrize(
    ("value", "regime"), [("2389584.99", "national"), ("2389585", "directive"), ("5000000", "directive")]
)
def test_from_the_threshold_on_the_directives_rules_hold(value: str, regime: str) -> None:
    assert regime_of(Decimal(value), THRESHOLD_2024) == regime


def test_without_a_threshold_in_sek_the_regime_is_not_told() -> None:
    assert regime_of(Decimal(1), None) is None
