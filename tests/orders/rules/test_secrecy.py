"""What is withheld of a case: the kind and the supplier that a mask names, and nothing else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.rules.secrecy import (
    Ground,
    Mask,
    Maskable,
    Record,
    Secret,
    Sheet,
    SheetColumn,
    Withheld,
    is_sealed,
    maskable,
    masked,
)

COLUMNS = (
    SheetColumn("product", "Vara"),
    SheetColumn("price", "Pris", Secret.PRICES),
    SheetColumn("by", "Av", Secret.PEOPLE),
)
SHEET = Sheet(
    "prices",
    "Priser",
    COLUMNS,
    (
        Record(("Potatis", Decimal(12), "Anna"), supplier_id=1),
        Record(("Morot", Decimal(9), None), supplier_id=2),
        Record(("Ägg", None, ""), supplier_id=3),
    ),
)
OSL = "31 kap. 16 § OSL"


def mask(secret: Secret = Secret.PRICES, supplier_id: int | None = 1) -> Mask:
    return Mask(secret, supplier_id, Ground.BUSINESS, OSL)


def values(*masks: Mask) -> list[tuple[object, ...]]:
    (sheet,) = masked((SHEET,), masks)
    return [record.values for record in sheet.records]


@pytest.mark.parametrize(("decided", "sealed"), [(False, True), (True, False)])
def test_a_case_is_sealed_until_its_award_is_decided(*, decided: bool, sealed: bool) -> None:
    assert is_sealed(award_decided=decided) is sealed


def test_what_may_be_withheld_is_what_has_a_value() -> None:
    assert set(maskable([SHEET])) == {
        Maskable(Secret.PRICES, 1),
        Maskable(Secret.PRICES, 2),
        Maskable(Secret.PEOPLE, None),
    }


def test_without_a_mask_all_is_handed_out() -> None:
    assert masked((SHEET,), ()) == (SHEET,)


def test_one_suppliers_prices_are_withheld_and_the_others_not() -> None:
    found = values(mask())
    assert found[0] == ("Potatis", Withheld(OSL), "Anna")
    assert found[1:] == [record.values for record in SHEET.records[1:]]


def test_all_suppliers_prices_are_withheld_where_no_supplier_is_named() -> None:
    assert [row[1] for row in values(mask(supplier_id=None))] == [Withheld(OSL), Withheld(OSL), None]


def test_people_are_withheld_in_every_row() -> None:
    assert [row[2] for row in values(mask(Secret.PEOPLE, None))] == [Withheld(OSL), None, ""]


@given(
    st.lists(st.builds(mask, st.sampled_from(Secret), st.one_of(st.none(), st.integers(1, 3)))),
    st.lists(st.builds(mask, st.sampled_from(Secret), st.one_of(st.none(), st.integers(1, 3)))),
)
def test_another_mask_never_shows_more(first: list[Mask], more: list[Mask]) -> None:
    def open_cells(masks: list[Mask]) -> set[tuple[int, int]]:
        return {
            (row, at)
            for row, cells in enumerate(values(*masks))
            for at, cell in enumerate(cells)
            if not isinstance(cell, Withheld)
        }

    assert open_cells([*first, *more]) <= open_cells(first)
