"""The stated English table: its form, and what it says of the foods that weigh most in a real file."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from orders.interchange.food_tables import food_names, food_rules, word_book
from orders.interchange.purchase_mapping import SHIPPED, MappingUnreadable
from orders.rules.food_names import Fit

FACTORS = Path(__file__).resolve().parents[3] / "market" / "data" / "climate_factors.csv"


def test_every_food_of_the_table_is_in_the_factor_set() -> None:
    with FACTORS.open(encoding="utf-8", newline="") as file:
        known = {row["food_key"] for row in csv.DictReader(file)}
    told = {rule.food_key for rule in food_rules("en", book=word_book("en")) if rule.fit is not Fit.NONE}
    assert told - known == set()


def test_no_two_rules_have_the_same_words() -> None:
    words = Counter(rule.words for rule in food_rules("en", book=word_book("en")))
    assert [sorted(each) for each, times in words.items() if times > 1] == []


def test_a_rule_that_is_not_the_same_food_says_why() -> None:
    with (SHIPPED / "food_names_en.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert bool(row["food_key"]) == (row["fit"] != "none"), row
            assert row["note"] or row["fit"] == "same", row


def test_a_language_without_a_table_is_told_so() -> None:
    with pytest.raises(MappingUnreadable, match="food_names_xx"):
        food_rules("xx", book=word_book("en"))


@pytest.mark.parametrize(
    ("label", "food_key"),
    [
        ("milk, 1%", "milk_semi"),
        ("milk, nonfat, chocolate", "milk_skimmed"),
        ("apple, sliced, ss, commodity", "apple"),
        ("juice, orange, ss", "orange_juice"),
        ("bread, whole wheat", "bread_wholegrain"),
        ("french fry", "french_fries_frozen"),
        ("bean, garbanzo, canned", "chickpeas_canned"),
        ("potato, sweet, wedge", "sweet_potato"),
        ("condiment, ketchup, ss", "ketchup"),
        ("tomato, grape", "tomato"),
        ("chicken, leg, bone-in, skin-on, raw, frozen", "chicken_whole"),
        # What has another food in it, or is made of several, has no factor: it stays uncovered.
        ("chicken, bite, breaded", None),
        ("meal kit, cereal, cracker", None),
        ("pizza, slice", None),
        ("water, ss", None),
        ("muffin, sweet potato, oatmeal", None),
        ("spread, jelly, grape, canned", None),
        ("cookie, butter", None),
        ("baby food, carrot", None),
        ("peach, sliced, in juice, canned", None),
        ("salmon, keta, wild, fillet, skinless, boneless, raw, frozen", None),
        ("sugar, substitute, ss", None),
    ],
)
def test_labels_of_new_york(label: str, food_key: str | None) -> None:
    match = food_names("en").food_of(label)
    assert (match and match.food_key) == food_key
