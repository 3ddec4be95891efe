"""Lines as cooks paste them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitchens.rules.pasting import Fault, in_base_unit, read_pasted

READ = [
    ("Morötter\t12 kg", ("Morötter", "12", "kg")),
    ("Morötter\t12\tkg", ("Morötter", "12", "kg")),
    ("Morötter;12,5;kg", ("Morötter", "12.5", "kg")),
    ("Morötter 12 kg", ("Morötter", "12", "kg")),
    ("Morötter: 12kg", ("Morötter", "12", "kg")),
    ("12 kg morötter", ("morötter", "12", "kg")),
    ("5 l mjölk", ("mjölk", "5", "l")),
    ("20 ägg", ("ägg", "20", "")),
    ("Mjölk 3 %\t40 liter", ("Mjölk 3 %", "40", "liter")),
    ("Mjölk 3 % 40 l", ("Mjölk 3 %", "40", "l")),
    ("Potatis, fast | 1 200 kg", ("Potatis, fast", "1200", "kg")),
    ("4711\tMorötter\t12 kg\t8,50", ("Morötter", "12", "kg")),
    ("Ägg   5 Dussin", ("Ägg", "5", "dussin")),
    ("Gul lök\tEKO\t10 kg", ("Gul lök EKO", "10", "kg")),
    ("Gul lök 10 kg\tgärna stora", ("Gul lök 10 kg gärna stora", None, "")),
    ("Persilja\t2 säckar", ("Persilja", "2", "säckar")),
    ("3 knippen dill", ("knippen dill", "3", "")),
]


@pytest.mark.parametrize(("line", "told"), READ)
def test_a_line_is_read(line: str, told: tuple[str, str | None, str]) -> None:
    (found,) = read_pasted(line)
    assert (found.name, found.quantity and str(found.quantity), found.unit) == told


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Morötter", Fault.NO_QUANTITY),
        ("12 kg", Fault.NO_NAME),
        ("12\tkg", Fault.NO_NAME),
        ("Morötter\t12\t8,50", Fault.SEVERAL_NUMBERS),
        ("Morötter\t12 kg\t3 säckar", Fault.SEVERAL_NUMBERS),
        ("Morötter\t1.000\tkg", Fault.THOUSANDS),
    ],
)
def test_a_line_that_is_not_understood_says_why(line: str, fault: Fault) -> None:
    assert [each.fault for each in read_pasted(line)] == [fault]


def test_headings_and_empty_lines_are_passed_over_and_lines_keep_their_number() -> None:
    found = read_pasted("\ufeffVara\tAntal\n\nMorot\t3\n  \nLök\t2")
    assert [(each.number, each.name) for each in found] == [(3, "Morot"), (5, "Lök")]
    assert read_pasted("Morot")[0].fault is Fault.NO_QUANTITY


@pytest.mark.parametrize(
    ("quantity", "unit", "base_unit", "found"),
    [
        ("12", "kg", "kg", "12"),
        ("12", "", "kg", "12"),
        ("500", "g", "kg", "0.5"),
        ("3", "hg", "kg", "0.3"),
        ("5", "dussin", "piece", "60"),
        ("5", "dl", "litre", "0.5"),
        ("5", "kg", "piece", Fault.OTHER_UNIT),
        ("5", "st", "kg", Fault.OTHER_UNIT),
        ("2", "säckar", "kg", Fault.BY_PACK),
        ("0.5", "g", "kg", Fault.TOO_FINE),
    ],
)
def test_a_quantity_in_the_products_own_unit(
    quantity: str, unit: str, base_unit: str, found: str | Fault
) -> None:
    told = in_base_unit(Decimal(quantity), unit=unit, base_unit=base_unit)
    assert told == (found if isinstance(found, Fault) else Decimal(found))


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault_of_ours(text: str) -> None:
    for line in read_pasted(text):
        assert (line.quantity is None) is (line.fault is not None)
