"""A ledger's columns are guessed by their headings."""

import pytest

from orders.rules.ledger_headings import guess_columns, reads_all


def test_a_municipal_ledger_is_known() -> None:
    headings = [
        "Enhet",
        "Bokföringsdatum",
        "Leverantör",
        "Org.nr",
        "Konto",
        "Fakturanr",
        "Text",
        "Belopp",
        "",
    ]
    assert guess_columns(headings) == {
        "buyer": "Enhet",
        "period": "Bokföringsdatum",
        "supplier_name": "Leverantör",
        "supplier_number": "Org.nr",
        "category": "Konto",
        "invoice_number": "Fakturanr",
        "product_text": "Text",
        "amount": "Belopp",
    }


def test_a_heading_is_given_away_once_and_a_part_of_a_word_will_do() -> None:
    assert guess_columns(["Belopp exkl moms", "Leverantörens namn"]) == {
        "amount": "Belopp exkl moms",
        "supplier_name": "Leverantörens namn",
    }


def test_what_no_word_fits_is_left_to_the_officer() -> None:
    assert guess_columns(["Xyz", "  "]) == {}


@pytest.mark.parametrize(("columns", "fits"), [(["enhet", "Belopp"], True), (["Enhet", "Summa"], False)])
def test_a_saved_mapping_fits_a_file_that_has_all_its_columns(columns: list[str], fits: bool) -> None:
    assert reads_all(columns, ["Enhet", "BELOPP", "Konto"]) is fits
