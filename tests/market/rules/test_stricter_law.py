"""A stricter law, or an authority's own stricter limit, never allows more than the law did."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from market.rules.assessment import Basis, Choice, Figures, assess
from market.rules.valuation import LawFigure, may_sign_award, needs_documentation, regime_of, stricter

SEK = st.decimals(0, 2_000_000, places=2)
LIMIT = LawFigure(
    code="direct_award_limit",
    value=Decimal(700_000),
    unit="SEK",
    regime="all",
    paragraph="19 a kap. 2 § LOU",
    valid_from=date(2022, 2, 1),
    valid_to=None,
    source="LOU",
    checked_on=date(2026, 11, 23),
    confirmed=False,
)


@given(ceilings=st.lists(SEK, max_size=6), asked=SEK, law=SEK, lower=SEK)
def test_an_award_that_a_lower_limit_allows_the_higher_one_allows_too(
    ceilings: list[Decimal], asked: Decimal, law: Decimal, lower: Decimal
) -> None:
    lower, law = sorted((lower, law))
    under = [
        may_sign_award(ceilings_of_need=ceilings, new_ceiling=asked, limit=replace(LIMIT, value=value))
        for value in (lower, law)
    ]
    assert under[0].allowed <= under[1].allowed
    assert all(each.allowed == (sum(ceilings, start=asked) < each.limit.value) for each in under)


@given(law=SEK, own=st.one_of(st.none(), SEK), ceilings=st.lists(SEK, max_size=6), asked=SEK)
def test_an_own_limit_never_allows_what_the_law_forbids(
    law: Decimal, own: Decimal | None, ceilings: list[Decimal], asked: Decimal
) -> None:
    limit = replace(LIMIT, value=law)
    binding = stricter(limit, own)
    assert binding.value <= law
    assert (
        may_sign_award(ceilings_of_need=ceilings, new_ceiling=asked, limit=binding).allowed
        <= may_sign_award(ceilings_of_need=ceilings, new_ceiling=asked, limit=limit).allowed
    )


@given(ceilings=st.lists(SEK, max_size=6), more=SEK, asked=SEK)
def test_what_is_already_bought_never_makes_room(
    ceilings: list[Decimal], more: Decimal, asked: Decimal
) -> None:
    before = may_sign_award(ceilings_of_need=ceilings, new_ceiling=asked, limit=LIMIT)
    after = may_sign_award(ceilings_of_need=[*ceilings, more], new_ceiling=asked, limit=LIMIT)
    assert after.allowed <= before.allowed


@given(
    figures=st.builds(
        Figures,
        back_12_sek=SEK,
        financial_year_sek=SEK,
        ahead_12_sek=st.one_of(st.none(), SEK),
        months_covered=st.just(24),
    ),
    basis=st.sampled_from(Basis),
    own=SEK,
    ceilings=SEK,
    law=SEK,
    lower=SEK,
)
def test_a_value_that_is_below_a_lower_limit_is_below_the_higher(
    *, figures: Figures, basis: Basis, own: Decimal, ceilings: Decimal, law: Decimal, lower: Decimal
) -> None:
    lower, law = sorted((lower, law))
    choice = Choice(basis=basis, own_sek=own, reason="skäl")
    found = [assess(figures, choice, ceilings_sek=ceilings, limit_sek=limit) for limit in (lower, law)]
    assert found[0].is_below <= found[1].is_below


@given(value=SEK, law=SEK, lower=SEK)
def test_a_lower_threshold_never_frees_from_a_duty(value: Decimal, law: Decimal, lower: Decimal) -> None:
    lower, law = sorted((lower, law))
    strict, free = replace(LIMIT, value=lower), replace(LIMIT, value=law)
    assert needs_documentation(value, strict) >= needs_documentation(value, free)
    if regime_of(value, free) == "directive":
        assert regime_of(value, strict) == "directive"
