from datetime import UTC, datetime
from decimal import Decimal

import pytest

from config.ground.refusals import Refusal, all_refusals


class OutOfCheese(Refusal):
    code = "test_out_of_cheese"
    what = {"sv": "Osten är slut: {figure}.", "en": "No cheese: {figure}."}
    then = {"sv": "Ta {figure}.", "en": "Take {figure}."}


@pytest.mark.parametrize(
    ("figure", "swedish", "english"),
    [
        (Decimal("40.000"), "40", "40"),
        (Decimal("1234567.50"), "1\u00a0234\u00a0567,5", "1,234,567.5"),
        (Decimal("0.125"), "0,125", "0.125"),
        (Decimal("1E+3"), "1\u00a0000", "1,000"),
        (datetime(2026, 11, 27, 11, tzinfo=UTC), "2026-11-27 12:00", "2026-11-27 12:00"),
        ("Potatis", "Potatis", "Potatis"),
    ],
)
def test_figures_are_told_as_they_are_read(figure: object, swedish: str, english: str) -> None:
    refusal = OutOfCheese(figure=figure)
    assert refusal.sentence("sv") == f"Osten är slut: {swedish}."
    assert refusal.sentence("en-gb") == f"No cheese: {english}."
    assert refusal.next_step("sv") == f"Ta {swedish}."


def test_every_refusal_has_its_words_in_both_languages() -> None:
    for refusal in all_refusals().values():
        assert set(refusal.what) == set(refusal.then) == {"sv", "en"}, refusal
