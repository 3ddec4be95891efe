"""The words of an agreement's price list: its headings, what its cells may say, and what can be wrong with one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from market.interchange.farm_lists import fold
from market.rules.list_headings import plain_heading
from market.rules.turns import Form


class Column(StrEnum):
    LOT = "lot"
    ALLOTMENT = "allotment"
    CEILING_SEK = "ceiling_sek"
    CEILING_KG = "ceiling_kg"
    SPENT_SEK = "spent_sek"
    SPENT_KG = "spent_kg"
    SUPPLIER = "supplier"
    RANK = "rank"
    SHARE = "share"
    PRODUCT = "product"
    PACK = "pack"
    PRICE = "price"
    PER = "per"
    VAT = "vat"


NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.LOT: ("delkontrakt", "delområde", "del", "lot"),
    Column.ALLOTMENT: ("fördelning", "avropsordning", "allotment"),
    Column.CEILING_SEK: ("takvärde", "tak", "maxvärde", "takbelopp", "ceiling", "ceiling sek"),
    Column.CEILING_KG: ("tak i kg", "takvolym", "maxvolym", "tak kg", "ceiling kg"),
    Column.SPENT_SEK: ("redan avropat", "avropat", "förbrukat", "spent", "already spent"),
    Column.SPENT_KG: ("redan avropat i kg", "avropat i kg", "redan avropat kg", "avropat kg", "spent kg"),
    Column.SUPPLIER: ("leverantör", "organisationsnummer", "org.nr", "orgnr", "supplier", "gård"),
    Column.RANK: ("rang", "rangordning", "rank"),
    Column.SHARE: ("andel", "andel i procent", "andel %", "share"),
    Column.PRODUCT: ("vara", "produkt", "artikel", "benämning", "product", "item"),
    Column.PACK: ("förpackning", "förp", "enhet", "pack", "unit"),
    Column.PRICE: ("pris", "á-pris", "à-pris", "a-pris", "avtalspris", "price", "unit price"),
    Column.PER: ("pris per", "prisenhet", "per", "price per"),
    Column.VAT: ("moms", "vat"),
}
NEEDED = (Column.LOT, Column.SUPPLIER, Column.PRODUCT, Column.PRICE)
FIGURES = (
    Column.CEILING_SEK, Column.CEILING_KG, Column.SPENT_SEK, Column.SPENT_KG, Column.RANK, Column.SHARE, Column.PRICE,
)  # fmt: skip
FORMS: Mapping[str, Form] = {
    **dict.fromkeys(("en leverantor", "ensam", "single"), Form.SINGLE),
    **dict.fromkeys(("rangordning", "rang", "ranking"), Form.RANKING),
    **dict.fromkeys(("lagst pris", "lagsta pris", "lowest price", "lowest_price"), Form.LOWEST_PRICE),
    **dict.fromkeys(("andelar", "andel", "shares"), Form.SHARES),
}
A_KILO = frozenset({"kg", "kilo", "kr/kg"})
A_PACK = frozenset(
    {"forp", "forp.", "forpackning", "pack", "lada", "sack", "kolli", "st", "kr/forp", "kr/st"}
)
WITH_VAT = frozenset({"inkl", "inkl.", "inklusive", "ja", "incl", "yes", "med"})
WITHOUT_VAT = frozenset({"exkl", "exkl.", "exklusive", "nej", "excl", "no", "utan"})


class Wrong(StrEnum):
    """What is wrong with a cell; its words stand in ``market.queries.agreement_wording``."""

    NO_HEADER = "no_header"
    NO_ROWS = "no_rows"
    BROKEN = "broken"
    EMPTY = "empty"
    NO_NUMBER = "no_number"
    NEGATIVE = "negative"
    NO_CEILING = "no_ceiling"
    TOLD_TWICE = "told_twice"
    UNKNOWN_SUPPLIER = "unknown_supplier"
    UNKNOWN_PRODUCT = "unknown_product"
    UNKNOWN_PACK = "unknown_pack"
    UNKNOWN_WORD = "unknown_word"
    NO_VAT_RATE = "no_vat_rate"
    VAT_IN_CEILING = "vat_in_ceiling"
    NO_OPTION_HEADER = "no_option_header"
    NO_DAY = "no_day"


@dataclass(frozen=True, slots=True)
class Fault:
    """``line`` and ``column`` as they stand in the sheet; 0 and '' where it is the sheet as such."""

    line: int
    column: str
    wrong: Wrong
    figures: Mapping[str, Any] = field(default_factory=dict)


def columns_of(headings: Sequence[str]) -> dict[Column, int]:
    """The column of each field whose heading is known. ``Tak i kg`` is not ``Tak (kr)``: the whole heading first."""
    whole = [fold(heading) for heading in headings]
    plain = [fold(plain_heading(heading)) for heading in headings]
    found: dict[Column, int] = {}
    for exact in (whole, plain):
        for column, names in NAMES.items():
            known = {fold(name) for name in names}
            free = [
                place for place, name in enumerate(exact) if name in known and place not in found.values()
            ]
            if column not in found and free:
                found[column] = free[0]
    return found
