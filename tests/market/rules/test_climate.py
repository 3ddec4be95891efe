"""The cases of docs/rules/climate.md. E01 to E15 are worked examples of the method, own factors inside."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.climate import (
    Factor,
    Footprint,
    Line,
    RecipePart,
    RecipeRefused,
    SetsMixed,
    footprint,
    purchased_kg,
    recipe_factor,
    returned,
    together,
)
from market.rules.quantities import BaseUnit, Pack, kg_of


def factor(kg_co2e_per_kg: str, food_key: str = "food") -> Factor:
    return Factor(food_key, Decimal(kg_co2e_per_kg), None, None, "A", "example")


def line(kg: str | None, factor_of_food: Factor | None, net_sek: str = "100.00") -> Line:
    return Line(None if kg is None else Decimal(kg), Decimal(net_sek), factor_of_food)


POTATO = factor("0.17", "potato")
MILK = factor("1.157", "milk")
EGG = factor("1.723", "egg")
PORK, BEEF, STARCH, WATER = factor("4.6"), factor("22.44"), factor("1.682"), factor("0")


def test_e01_kilograms_times_factor() -> None:
    found = footprint([line("250", POTATO)])
    assert found.co2e_kg == Decimal("42.50")
    assert found.covered_share_mass == 1


def test_e02_litres_through_density() -> None:
    kg = kg_of(packs=Decimal(200), pack=Pack(BaseUnit.LITRE, Decimal(1), Decimal("1.030")))
    assert kg == Decimal("206.000")
    assert footprint([Line(kg, Decimal(0), MILK)]).co2e_kg == Decimal("238.342000")


def test_e03_pieces_through_declared_piece_weight() -> None:
    kg = kg_of(packs=Decimal(360), pack=Pack(BaseUnit.PIECE, Decimal(1), Decimal("0.058")))
    assert kg == Decimal("20.880")
    assert footprint([Line(kg, Decimal(0), EGG)]).co2e_kg == Decimal("35.976240")


def test_e10_a_factor_of_zero_is_a_value() -> None:
    found = footprint([line("100", WATER), line("100", POTATO)])
    assert found.co2e_kg == Decimal("17.00")
    assert found.covered_share_mass == 1
    assert found.kg_per_kg_of_covered == Decimal("0.085")


def test_e11_a_missing_factor_is_a_share_not_covered_and_never_zero() -> None:
    found = footprint([line("60", POTATO), line("30", factor("1.16")), line("10", None)])
    assert found.co2e_kg == Decimal("45.00")
    assert found.covered_share_mass == Decimal("0.9")
    assert found.kg_per_kg_of_covered == Decimal("0.5")
    assert found.scaled_estimate_kg == 50


def test_e13_a_mixed_product_by_its_declared_recipe() -> None:
    sausage = recipe_factor(
        food_key="sausage",
        parts=[
            RecipePart(Decimal("0.30"), PORK),
            RecipePart(Decimal("0.15"), BEEF),
            RecipePart(Decimal("0.05"), STARCH),
            RecipePart(Decimal("0.40"), WATER),
            RecipePart(Decimal("0.10"), None),
        ],
        basis="declared recipe",
    )
    assert (sausage.kg_co2e_per_kg, sausage.covered_share) == (Decimal("4.83010"), Decimal("0.90"))
    bought = footprint([line("25", sausage)])
    assert bought.co2e_kg == Decimal("120.75250")
    assert bought.covered_share_mass == Decimal("0.90")
    assert bought.covered_share_value == Decimal("0.90")
    assert bought.covered_share_lines == 0


def test_e15_edible_share_and_cooking_yield_are_divided_by() -> None:
    potato_kg = purchased_kg(kg=Decimal("0.150"), edible_share=Decimal("0.80"))
    assert potato_kg == Decimal("0.1875")
    assert footprint([Line(potato_kg, Decimal(0), POTATO)]).co2e_kg == Decimal("0.031875")
    lentils_kg = purchased_kg(kg=Decimal("0.120"), cooked_per_raw=Decimal("2.33"))
    assert round(lentils_kg, 9) == Decimal("0.051502146")
    assert round(footprint([Line(lentils_kg, Decimal(0), factor("0.908"))]).co2e_kg, 9) == Decimal(
        "0.046763948"
    )


def test_a_recipe_in_purchased_weight_is_left_as_it_is() -> None:
    assert purchased_kg(kg=Decimal("0.150")) == Decimal("0.150")


@pytest.mark.parametrize(("edible_share", "cooked_per_raw"), [("0", "1"), ("1.01", "1"), ("1", "0")])
def test_a_yield_that_can_not_be_is_refused(edible_share: str, cooked_per_raw: str) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        purchased_kg(
            kg=Decimal(1),
            edible_share=Decimal(edible_share),
            cooked_per_raw=Decimal(cooked_per_raw),
        )


@pytest.mark.parametrize(
    ("shares", "accepted"),
    [
        pytest.param(["0.5", "0.5"], True, id="whole"),
        pytest.param(["0.5", "0.499"], True, id="within a thousandth"),
        pytest.param(["0.5", "0.501"], True, id="a thousandth too much"),
        pytest.param(["0.5", "0.4989"], False, id="too little"),
        pytest.param(["0.5", "0.5011"], False, id="too much"),
        pytest.param(["1.2", "-0.2"], False, id="a negative share"),
        pytest.param([], False, id="no recipe at all"),
    ],
)
def test_the_shares_of_a_recipe_make_a_whole(*, shares: list[str], accepted: bool) -> None:
    parts = [RecipePart(Decimal(share), PORK) for share in shares]
    if accepted:
        assert recipe_factor(food_key="dish", parts=parts, basis="").covered_share <= 1
        return
    with pytest.raises(RecipeRefused, match="'dish' sum to"):
        recipe_factor(food_key="dish", parts=parts, basis="")


def test_a_dish_inherits_what_its_ingredient_does_not_cover() -> None:
    half_known = recipe_factor(
        food_key="sausage",
        parts=[RecipePart(Decimal("0.5"), PORK), RecipePart(Decimal("0.5"), None)],
        basis="",
    )
    dish = recipe_factor(
        food_key="stew",
        parts=[RecipePart(Decimal("0.4"), half_known), RecipePart(Decimal("0.6"), POTATO)],
        basis="",
    )
    assert dish.covered_share == Decimal("0.8")
    assert dish.kg_co2e_per_kg == Decimal("0.4") * Decimal("2.3") + Decimal("0.6") * Decimal("0.17")


def test_a_line_without_weight_counts_in_lines_and_money_only() -> None:
    found = footprint([line("10", POTATO, "300.00"), line(None, MILK, "100.00")])
    assert found.co2e_kg == Decimal("1.70")
    assert found.covered_share_mass == 1
    assert found.covered_share_value == Decimal("0.75")
    assert found.covered_share_lines == Decimal("0.5")
    assert (found.lines, found.lines_without_weight) == (2, 1)


def test_a_return_takes_its_weight_and_its_footprint_back() -> None:
    assert footprint([line("250", POTATO, "500.00"), line("-50", POTATO, "-100.00")]).co2e_kg == Decimal(
        "34.00"
    )


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([], id="nothing bought"),
        pytest.param([line("10", POTATO, "100"), line("-10", POTATO, "-100")], id="everything returned"),
        pytest.param([line("-10", POTATO, "-100")], id="only a return"),
        pytest.param([line("100", POTATO, "100"), line("-10", None, "-10")], id="more covered than there is"),
        pytest.param([line("-10", POTATO, "-10"), line("100", None, "100")], id="less than nothing covered"),
    ],
)
def test_sums_that_make_no_share_show_none(lines: list[Line]) -> None:
    found = footprint(lines)
    assert (found.covered_share_mass, found.covered_share_value, found.scaled_estimate_kg) == (
        None,
        None,
        None,
    )
    assert not found.may_compare


def test_goods_without_any_factor_have_no_figure_per_kilogram() -> None:
    found = footprint([line("10", None)])
    assert found.covered_share_mass == 0
    assert found.kg_per_kg_of_covered is None
    assert found.scaled_estimate_kg is None


@pytest.mark.parametrize(
    ("covered", "rest", "comparable"),
    [
        pytest.param("90", "10", True, id="90 %"),
        pytest.param("89.999", "10.001", False, id="just below"),
        pytest.param("88", "12", False, id="88 % as in the trade's case 74"),
    ],
)
def test_below_nine_tenths_of_the_mass_nothing_is_compared(
    *, covered: str, rest: str, comparable: bool
) -> None:
    assert footprint([line(covered, POTATO), line(rest, None)]).may_compare is comparable


kilograms = st.decimals("-500", "5000", places=3)
lines_made = st.lists(
    st.builds(
        Line,
        kg=st.none() | kilograms,
        net_sek=st.decimals("-5000", "50000", places=2),
        factor=st.none() | st.builds(factor, st.decimals("0", "40", places=4).map(str)),
    ),
    max_size=20,
)


@given(lines=lines_made, cut=st.integers(0, 20))
def test_a_year_is_the_ratio_of_its_sums_and_not_of_its_months(lines: list[Line], cut: int) -> None:
    months = [footprint(lines[:cut]), footprint(lines[cut:])]
    assert together(months) == footprint(lines)


@given(lines=lines_made)
def test_what_is_bought_and_sent_back_leaves_no_footprint(lines: list[Line]) -> None:
    back = [Line(None if each.kg is None else -each.kg, -each.net_sek, each.factor) for each in lines]
    found = footprint([*lines, *back])
    assert not any((found.co2e_kg, found.kg_total, found.kg_covered, found.net_sek_total))


@given(lines=lines_made)
def test_shares_lie_between_nothing_and_all(lines: list[Line]) -> None:
    found = footprint(lines)
    for share in (found.covered_share_mass, found.covered_share_value, found.covered_share_lines):
        assert share is None or 0 <= share <= 1


@given(kg=st.decimals("0.001", "5000", places=3), lines=lines_made)
def test_goods_without_factor_never_change_the_covered_figure(kg: Decimal, lines: list[Line]) -> None:
    before, after = footprint(lines), footprint([*lines, Line(kg, Decimal(0), None)])
    assert (after.co2e_kg, after.kg_per_kg_of_covered) == (before.co2e_kg, before.kg_per_kg_of_covered)
    assert after.kg_total == before.kg_total + kg


def test_no_footprints_together_are_an_empty_one() -> None:
    assert together([]) == Footprint()


def of_set(code: str) -> Factor:
    return Factor("potato", Decimal("0.17"), None, None, "A", "", factor_set=code)


def test_factors_of_two_sets_are_never_in_one_figure() -> None:
    bought = [Line(Decimal(1), Decimal(0), of_set("S1")), Line(Decimal(1), Decimal(0), POTATO)]
    assert footprint(bought).lines_covered == 2
    with pytest.raises(SetsMixed, match="S1 and S2"):
        footprint([*bought, Line(Decimal(1), Decimal(0), of_set("S2"))])
    with pytest.raises(SetsMixed):
        recipe_factor(
            food_key="mash",
            parts=[RecipePart(Decimal("0.5"), of_set("S1")), RecipePart(Decimal("0.5"), of_set("S2"))],
            basis="",
        )


def test_a_return_carries_the_factor_of_the_line_that_it_reverses() -> None:
    bought = line("250", POTATO, "500.00")
    back = returned(bought, kg=Decimal(50), net_sek=Decimal("100.00"))
    assert back.factor is bought.factor
    assert footprint([bought, back]).co2e_kg == Decimal("34.00")
    assert returned(line(None, MILK), kg=None, net_sek=Decimal(1)).kg is None


@pytest.mark.parametrize(("kg", "net_sek"), [("250.001", "1"), ("-1", "1"), ("1", "-1")])
def test_more_than_came_is_not_sent_back(kg: str, net_sek: str) -> None:
    with pytest.raises(ValueError, match="what came"):
        returned(line("250", POTATO), kg=Decimal(kg), net_sek=Decimal(net_sek))
