"""The cases of docs/rules/climate.md, "Recipes"."""

from decimal import Decimal

import pytest

from market.rules.climate import Factor, Footprint, Line, RecipeRefused, footprint
from market.rules.recipes import Food, Part, Recipe, State, bought_kg, leaves, sums_of


def food(key: str, kg_co2e_per_kg: str | None, edible: str | None = None, cooked: str | None = None) -> Food:
    factor = None if kg_co2e_per_kg is None else Factor(key, Decimal(kg_co2e_per_kg), None, None, "A", "")
    return Food(
        key, factor, None if edible is None else Decimal(edible), None if cooked is None else Decimal(cooked)
    )


def part(of: Food | Recipe, amount: str | None, state: State = State.PURCHASED) -> Part:
    return Part(of, None if amount is None else Decimal(amount), state)


def by_share(*parts: Part, key: str = "sausage") -> Recipe:
    return Recipe(key, parts, by_share=True)


def by_weight(*parts: Part, out_kg: str | None = None) -> Recipe:
    return Recipe("stew", parts, by_share=False, out_kg=None if out_kg is None else Decimal(out_kg))


def sums(recipe: Recipe, kg: str | None) -> Footprint:
    found = leaves(recipe, kg=None if kg is None else Decimal(kg))
    return footprint(Line(each.kg, Decimal(0), each.food.factor) for each in found)


POTATO = food("potato", "0.17", edible="0.80")
LENTILS = food("lentils", "0.908", cooked="2.33")
SAUSAGE = by_share(
    part(food("pork", "4.6"), "0.30"),
    part(food("beef", "22.44"), "0.15"),
    part(food("starch", "1.682"), "0.05"),
    part(food("water", "0"), "0.40"),
    part(food("spice", None), "0.10"),
)


def test_e13_a_product_by_its_declared_shares() -> None:
    found = sums(SAUSAGE, "25")
    assert found.co2e_kg == Decimal("120.75250")
    assert found.covered_share_mass == Decimal("0.90")
    assert sums(SAUSAGE, None).co2e_kg == Decimal("4.83010")


def test_e15_edible_and_cooked_weights_become_bought_weights() -> None:
    plate = by_weight(part(POTATO, "0.150", State.EDIBLE), part(LENTILS, "0.120", State.COOKED))
    potato, lentils = leaves(plate, kg=None)
    assert potato.kg == Decimal("0.1875")
    assert lentils.kg is not None
    assert round(lentils.kg, 9) == Decimal("0.051502146")
    assert round(sums(plate, None).co2e_kg, 9) == Decimal("0.031875") + Decimal("0.046763948")


def test_a_weight_as_bought_gets_neither() -> None:
    assert bought_kg(POTATO, Decimal("0.150"), state=State.PURCHASED) == Decimal("0.150")


def test_a_cooked_food_with_peel_is_divided_by_both() -> None:
    carrot = food("carrot", "0.11", edible="0.80", cooked="0.856")
    kg = bought_kg(carrot, Decimal("0.6848"), state=State.COOKED)
    assert kg == Decimal(1)


@pytest.mark.parametrize("state", [State.EDIBLE, State.COOKED])
def test_a_state_that_nobody_can_turn_into_bought_weight_is_a_part_without_weight(state: State) -> None:
    found = sums(by_weight(part(food("swede", "0.2"), "1", state), part(POTATO, "1")), None)
    assert (found.lines_without_weight, found.kg_total) == (1, Decimal(1))
    assert found.covered_share_lines == Decimal("0.5")


def test_a_dish_inherits_what_its_ingredient_does_not_cover() -> None:
    dish = by_share(part(SAUSAGE, "0.5"), part(POTATO, "0.5"), key="dish")
    found = sums(dish, "10")
    assert found.covered_share_mass == Decimal("0.95")
    assert found.co2e_kg == Decimal("25.0005")


def test_a_recipe_by_weight_is_scaled_by_what_it_weighs_ready() -> None:
    boiled = by_weight(part(LENTILS, "1"), out_kg="2.33")
    assert sums(boiled, "4.66").kg_total == 2
    assert sums(by_weight(part(POTATO, "2"), part(LENTILS, "1")), "9").kg_total == 9


@pytest.mark.parametrize("inner", [by_weight(part(POTATO, None)), by_weight(part(POTATO, "0"))])
def test_a_part_whose_weight_is_not_known_leaves_the_scaled_whole_without_weight(inner: Recipe) -> None:
    assert [leaf.kg for leaf in leaves(by_weight(part(inner, "3")), kg=None)] == [None]
    assert [leaf.kg for leaf in leaves(by_weight(part(SAUSAGE, None)), kg=None)] == [None] * 5


@pytest.mark.parametrize(
    "recipe",
    [
        pytest.param(by_share(part(POTATO, "0.5"), part(POTATO, "0.4989")), id="shares too small"),
        pytest.param(by_share(part(POTATO, "0.5"), part(POTATO, "0.5011")), id="shares too large"),
        pytest.param(by_share(part(POTATO, "1.2"), part(POTATO, "-0.2")), id="a share below zero"),
        pytest.param(by_weight(), id="no part"),
        pytest.param(by_weight(part(POTATO, "1"), out_kg="0"), id="weighs nothing"),
        pytest.param(by_share(part(by_share(part(POTATO, "0.5")), "1")), id="a part that is refused"),
    ],
)
def test_what_is_no_recipe_is_refused(recipe: Recipe) -> None:
    with pytest.raises(RecipeRefused):
        leaves(recipe, kg=Decimal(1))


def test_a_recipe_nested_without_end_is_refused() -> None:
    nested = by_share(part(POTATO, "1"))
    for _ in range(7):
        nested = by_share(part(nested, "1"))
    assert sums(nested, "2").co2e_kg == Decimal("0.34")
    with pytest.raises(RecipeRefused, match="deeper"):
        leaves(by_share(part(nested, "1")), kg=Decimal(1))


@pytest.mark.parametrize(
    ("parts", "value_covered", "lines_covered"),
    [
        pytest.param([part(POTATO, "1"), part(LENTILS, "1")], "100", 1, id="all of it"),
        pytest.param([part(POTATO, "3"), part(food("spice", None), "1")], "75", 0, id="three parts of four"),
        pytest.param([part(POTATO, "3"), part(LENTILS, None)], "0", 0, id="one part not weighed"),
        pytest.param([part(food("spice", None), "1")], "0", 0, id="nothing"),
        pytest.param([part(POTATO, "0"), part(food("spice", None), "0")], "0", 0, id="of no weight"),
    ],
)
def test_a_recipe_is_one_line_and_its_value_is_covered_as_its_mass(
    parts: list[Part], value_covered: str, lines_covered: int
) -> None:
    found = sums_of(leaves(by_weight(*parts), kg=None), net_sek=Decimal(100))
    assert (found.net_sek_covered, found.lines, found.lines_covered) == (
        Decimal(value_covered),
        1,
        lines_covered,
    )
