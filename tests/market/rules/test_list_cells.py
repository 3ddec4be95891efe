from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.list_cells import Mark, PackSize, Unread, decimal_mark, read_figure, read_pack

D = Decimal


@pytest.mark.parametrize(
    ("text", "mark", "read"),
    [
        # docs/rules/lists.md
        ("1 234,50", None, "1234.50"),
        ("1\u00a0234,50 kr", None, "1234.50"),
        ("1.234,50", None, "1234.50"),
        ("1,234.50", None, "1234.50"),
        ("12,5", None, "12.5"),
        ("12.5", None, "12.5"),
        ("12:50", None, "12.50"),
        ("12:-", None, "12"),
        ("kr 18", None, "18"),
        ("18,50 kr/kg", None, "18.50"),
        ("ca 125 kg", None, "125"),
        ("-3", None, "-3"),
        ("\u22123,5", None, "-3.5"),
        ("1.234", Mark.COMMA, "1234"),
        ("1.234", Mark.POINT, "1.234"),
        ("1,234", Mark.COMMA, "1.234"),
        ("1.5", Mark.COMMA, "1.5"),
        ("0,125", Mark.COMMA, "0.125"),
        ("0,125", None, "0.125"),
        ("1.234.567", None, "1234567"),
        ("999999999", None, "999999999"),
    ],
)
def test_figures_as_people_write_them(text: str, mark: Mark | None, read: str) -> None:
    assert read_figure(text, mark=mark) == D(read)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Unread.EMPTY),
        (" \u00a0 ", Unread.EMPTY),
        ("1.234", Unread.AMBIGUOUS),
        ("1,234", Unread.AMBIGUOUS),
        ("1e400", Unread.NO_NUMBER),
        ("NaN", Unread.NO_NUMBER),
        ("Infinity", Unread.NO_NUMBER),
        ("slut", Unread.NO_NUMBER),
        ("🥔", Unread.NO_NUMBER),
        ("١٢", Unread.NO_NUMBER),
        ("1,2,3", Unread.NO_NUMBER),
        ("1.234.50", Unread.NO_NUMBER),
        ("1.234.567.8", Unread.NO_NUMBER),
        ("=1+1", Unread.NO_NUMBER),
        ("1\x002", Unread.NO_NUMBER),
        ("9" * 31, Unread.NO_NUMBER),
        ("1000000000", Unread.TOO_BIG),
        (".", Unread.NO_NUMBER),
    ],
)
def test_what_is_no_figure_is_never_guessed(text: str, why: Unread) -> None:
    assert read_figure(text, mark=None) is why


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1.234", "12,5"], Mark.COMMA),
        (["1.234", "12.50", "7"], Mark.POINT),
        (["1.234", "2.345"], None),
        (["1,5", "1.5"], None),
        (["1.234.567"], Mark.COMMA),
        (["1,234.5"], Mark.POINT),
        (["slut", ""], None),
        (["1.234.567.8"], None),
    ],
)
def test_a_column_tells_its_decimal_mark(cells: list[str], mark: Mark | None) -> None:
    assert decimal_mark(cells) is mark


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_never_fails(text: str) -> None:
    for mark in (None, *Mark):
        assert isinstance(read_figure(text, mark=mark), Decimal | Unread)
    assert read_pack(text) is None or read_pack(text).amount > 0  # type: ignore[union-attr]


@given(st.decimals(min_value=0, max_value=99999, places=2))
def test_a_swedish_figure_comes_back_as_it_was(value: Decimal) -> None:
    swedish = f"{value:,.2f}".replace(",", " ").replace(".", ",")
    assert read_figure(swedish, mark=None) == value


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("5 kg säck", PackSize(D(5), "kg")),
        ("ca 125 g", PackSize(D("0.125"), "kg", about=True)),
        ("styck ca 1,2 kg", PackSize(D("1.2"), "kg", about=True)),
        ("6x1,5 kg", PackSize(D(9), "kg")),
        ("12 × 33 cl", PackSize(D("3.96"), "litre")),
        ("låda 12 st", PackSize(D(12), "piece")),
        ("2,5\u00a0hg", PackSize(D("0.25"), "kg")),
        ("styck", PackSize(D(1), "piece")),
        ("10 l dunk", PackSize(D(10), "litre")),
        ("säck", None),
        ("0 kg", None),
        ("5 mil", None),
        ("x" * 61, None),
    ],
)
def test_packs_as_people_write_them(text: str, size: PackSize | None) -> None:
    assert read_pack(text) == size
