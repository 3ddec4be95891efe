from market.rules.allergens import Allergen


def test_there_are_the_fourteen_of_the_regulation() -> None:
    assert len(Allergen) == 14
    assert {"gluten", "milk", "sulphites", "molluscs"} <= set(Allergen)
