"""A seller's words are met by a rule or left alone; a wrong food is worse than none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.rules.food_names import Fit, FoodNames, FoodRule, Match, WordBook, base_words

BOOK = WordBook(
    base_forms={"chkn": "chicken", "fresh": "", "ww": "whole wheat", "leaves": "leaf", "whl": "whole"},
    changing=frozenset({"canned", "frozen", "juice", "muffin", "ring", "sweet"}),
    states=frozenset({"canned", "frozen"}),
)


def rule(words: str, food_key: str, *, fit: Fit = Fit.SAME, may: str = "") -> FoodRule:
    return FoodRule(frozenset(words.split()), food_key, fit, frozenset(may.split()))


NAMES = FoodNames(
    [
        rule("apple", "apple"),
        rule("juice apple", "apple_juice", may="frozen"),
        rule("potato", "potato"),
        rule("potato sweet", "sweet_potato"),
        rule("green bean", "green_beans"),
        rule("green bean frozen", "green_beans_frozen"),
        rule("onion", "onion"),
        rule("bread whole wheat", "bread_wholegrain"),
        rule("plum", "plum"),
        rule("nectarine", "peach", fit=Fit.NEAR),
        rule("onion stick", "", fit=Fit.NONE),
    ],
    book=BOOK,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Potatoes, Sweet", ("potato", "sweet")),
        ("BERRIES & peaches", ("berry", "peach")),
        ("Entrée", ("entree",)),
        ("Chkn Thighs 4/10#", ("chicken", "thigh")),
        ("Milk 1% 1/2pt", ("milk", "1%", "pt")),
        ("Fresh bread WW", ("bread", "whole", "wheat")),
        ("Lettuce leaves", ("lettuce", "leaf")),
        ("asparagus, hummus, swiss, pea", ("asparagus", "hummus", "swiss", "pea")),
        ("boxes of radishes", ("box", "of", "radish")),
        ("", ()),
        ("12/46 #", ()),
    ],
)
def test_text_becomes_base_words(text: str, words: tuple[str, ...]) -> None:
    assert base_words(text, book=BOOK) == words


@pytest.mark.parametrize(
    ("text", "food_key"),
    [
        pytest.param("Apples, Gala", "apple", id="one word is enough"),
        pytest.param("apple, canned", None, id="canned makes another food"),
        pytest.param("Juice, apple", "apple_juice", id="the rule that names the changing word"),
        pytest.param("juice, apple, frozen", "apple_juice", id="a state that the rule allows"),
        pytest.param("juice, apple, canned", None, id="a state that the rule doesn't allow"),
        pytest.param("potato, sweet, wedge", "sweet_potato", id="most words win"),
        pytest.param("muffin, sweet potato", None, id="the head says what it is"),
        pytest.param("pepper, onion", None, id="a rule must name a word of the head"),
        pytest.param("onion ring", None, id="a changing word without comma"),
        pytest.param("apple plum", None, id="two rules of equal weight disagree"),
        pytest.param("onion, stick", None, id="stated as no food of the set"),
        pytest.param("green bean, frozen", "green_beans_frozen", id="frozen"),
        pytest.param("bread ww", "bread_wholegrain", id="a short form of two words"),
        pytest.param("gravel", None, id="nothing fits"),
        pytest.param("", None, id="nothing said"),
        pytest.param(", apple", "apple", id="an empty head is no head"),
    ],
)
def test_words_name_a_food_or_nothing(text: str, food_key: str | None) -> None:
    match = NAMES.food_of(text)
    assert (match and match.food_key) == food_key


def test_a_state_in_the_sellers_text_counts_though_the_label_leaves_it_out() -> None:
    assert NAMES.food_of("green bean", beside="Veg Green Beans #10 Canned") is None
    assert NAMES.food_of("green bean", beside="BEANS GREEN FROZEN") == Match("green_beans_frozen", Fit.SAME)


def test_only_states_are_taken_from_the_text_beside() -> None:
    assert NAMES.food_of("apple", beside="apple muffin") == Match("apple", Fit.SAME)


def test_a_near_food_says_so() -> None:
    assert NAMES.food_of("Nectarines") == Match("peach", Fit.NEAR)


@given(st.lists(st.sampled_from(["Apple", "potato", "SWEET", "juice", "frozen", "onion", "x"]), max_size=5))
def test_order_case_and_plural_change_nothing(words: list[str]) -> None:
    text = " ".join(words)
    assert NAMES.food_of(text) == NAMES.food_of(" ".join(reversed(words)).upper())


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    match = NAMES.food_of(text)
    assert match is None or match.food_key
