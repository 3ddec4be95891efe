"""Which column of a farm's list is what: told from the headings in Swedish and English, never from the order."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum


class Field(StrEnum):
    """What a column holds."""

    PRODUCT = "product"
    PACK = "pack"
    QUANTITY = "quantity"
    PRICE = "price"
    ALLERGENS = "allergens"


NAMES: Mapping[Field, tuple[str, ...]] = {
    Field.PRODUCT: (
        "vara", "produkt", "produktnamn", "artikel", "artikelnamn", "benämning", "varunamn", "sort",
        "product", "product name", "item", "article", "name", "goods",
    ),
    Field.PACK: (
        "förpackning", "förp", "förpackningsstorlek", "storlek", "enhet", "pack", "package", "pack size", "size", "unit",
    ),
    Field.QUANTITY: (
        "antal", "mängd", "tillgängligt", "tillgång", "saldo", "lager", "lagersaldo", "kvar", "kvantitet",
        "quantity", "qty", "available", "availability", "stock", "amount", "in stock",
    ),
    Field.PRICE: ("pris", "a-pris", "á-pris", "à-pris", "styckpris", "kilopris", "price", "unit price", "price sek"),
    Field.ALLERGENS: ("allergener", "allergen", "innehåller", "innehåller allergen", "allergens", "contains"),
}  # fmt: skip
NEEDED = (Field.PRODUCT, Field.QUANTITY)
TOTALS = re.compile(r"^(?:summa|delsumma|total|totalt|totalsumma|sum|subtotal|grand total)\b", re.IGNORECASE)
_WITH_VAT = re.compile(
    r"\bink(?:l|lusive)?\b\.?.*moms|\bincl(?:uding)?\b\.?.*vat|moms\s*ink|vat\s*incl", re.IGNORECASE
)
_WITHOUT_VAT = re.compile(r"\bex(?:kl|klusive|cl|cluding)?\b\.?.*(?:moms|vat)", re.IGNORECASE)
_A_KILO = re.compile(r"/\s*(?:kg|kilo)\b|\bkilopris\b|\bper\s+(?:kg|kilo)\b", re.IGNORECASE)
_IN_PACKS = re.compile(r"\b(?:förp|förpackningar|lådor|säckar|kolli|packs|crates)\b", re.IGNORECASE)
_ASIDE = re.compile(
    r"\(.*?\)|\[.*?\]|\b(?:exkl|exklusive|inkl|inklusive|excl|incl|ex|utan|med)\b.*$", re.IGNORECASE
)
_UNIT_BEHIND = re.compile(
    r"(?:[,/\s]+(?:i\s+)?(?:kr|sek|kg|st|liter|l)\b(?:\s*/\s*\w+)?)+\s*$", re.IGNORECASE
)


def plain_heading(text: str) -> str:
    """A heading without its asides: ``Pris (kr/kg) exkl. moms`` is ``pris``."""
    words = " ".join(_ASIDE.sub(" ", text.replace("\ufeff", "")).split()).casefold().strip(" .:*")
    return _UNIT_BEHIND.sub("", words).strip(" .:") or words


def columns_of(headings: Sequence[str]) -> dict[Field, int]:
    """The column of each field whose name is known; the first that fits, the name's own order first."""
    plain = [plain_heading(heading) for heading in headings]
    found: dict[Field, int] = {}
    for field, names in NAMES.items():
        places = [plain.index(name) for name in names if name in plain]
        free = [place for place in places if place not in found.values()]
        if free:
            found[field] = free[0]
    return found


def is_header(headings: Sequence[str]) -> bool:
    """Whether a row of cells names all that a list can't do without."""
    found = columns_of(headings)
    return all(field in found for field in NEEDED)


def says_vat(heading: str) -> bool | None:
    """Whether a price's heading says that VAT is in it; None where it says nothing."""
    if _WITH_VAT.search(heading):
        return True
    return False if _WITHOUT_VAT.search(heading) else None


def says_packs(heading: str) -> bool:
    """Whether a quantity's heading counts packs, not kilos, pieces or litres."""
    return bool(_IN_PACKS.search(heading))


def prices_a_kilo(heading: str) -> bool:
    """Whether a price's heading says that it is per kg whatever the pack."""
    return bool(_A_KILO.search(heading))


def is_total(cells: Sequence[str]) -> bool:
    """A row of totals, which is no goods."""
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    return bool(TOTALS.match(first))
