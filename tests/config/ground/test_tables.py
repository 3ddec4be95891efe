"""Tables as CSV: read back they hold the same figures, and no cell is a formula."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.ground.tables import INTERNATIONAL, SWEDISH, Cell, Column, Variant, csv_lines

GOODS = [Column("Vara"), Column("Kronor"), Column("kg", places=3)]


def text_of(rows: Sequence[Sequence[Cell]], *, variant: Variant = SWEDISH, first: Sequence[str] = ()) -> str:
    return "".join(csv_lines(GOODS, rows, variant=variant, first_lines=first))


def test_a_swedish_table_has_mark_semicolon_and_comma() -> None:
    written = text_of([("Potatis; tvättad", Decimal("1234.5"), Decimal(20))], first=["Påhittade siffror"])
    assert written == ('\ufeffPåhittade siffror\r\nVara;Kronor;kg\r\n"Potatis; tvättad";1234,50;20,000\r\n')


def test_an_international_table_has_comma_and_point() -> None:
    written = text_of([("Potatis", Decimal(-5), None)], variant=INTERNATIONAL)
    assert written == "Vara,Kronor,kg\r\nPotatis,-5.00,\r\n"


def test_days_and_moments_are_swedens() -> None:
    moment = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    assert text_of([(date(2026, 12, 1), moment, 3)]).endswith("2026-12-01;2026-12-02 00:30:00;3\r\n")


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0@"])
def test_no_text_becomes_a_formula(begins: str) -> None:
    risky = f"{begins}cmd|' /C calc'!A0"
    rows = list(csv.reader(io.StringIO(text_of([(risky, None, None)]), newline=""), delimiter=";"))
    assert rows[1][0] == f"'{risky}"


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8"), max_size=20),
            st.decimals(-9_999_999, 9_999_999, places=2),
            st.decimals(0, 99_999, places=3) | st.none(),
        ),
        max_size=5,
    ),
    st.sampled_from([SWEDISH, INTERNATIONAL]),
)
def test_what_is_read_back_is_what_was_written(
    rows: list[tuple[str, Decimal, Decimal | None]], variant: Variant
) -> None:
    written = text_of(rows, variant=variant).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(written, newline=""), delimiter=variant.delimiter))[1:]

    def number(cell: str) -> Decimal | None:
        return Decimal(cell.replace(variant.decimal_mark, ".")) if cell else None

    assert [(number(row[1]), number(row[2])) for row in read] == [row[1:] for row in rows]
    assert [row[0].removeprefix("'") for row in read] == [row[0].removeprefix("'") for row in rows]
