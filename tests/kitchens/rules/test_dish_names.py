"""Names on menus: the cases of docs/rules/menus.md."""

import pytest

from kitchens.rules.dish_names import bare_ingredient, claims_in, without_claims


@pytest.mark.parametrize(
    ("name", "claims", "left"),
    [
        ("Klimatsmart grönsakslasagnette", ("Klimatsmart",), "Grönsakslasagnette"),
        ("Linsgryta, klimatneutral", ("klimatneutral",), "Linsgryta"),
        ("Miljövänliga biffar", ("Miljövänliga",), "Biffar"),
        ("Climate-smart stew", ("Climate-smart",), "Stew"),
        ("CO2-neutral gröt", ("CO2-neutral",), "Gröt"),
        ("Klimatets dag: ärtsoppa", (), "Klimatets dag: ärtsoppa"),
        ("Linsgryta", (), "Linsgryta"),
    ],
)
def test_a_dish_tells_its_figure_and_does_not_praise_itself(
    name: str, claims: tuple[str, ...], left: str
) -> None:
    assert claims_in(name) == claims
    assert without_claims(name) == left


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("MellanMJÖLK 1,5% 10L  EKO", "mellanmjölk"),
        ("Linser röda Ekologiska", "linser röda"),
        ("Rotfruktsmix KRAV 2,5 kg", "rotfruktsmix"),
        ("Grönsaksfärs  (Grönsaksbas)", "grönsaksfärs grönsaksbas"),
        ("SEJfilé MSC", "sejfilé"),
        ("MSC", ""),
    ],
)
def test_an_ingredient_without_its_trimmings(printed: str, bare: str) -> None:
    assert bare_ingredient(printed) == bare
