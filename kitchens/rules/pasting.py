"""Reading lines that a cook pastes from a spreadsheet or a message: "Morötter<TAB>12 kg", "5 l mjölk", "Ägg;60;st".

Nothing is guessed: a line with two numbers and no unit, or with "1.000", is told back and not ordered.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MOST_PASTED = 500
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_UNIT = r"[a-zåäö]+\.?"
_AMOUNT = re.compile(rf"({_NUMBER})\s*({_UNIT})?", re.IGNORECASE)
_CELLS = re.compile(r"\t|;|\||\s{3,}")
_THOUSANDS = re.compile(r"\d{1,3}\.\d{3}")
_GRAM = Decimal("0.001")


class Fault(StrEnum):
    """Why a line is not understood."""

    NO_QUANTITY = "no_quantity"
    NO_NAME = "no_name"
    SEVERAL_NUMBERS = "several_numbers"
    THOUSANDS = "thousands"
    TOO_FINE = "too_fine"
    OTHER_UNIT = "other_unit"
    BY_PACK = "by_pack"


# What a unit's word stands for: so many of a base unit; a pack's word says nothing of how much.
_UNITS: dict[str, tuple[str, Decimal]] = {
    **dict.fromkeys(("kg", "kilo", "kilogram", "kgs"), ("kg", Decimal(1))),
    **dict.fromkeys(("hg", "hekto"), ("kg", Decimal("0.1"))),
    **dict.fromkeys(("g", "gr", "gram"), ("kg", Decimal("0.001"))),
    **dict.fromkeys(("st", "styck", "stycken", "pcs", "pieces", "piece"), ("piece", Decimal(1))),
    **dict.fromkeys(("dussin", "dozen"), ("piece", Decimal(12))),
    **dict.fromkeys(("l", "lit", "liter", "litre", "litres"), ("litre", Decimal(1))),
    **dict.fromkeys(("dl",), ("litre", Decimal("0.1"))),
    **dict.fromkeys(("cl",), ("litre", Decimal("0.01"))),
    **dict.fromkeys(("ml",), ("litre", Decimal("0.001"))),
}
_PACKS = frozenset(
    [
        "frp",
        "förp",
        "förpackning",
        "förpackningar",
        "säck",
        "säckar",
        "back",
        "backar",
        "låda",
        "lådor",
        "kartong",
        "kartonger",
        "krt",
        "flak",
        "kolli",
        "box",
        "boxes",
        "sack",
        "sacks",
        "pack",
        "packs",
        "crate",
        "crates",
        "påse",
        "påsar",
    ]
)


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line as it was read. ``unit`` is the word that stood there, "" for none; ``fault`` None: it was understood."""

    number: int
    text: str
    name: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    fault: Fault | None = None


def read_pasted(text: str) -> list[PastedLine]:
    """The lines that say something, numbered as they were pasted. A heading ("Vara, Antal") is passed over."""
    lines = []
    for number, raw in enumerate(text.splitlines()[:MOST_PASTED], start=1):
        line = raw.strip().strip("\ufeff")
        if line and not (number == 1 and not any(sign.isdigit() for sign in line) and _is_cells(line)):
            lines.append(_read(number, line))
    return lines


def _is_cells(line: str) -> bool:
    return len(_cells(line)) > 1


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _CELLS.split(line) if cell.strip()]


def _read(number: int, line: str) -> PastedLine:
    cells = _cells(line)
    name, amounts = _of_cells(cells) if len(cells) > 1 else _of_one(line)
    told = PastedLine(number=number, text=line[:200], name=name[:120])
    with_unit = [each for each in amounts if _known(each[1])]
    chosen = with_unit or amounts
    fault = None
    if not amounts:
        fault = Fault.NO_QUANTITY
    elif not name:
        fault = Fault.NO_NAME
    elif len(chosen) > 1:
        fault = Fault.SEVERAL_NUMBERS
    elif _THOUSANDS.fullmatch(chosen[0][0]):
        fault = Fault.THOUSANDS
    if fault:
        return PastedLine(number=told.number, text=told.text, name=told.name, fault=fault)
    digits, unit = chosen[0]
    quantity = Decimal(re.sub(r"[ \u00a0\u202f]", "", digits).replace(",", "."))
    return PastedLine(number=told.number, text=told.text, name=told.name, quantity=quantity, unit=unit)


def _known(unit: str) -> bool:
    return unit in _UNITS or unit in _PACKS


def _of_cells(cells: Sequence[str]) -> tuple[str, list[tuple[str, str]]]:
    """A cell is an amount, a unit that belongs to the one before it, or part of the name."""
    names: list[str] = []
    amounts: list[tuple[str, str]] = []
    for cell in cells:
        found = _AMOUNT.fullmatch(cell)
        if found and (not found[2] or _known(_word(found[2]))):
            amounts.append((found[1], _word(found[2] or "")))
        elif amounts and not amounts[-1][1] and _known(_word(cell)):
            amounts[-1] = (amounts[-1][0], _word(cell))
        else:
            names.append(cell)
    if names and not amounts:
        return _of_one(" ".join(names))
    return " ".join(names), amounts


def _of_one(line: str) -> tuple[str, list[tuple[str, str]]]:
    """An amount at the end or at the beginning of a line; a number in the midst belongs to the name ("Mjölk 3 %")."""
    alone = _AMOUNT.fullmatch(line)
    if alone and (not alone[2] or _known(_word(alone[2]))):
        return "", [(alone[1], _word(alone[2] or ""))]
    last = re.fullmatch(rf"(.*?\S)[\s:,]+({_NUMBER})\s*({_UNIT})?", line, re.IGNORECASE)
    if last and (not last[3] or _known(_word(last[3]))):
        return last[1], [(last[2], _word(last[3] or ""))]
    first = re.fullmatch(rf"({_NUMBER})\s*({_UNIT})?\s+(.+)", line, re.IGNORECASE)
    if first:
        unit = _word(first[2] or "")
        if not unit or _known(unit):
            return first[3], [(first[1], unit)]
        return f"{first[2]} {first[3]}", [(first[1], "")]
    return line, []


def _word(text: str) -> str:
    return text.casefold().rstrip(".")


def in_base_unit(quantity: Decimal, *, unit: str, base_unit: str) -> Decimal | Fault:
    """The quantity in the product's own unit, or why it can't be told. Without a unit it is the product's own."""
    if unit in _PACKS:
        return Fault.BY_PACK
    stands_for, size = _UNITS.get(unit, (base_unit, Decimal(1)))
    if stands_for != base_unit:
        return Fault.OTHER_UNIT
    found = quantity * size
    if found != found.quantize(_GRAM):
        return Fault.TOO_FINE
    return found.quantize(_GRAM)
