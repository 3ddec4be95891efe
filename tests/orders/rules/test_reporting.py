"""A report's whole: sums of its parts, ratios of sums, and unknown that is never zero."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.rules.periods import month_of
from orders.rules.reporting import Column, Kind, Part, Report, Told, Whole, ratio, whole_of

COLUMNS = (
    Column("supplier", "Leverantör", Kind.WORDS),
    Column("sek", "Kronor", Kind.SEK, Whole.SUM),
    Column("kg", "Vikt", Kind.KG, Whole.SUM),
    Column("per_kg", "Kronor per kg", Kind.SEK_PER_KG, Whole.RATIO, ratio_of=("sek", "kg")),
    Column("first", "Första dag", Kind.DAY),
)


def part(name: str, sek: str | None, kg: str | None) -> Part:
    known = [None if text is None else Decimal(text) for text in (sek, kg)]
    return Part(key=name, cells=(name, *known, ratio(*known), None))


def test_a_whole_is_the_sum_and_its_ratio_is_of_the_sums() -> None:
    whole = whole_of(COLUMNS, [part("A", "100", "10"), part("B", "100", "40")], name="Summa")
    assert whole.cells == ("Summa", Decimal(200), Decimal(50), Decimal(4), None)


def test_what_is_not_known_is_left_out_and_all_unknown_is_unknown() -> None:
    whole = whole_of(COLUMNS, [part("A", "100", None), part("B", "50", None)], name="Summa")
    assert whole.cells == ("Summa", Decimal(150), None, None, None)


def test_nothing_divides_by_nothing() -> None:
    assert ratio(Decimal(1), Decimal(0)) is None
    assert ratio(Decimal(1), None) is None
    assert ratio(None, Decimal(1)) is None
    assert ratio(3, 4, times=1000) == 750


@given(st.lists(st.decimals(min_value=-1000, max_value=1000, places=2), max_size=20), st.integers(0, 20))
def test_the_wholes_of_two_halves_sum_to_the_whole(figures: list[Decimal], cut: int) -> None:
    parts = [part(str(at), str(figure), "1") for at, figure in enumerate(figures)]
    halves = [whole_of(COLUMNS, half, name="").cells[1] or 0 for half in (parts[:cut], parts[cut:])]
    whole = whole_of(COLUMNS, parts, name="").cells[1] or 0
    assert sum(Decimal(str(half)) for half in halves) == Decimal(str(whole))


def test_a_column_is_found_by_its_key() -> None:
    told = Told("Inköp", "Det som beställts", month_of(date(2026, 3, 2)), "beställt", "avrop")
    report = Report("inkop", told, COLUMNS, (part("A", "1", "2"), part("B", None, "3")))
    assert report.cells_of("sek") == [Decimal(1), None]
    with pytest.raises(KeyError):
        report.column("öre")
