"""What stands in the cells of a farm's price and availability list: numbers as Swedes and others write them, packs.

A figure that could mean two things is never guessed: it is said to be ambiguous.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LONGEST = 30  # signs of a figure
MOST = Decimal(1_000_000_000)
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2007\u2009']")
_AROUND = re.compile(
    r"^(?:kr|sek|:-)?(?P<core>[-\u2212]?[\d.,]+)(?::-|:(?P<oere>\d\d))?"
    r"(?:kr|sek|st|kg|l|liter|litre|pcs)?(?:/[a-zåäö.]{1,10})?$",
    re.IGNORECASE | re.ASCII,
)
_ONE_MARK_THREE = re.compile(r"-?[1-9]\d{0,2}([.,])\d{3}")
_PLAIN = re.compile(r"-?\d+")
_DECIMAL = re.compile(r"-?\d*([.,])\d+")
_GROUPED = re.compile(r"-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:([.,])\d+)?")
_ABOUT = re.compile(r"^(?:ca|cirka|c:a|about|approx|approximately|~|≈)\.?\s*", re.IGNORECASE)
_ABOUT_BEFORE = re.compile(r"(?:^|\s)(?:ca|cirka|c:a|about|approx|~|≈)\.?\s*$", re.IGNORECASE)
_PACK = re.compile(
    r"(?:(?P<count>\d{1,4})\s*(?:x|×|\*|st\s*[aà]|a|à)\s*)?(?P<size>\d{1,6}(?:[.,]\d{1,3})?)\s*(?P<unit>[a-zåäö]{1,8})\b",
    re.IGNORECASE,
)
_ONE_PIECE = re.compile(r"^(?:1\s*)?(?:styck|stycken|st|each|piece|pc|pcs)\.?$", re.IGNORECASE)
_UNITS: dict[str, tuple[str, Decimal]] = {
    **dict.fromkeys(("kg", "kilo", "kilogram"), ("kg", Decimal(1))),
    **dict.fromkeys(("hg", "hekto"), ("kg", Decimal("0.1"))),
    **dict.fromkeys(("g", "gr", "gram"), ("kg", Decimal("0.001"))),
    **dict.fromkeys(("l", "liter", "litre", "litres", "lit"), ("litre", Decimal(1))),
    "dl": ("litre", Decimal("0.1")),
    "cl": ("litre", Decimal("0.01")),
    "ml": ("litre", Decimal("0.001")),
    **dict.fromkeys(
        ("st", "styck", "stycken", "pcs", "pc", "pieces", "each", "ägg", "eggs"), ("piece", Decimal(1))
    ),
}


class Unread(StrEnum):
    """Why a cell is no figure."""

    EMPTY = "empty"
    NO_NUMBER = "no_number"
    AMBIGUOUS = "ambiguous"
    TOO_BIG = "too_big"


class Mark(StrEnum):
    COMMA = ","
    POINT = "."


def decimal_mark(cells: Iterable[str]) -> Mark | None:
    """The decimal mark of a column, told from the cells that leave no doubt; None where none does.

    Cells that contradict each other (``1,5`` and ``1.5``) tell None too.
    """
    found = {mark for cell in cells if (mark := _mark_of(_core(cell) or ""))}
    return found.pop() if len(found) == 1 else None


def _mark_of(core: str) -> Mark | None:
    if _ONE_MARK_THREE.fullmatch(core):
        return None
    if match := _DECIMAL.fullmatch(core):
        return Mark(match[1])
    if (match := _GROUPED.fullmatch(core)) and match[1]:
        if match[2]:
            return Mark(match[2]) if match[1] != match[2] else None
        return Mark.COMMA if match[1] == "." else Mark.POINT
    return None


def _core(text: str) -> str | None:
    """Digits and marks of a figure, without blanks, currency and unit; ``12:50`` and ``12:-`` are kronor."""
    bare = _BLANKS.sub("", _ABOUT.sub("", text.strip()))
    match = _AROUND.match(bare) if len(bare) <= LONGEST else None
    if match is None:
        return None
    core = match["core"].replace("\u2212", "-")
    return f"{core},{match['oere']}" if match["oere"] else core


def read_figure(text: str, *, mark: Mark | None) -> Decimal | Unread:
    """``1 234,50``, ``1.234,50 kr``, ``1,234.50``, ``12:50``. ``mark`` is the column's; None where it tells none."""
    if not text.strip():
        return Unread.EMPTY
    core = _core(text)
    if core is None:
        return Unread.NO_NUMBER
    if _ONE_MARK_THREE.fullmatch(core) and mark is None:
        return Unread.AMBIGUOUS
    number = _number(core, mark=mark)
    if number is None:
        return Unread.NO_NUMBER
    return number if abs(number) < MOST else Unread.TOO_BIG


def _number(core: str, *, mark: Mark | None) -> Decimal | None:
    if _PLAIN.fullmatch(core):
        return Decimal(core)
    grouped = _GROUPED.fullmatch(core)
    if decimal := _DECIMAL.fullmatch(core):
        # The column's mark decides what three digits after a mark are; another mark of less than three is decimals too.
        is_thousands = mark is not None and decimal[1] != mark and grouped is not None
        return Decimal(core.replace(decimal[1], "" if is_thousands else "."))
    if grouped is None or grouped[1] == grouped[2]:
        return None
    whole = core.replace(grouped[1], "")
    return Decimal(whole.replace(grouped[2], ".") if grouped[2] else whole)


@dataclass(frozen=True, slots=True)
class PackSize:
    """What a pack holds, in kg, piece or litre. ``about``: catch weight, weighed at delivery."""

    amount: Decimal
    unit: str
    about: bool = False


def read_pack(text: str) -> PackSize | None:
    """``5 kg säck``, ``ca 125 g``, ``6x1,5 kg``, ``låda 12 st``, ``styck``; None where no size stands."""
    words = " ".join(text.replace("\u00a0", " ").split())
    if len(words) > LONGEST * 2:
        return None
    if _ONE_PIECE.match(words):
        return PackSize(amount=Decimal(1), unit="piece")
    match = next((each for each in _PACK.finditer(words) if each["unit"].casefold() in _UNITS), None)
    if match is None:
        return None
    unit, times = _UNITS[match["unit"].casefold()]
    amount = Decimal(match["size"].replace(",", ".")) * times * Decimal(match["count"] or 1)
    about = bool(_ABOUT_BEFORE.search(words[: match.start()]))
    return PackSize(amount=amount, unit=unit, about=about) if amount else None
