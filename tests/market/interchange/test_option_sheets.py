"""The options of a running agreement, pasted: what they say, and what is told of a row that can't be read."""

from datetime import date
from decimal import Decimal

import pytest

from config.ground.sheets import read_sheet
from market.interchange.agreement_words import Wrong
from market.interchange.option_sheets import ReadOptions, read_options
from market.rules.agreement_draft import OptionDraft

HEAD = "Delkontrakt;Option;Klausul;Värde (kr exkl. moms);Används senast;Förlänger till"
ROW = "Rotfrukter;Förlängning 12 månader;punkt 3.2;120 000,50;2027-09-30;2028-12-31"


def read(*rows: str) -> ReadOptions:
    return read_options(read_sheet("\n".join(rows).encode(), name="optioner.csv"))


def test_a_row_is_an_option_of_its_lot() -> None:
    assert read(HEAD, ROW) == ReadOptions(
        (
            OptionDraft(
                lot="Rotfrukter",
                what="Förlängning 12 månader",
                clause="punkt 3.2",
                value_sek=Decimal("120000.50"),
                last_day=date(2027, 9, 30),
                extends_to=date(2028, 12, 31),
            ),
        ),
        (),
    )


def test_an_option_need_not_extend_and_a_sum_is_none() -> None:
    found = read(HEAD, "Ägg;Mer volym;punkt 4;5 000;2027-01-31;", "Summa;;;5 000;;")
    assert [(each.lot, each.extends_to) for each in found.options] == [("Ägg", None)]
    assert not found.faults


def test_nothing_pasted_is_no_option() -> None:
    assert read("") == ReadOptions((), ())


@pytest.mark.parametrize(
    ("row", "column", "wrong"),
    [
        (ROW.replace("120 000,50", "mycket"), "Värde (kr exkl. moms)", Wrong.NO_NUMBER),
        (ROW.replace("120 000,50", "-5"), "Värde (kr exkl. moms)", Wrong.NO_NUMBER),
        (ROW.replace("120 000,50", ""), "Värde (kr exkl. moms)", Wrong.EMPTY),
        (ROW.replace("2027-09-30", "30/9"), "Används senast", Wrong.NO_DAY),
        (ROW.replace("2028-12-31", "2028-02-30"), "Förlänger till", Wrong.NO_DAY),
        (ROW.replace("punkt 3.2", ""), "Klausul", Wrong.EMPTY),
    ],
)
def test_what_can_not_be_read_is_told_by_row_and_column(row: str, column: str, wrong: Wrong) -> None:
    found = read(HEAD, row)
    assert not found.options
    assert [(each.line, each.column, each.wrong) for each in found.faults] == [(2, column, wrong)]


def test_values_with_vat_are_refused_and_headings_are_needed() -> None:
    with_vat = read(HEAD.replace("exkl.", "inkl."), ROW)
    assert [each.wrong for each in with_vat.faults] == [Wrong.VAT_IN_CEILING]
    assert [each.wrong for each in read("Något;annat", ROW).faults] == [Wrong.NO_OPTION_HEADER]
