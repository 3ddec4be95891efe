"""The cases of docs/rules/climate.md, "Beside each other"."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.climate import Factor, Footprint, Line, footprint
from market.rules.comparing import Bought, Figure, NotComparable, Why, added, bridge, check_comparable


def figure(
    covered_kg: str = "95", bare_kg: str = "5", *, basis: str = "delivered", factor_set: str = "S1"
) -> Figure:
    potato = Factor("potato", Decimal("0.17"), None, None, "A", "", factor_set=factor_set)
    lines = [Line(Decimal(covered_kg), Decimal(0), potato), Line(Decimal(bare_kg), Decimal(0), None)]
    return Figure(basis, factor_set, footprint(lines))


def bought(kg: str, kg_co2e_per_kg: str) -> Bought:
    return Bought(Decimal(kg), Decimal(kg) * Decimal(kg_co2e_per_kg))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        pytest.param(figure(basis="ordered"), Why.BASES, id="another view"),
        pytest.param(figure(factor_set="S2"), Why.SETS, id="another set"),
        pytest.param(figure("89.999", "10.001"), Why.COVERAGE, id="just below 90 %"),
        pytest.param(Figure("delivered", "S1", Footprint()), Why.NOTHING, id="nothing bought"),
    ],
)
def test_a_comparison_is_refused_with_its_reason(other: Figure, why: Why) -> None:
    for pair in ((figure(), other), (other, figure())):
        with pytest.raises(NotComparable) as refused:
            check_comparable(*pair)
        assert refused.value.why is why


def test_nine_tenths_of_the_mass_are_compared() -> None:
    check_comparable(figure(), figure("90", "10"))


def test_views_and_sets_are_never_added() -> None:
    assert added([figure(), figure()]).sums.kg_total == 200
    for other in (figure(basis="served"), figure(factor_set="S2")):
        with pytest.raises(NotComparable):
            added([figure(), other])
    with pytest.raises(ValueError, match="no figure"):
        added([])


def test_a_bridge_by_hand() -> None:
    before = {"beef": bought("10", "22"), "potato": bought("90", "0.2")}
    after = {"beef": bought("5", "20"), "potato": bought("90", "0.2"), "pea": bought("25", "0.4")}
    crossed = bridge(before, after)
    assert (crossed.before, crossed.after) == (Decimal("238.0"), Decimal("128.0"))
    assert crossed.quantity == Decimal("47.6")  # 20 kg more at 2.38
    assert crossed.factor == Decimal(-10)  # 5 kg beef at 20 and not 22
    assert crossed.difference == Decimal("-110.0")
    assert crossed.mix == Decimal("-147.6")  # 138.0 at the old factors, less 238 and 47.6


def test_a_bridge_from_nothing_is_none() -> None:
    with pytest.raises(NotComparable):
        bridge({}, {"pea": bought("25", "0.4")})


foods = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.builds(Bought, st.decimals("0.001", "1000000", places=3), st.decimals("0", "9999999", places=9)),
    min_size=1,
)


@given(before=foods, after=foods)
def test_the_three_parts_sum_to_the_difference_to_the_last_digit(
    before: dict[str, Bought], after: dict[str, Bought]
) -> None:
    crossed = bridge(before, after)
    assert crossed.quantity + crossed.mix + crossed.factor == crossed.difference


@given(before=foods, times=st.integers(1, 9))
def test_more_of_the_same_is_all_quantity(before: dict[str, Bought], times: int) -> None:
    after = {food: Bought(each.kg * times, each.co2e_kg * times) for food, each in before.items()}
    crossed = bridge(before, after)
    assert abs(crossed.factor) <= Decimal("0.00001")
    assert abs(crossed.mix) <= Decimal("0.00001")


def test_a_food_of_which_all_went_back_has_no_old_factor() -> None:
    before = {"beef": bought("0", "22"), "potato": bought("90", "0.2")}
    crossed = bridge(before, {"beef": bought("5", "20"), "potato": bought("90", "0.2")})
    assert crossed.factor == 0
