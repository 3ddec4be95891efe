"""Recipe arithmetic: the cases of docs/rules/menus.md, E13 and E15 of the method among them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitchens.rules.menus import (
    Goods,
    Ingredient,
    Part,
    Recipe,
    RecipeLoop,
    Serving,
    WeightAs,
    dish_figures,
    needs_of,
    portion_weights,
)
from market.rules.climate import Factor

D = Decimal
NINE = D("0.000000001")


def factor(kg: str) -> Factor:
    return Factor("food", D(kg), None, None, "A", "example")


def goods(
    key: str, kg: str, weight_as: str = "purchased", edible: str = "1", cooked: str = "1"
) -> Ingredient:
    return Ingredient(key, D(kg), WeightAs(weight_as), D(edible), D(cooked))


def recipe(key: str, *what: Ingredient | Part, portions: str = "1") -> Recipe:
    return Recipe(
        key,
        D(portions),
        [each for each in what if isinstance(each, Ingredient)],
        [each for each in what if isinstance(each, Part)],
    )


def book(*recipes: Recipe) -> dict[str, Recipe]:
    return {each.key: each for each in recipes}


@pytest.mark.parametrize(
    ("ingredient", "kg", "co2e"),
    [
        (goods("potato", "0.150", "edible", "0.80"), "0.187500000", "0.031875000"),  # E15
        (goods("lentils", "0.120", "cooked", cooked="2.33"), "0.051502146", "0.046763948"),  # E15
        (goods("potato", "0.150", "purchased", "0.80", "0.9"), "0.150000000", "0.025500000"),  # gets neither
        (goods("potato", "0.150", "edible", "0.80", "0.9"), "0.187500000", "0.031875000"),  # no yield
        (goods("potato", "0.144", "cooked", "0.80", "0.9"), "0.200000000", "0.034000000"),  # both
    ],
)
def test_weights_are_divided_by_edible_share_and_by_yield(ingredient: Ingredient, kg: str, co2e: str) -> None:
    weights = portion_weights("dish", book(recipe("dish", ingredient)))
    factors = {"potato": Goods(factor("0.17")), "lentils": Goods(factor("0.908"))}
    assert weights[ingredient.key].quantize(NINE) == D(kg)
    assert dish_figures(weights, factors).climate.co2e_kg.quantize(NINE) == D(co2e)


SAUCE = recipe("sauce", goods("cream", "2"), goods("flour", "0.5"), portions="50")
MASH = recipe("mash", goods("potato", "20"), goods("cream", "1"), portions="100")
DISH = recipe(
    "dish",
    goods("beef", "8"),
    goods("flour", "1"),
    Part("sauce", D(100)),
    Part("mash", D(100)),
    portions="100",
)


def test_a_recipe_in_a_recipe_goes_in_by_portions() -> None:
    assert portion_weights("dish", book(SAUCE, MASH, DISH)) == {
        "beef": D("0.08"),
        "flour": D("0.02"),  # 0.01 of its own and 0.01 of the sauce
        "cream": D("0.05"),
        "potato": D("0.2"),
    }


def test_a_menu_needs_each_goods_once() -> None:
    menu = [Serving("dish", D(300)), Serving("mash", D(50)), Serving("sauce", D(0))]
    assert needs_of(menu, book(SAUCE, MASH, DISH)) == {
        "beef": D(24),
        "flour": D(6),
        "cream": D("15.5"),
        "potato": D(70),
    }
    assert needs_of([], {}) == {}


@pytest.mark.parametrize(
    ("recipes", "path"),
    [
        (book(recipe("a", Part("a", D(1)))), ("a", "a")),
        (
            book(recipe("a", Part("b", D(1))), recipe("b", Part("c", D(1))), recipe("c", Part("b", D(1)))),
            ("b", "c", "b"),
        ),
    ],
)
def test_a_loop_is_refused_with_its_way_round(recipes: dict[str, Recipe], path: tuple[str, ...]) -> None:
    with pytest.raises(RecipeLoop) as refused:
        portion_weights("a", recipes)
    assert refused.value.path == path


def test_a_recipe_that_is_not_there_or_makes_nothing_is_no_zero() -> None:
    with pytest.raises(KeyError):
        portion_weights("a", {})
    with pytest.raises(ValueError, match="no portions"):
        portion_weights("a", book(recipe("a", portions="0")))


@given(
    st.lists(st.decimals("0.001", "50", places=3), min_size=1, max_size=5),
    st.integers(1, 500),
    st.integers(0, 900),
)
def test_needs_scale_with_portions(weights: list[Decimal], portions: int, served: int) -> None:
    dish = recipe(
        "dish", *(Ingredient(str(number), kg) for number, kg in enumerate(weights)), portions=str(portions)
    )
    needs = needs_of([Serving("dish", D(served))], book(dish))
    for number, kg in enumerate(weights):
        assert abs(needs[str(number)] - kg * served / portions) < D("1e-18")


def test_a_dish_tells_what_its_figures_cover() -> None:
    figures = dish_figures(
        {"sausage": D("0.10"), "potato": D("0.25"), "salt": D("0.05"), "rye": D("0.10")},
        {
            "sausage": Goods(factor("4.6"), D(80), "SE"),
            "potato": Goods(factor("0.17"), D(9), "SE"),
            "rye": Goods(factor("0"), None, "DK"),
        },
    )
    assert figures.climate.co2e_kg == D("0.5025")
    assert figures.climate.covered_share_mass == D("0.9")  # a factor of 0 covers, a missing one does not
    assert figures.comparable
    assert (figures.sek, figures.sek_covered_share) == (D("10.25"), D("0.7"))
    assert figures.countries == {"SE": D("0.7"), "DK": D("0.2")}
    assert figures.country_covered_share == D("0.9")


def test_nothing_covers_nothing() -> None:
    figures = dish_figures({}, {})
    assert (figures.sek_covered_share, figures.country_covered_share) == (D(0), D(0))
    assert not figures.countries
    assert not figures.comparable
