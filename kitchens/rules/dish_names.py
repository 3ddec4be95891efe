"""Names on menus: claims that a dish may not make, and what an ingredient's printed name is without its trimmings.

Directive (EU) 2024/825: no general environmental claim without proof. A dish tells its figure, not a praise of itself.
"""

import re

CLAIM = re.compile(
    r"\b(klimat|miljö)\s*-?\s*(smart|neutral|vänlig|positiv|bättre)\w*|\bco2\s*-?\s*neutral\w*|\bclimate[ -](smart|neutral|friendly|positive)\b",
    re.IGNORECASE,
)
_TRIMMINGS = re.compile(
    r"\b(eko|ekologisk\w*|krav|msc|asc)\b|\d[\d,.]*\s*(%|kg|g|l|ml|st)?|[()]", re.IGNORECASE
)


def claims_in(name: str) -> tuple[str, ...]:
    """The words of a dish's name that praise it for the climate: klimatsmart, klimatneutral, miljövänlig …"""
    return tuple(found.group(0) for found in CLAIM.finditer(name))


def without_claims(name: str) -> str:
    """The name as a menu may say it: "Klimatsmart lasagne" is "Lasagne"."""
    left = " ".join(CLAIM.sub(" ", name).split()).strip(" -,")
    return left[:1].upper() + left[1:]


def bare_ingredient(printed: str) -> str:
    """An ingredient without labels, figures and packs, case-folded: "MellanMJÖLK 1,5% 10L EKO" is "mellanmjölk"."""
    return " ".join(_TRIMMINGS.sub(" ", printed).split()).strip(" ,.").casefold()
