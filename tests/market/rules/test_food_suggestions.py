import pytest

from market.rules.food_suggestions import FoodName, base_forms, suggestions

FOODS = [
    FoodName("potato", "Potatis"),
    FoodName("carrot", "Morot"),
    FoodName("carrot_frozen", "Morot, fryst"),
    FoodName("apple", "Äpple"),
    FoodName("wheat_flour", "Vetemjöl"),
    FoodName("flour", "Mjöl"),
    FoodName("eggs", "Ägg"),
    FoodName("milk", "Mjölk", other=("Standardmjölk",)),
    FoodName("lentils_dry", "Linser, torkade"),
    FoodName("empty", "100 %"),
]


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Potatis Asterix EKO 10 kg säck", "potato"),
        ("KRAV-märkt potatis, tvättad", "potato"),
        ("Morötter, ekologiska 5 kg", "carrot"),
        ("Frysta morötter 2,5 kg", "carrot_frozen"),
        ("Färskpotatis", "potato"),
        ("Vetemjöl special 25 kg", "wheat_flour"),
        ("Dinkelmjöl", "flour"),
        ("Svenska äpplen klass 1", "apple"),
        ("Ägg från frigående höns 30-pack", "eggs"),
        ("Standardmjölk 3 % 1 l", "milk"),
        ("Röda linser, torkade", "lentils_dry"),
    ],
)
def test_brand_pack_and_certificate_say_nothing(text: str, best: str) -> None:
    assert suggestions(text, FOODS)[0].key == best


@pytest.mark.parametrize("text", ["Äppeljuice", "Potatisbullar", "Morotssoppa", "Diskmedel", "5 kg EKO", ""])
def test_what_begins_like_a_food_is_another_thing(text: str) -> None:
    assert suggestions(text, FOODS) == ()


def test_at_most_three_are_suggested_the_surest_first() -> None:
    many = [FoodName(f"potato_{number}", "Potatis" + " x" * 0) for number in range(5)]
    found = suggestions("Potatis", many)
    assert [each.key for each in found] == ["potato_0", "potato_1", "potato_2"]
    assert all(0 < each.score <= 1 for each in found)


def test_words_are_told_once_and_in_order() -> None:
    assert base_forms("Morötter och morot, 2 x 5 kg KRAV") == ("morot",)
