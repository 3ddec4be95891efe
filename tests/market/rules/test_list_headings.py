import pytest

from market.rules.list_headings import (
    Field,
    columns_of,
    is_header,
    is_total,
    plain_heading,
    prices_a_kilo,
    says_packs,
    says_vat,
)


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (
            ["Vara", "Förpackning", "Antal", "Pris (kr/kg) exkl. moms"],
            {"product": 0, "pack": 1, "quantity": 2, "price": 3},
        ),
        (["\ufeffPRODUCT NAME", "Available kg", "Unit price"], {"product": 0, "quantity": 1, "price": 2}),
        (["Pris", "Lager", "Benämning", "Vara"], {"product": 3, "quantity": 1, "price": 0}),
        (["Mitt fält", "Antal"], {"quantity": 1}),
    ],
)
def test_columns_are_known_by_their_headings(headings: list[str], found: dict[str, int]) -> None:
    assert columns_of(headings) == {Field(name): at for name, at in found.items()}
    assert is_header(headings) is ({"product", "quantity"} <= set(found))


@pytest.mark.parametrize(
    ("heading", "plain"),
    [("Pris (kr/kg) exkl. moms", "pris"), ("Antal kg", "antal"), ("kg", "kg"), ("  À-pris: ", "à-pris")],
)
def test_a_heading_is_bared_of_its_asides(heading: str, plain: str) -> None:
    assert plain_heading(heading) == plain


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Pris inkl. moms", True),
        ("Price incl VAT", True),
        ("Pris exkl moms", False),
        ("Price ex VAT", False),
        ("Pris", None),
    ],
)
def test_what_a_heading_says_of_vat(heading: str, said: bool | None) -> None:
    assert says_vat(heading) is said


def test_packs_and_totals() -> None:
    assert prices_a_kilo("Pris kr/kg")
    assert prices_a_kilo("Kilopris")
    assert not prices_a_kilo("Pris kr")
    assert says_packs("Antal lådor")
    assert not says_packs("Antal kg")
    assert is_total(["", "Summa:", "120"])
    assert not is_total(["Sumpkarp", "1"])
    assert not is_total(["", ""])
