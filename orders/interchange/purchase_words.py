"""What is told about a row of a purchase file, in both languages: why it can't be read, or what is odd in it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Fault(StrEnum):
    """Why a row is refused."""

    EMPTY = "empty"
    NO_NUMBER = "no_number"
    TOO_BIG = "too_big"
    NO_PERIOD = "no_period"
    NO_MONTH = "no_month"
    NO_DAY = "no_day"
    TOO_LONG = "too_long"
    UNREADABLE_SIGN = "unreadable_sign"
    NEGATIVE = "negative"
    NO_CURRENCY = "no_currency"
    WRONG_CELLS = "wrong_cells"
    BROKEN_QUOTE = "broken_quote"
    TOTALS = "totals"


class Oddity(StrEnum):
    """What is odd in a row that is kept."""

    DUPLICATE = "duplicate"
    NEGATIVE = "negative"
    ZERO_WEIGHT = "zero_weight"
    NO_WEIGHT = "no_weight"
    NO_FIGURES = "no_figures"
    BUYER_MERGED = "buyer_merged"
    WRONG_NUMBER = "wrong_number"
    ROUNDING = "rounding"


FAULT_WORDS: Mapping[Fault, Mapping[str, str]] = MappingProxyType(
    {
        Fault.EMPTY: {
            "sv": "cellen är tom, men den måste vara ifylld",
            "en": "the cell is empty, but must be filled in",
        },
        Fault.NO_NUMBER: {
            "sv": "”{value}” är inget tal som går att läsa (decimaltecken: {decimal})",
            "en": "“{value}” is no number that can be read (decimal sign: {decimal})",
        },
        Fault.TOO_BIG: {"sv": "talet {value} är för stort", "en": "the number {value} is too big"},
        Fault.NO_PERIOD: {
            "sv": "”{value}” är inget räkenskapsår, som skrivs med två år i följd: 2019-2020",
            "en": "“{value}” is no fiscal year, which is written as two years in a row: 2019-2020",
        },
        Fault.NO_MONTH: {
            "sv": "”{value}” är ingen månad, som skrivs 2026-03",
            "en": "“{value}” is no month, which is written 2026-03",
        },
        Fault.NO_DAY: {
            "sv": "”{value}” är ingen dag, som skrivs 2026-03-05",
            "en": "“{value}” is no day, which is written 2026-03-05",
        },
        Fault.TOO_LONG: {
            "sv": "texten är {length} tecken lång, högst {limit} får plats",
            "en": "the text is {length} characters long, at most {limit} fit",
        },
        Fault.UNREADABLE_SIGN: {
            "sv": "cellen innehåller ett nolltecken, som inte går att lagra",
            "en": "the cell holds a NUL character, which can't be stored",
        },
        Fault.NEGATIVE: {
            "sv": "{value} är mindre än noll, och mappningen tar inte emot returer",
            "en": "{value} is below zero, and the mapping takes no returns",
        },
        Fault.NO_CURRENCY: {
            "sv": "”{value}” är ingen valuta, som skrivs med tre bokstäver: SEK",
            "en": "“{value}” is no currency, which is written with three letters: SEK",
        },
        Fault.WRONG_CELLS: {
            "sv": "raden har {found} celler, rubrikraden har {expected}",
            "en": "the row has {found} cells, the header has {expected}",
        },
        Fault.TOTALS: {
            "sv": "raden är en summa, inget köp: den räknas inte",
            "en": "the row is a total, no purchase: it does not count",
        },
        Fault.BROKEN_QUOTE: {
            "sv": "ett citattecken öppnas eller stängs fel, så cellerna går inte att skilja åt (raderna {first}–{last})",
            "en": "a quotation mark opens or ends wrongly, so the cells can't be told apart (lines {first}–{last})",
        },
    }
)

ODDITY_WORDS: Mapping[Oddity, Mapping[str, str]] = MappingProxyType(
    {
        Oddity.DUPLICATE: {
            "sv": "exakt kopia av en tidigare rad (båda räknas)",
            "en": "exact copy of an earlier row (both are counted)",
        },
        Oddity.NEGATIVE: {
            "sv": "tal under noll (läses som retur eller rättelse)",
            "en": "figure below zero (read as a return or a correction)",
        },
        Oddity.ZERO_WEIGHT: {
            "sv": "vikten är 0",
            "en": "the weight is 0",
        },
        Oddity.NO_WEIGHT: {"sv": "vikten saknas", "en": "the weight is missing"},
        Oddity.NO_FIGURES: {
            "sv": "varken mängd, vikt eller belopp",
            "en": "neither quantity, weight nor amount",
        },
        Oddity.BUYER_MERGED: {
            "sv": "köparens stavning är sammanförd med en annan",
            "en": "the buyer's spelling is merged with another",
        },
        Oddity.WRONG_NUMBER: {
            "sv": "organisationsnumret stämmer inte (kontrollsiffran eller längden); raden räknas, men ingen leverantör känns igen",
            "en": "the organisation number doesn't add up (check digit or length); the row counts, but no supplier is known by it",
        },
        Oddity.ROUNDING: {
            "sv": "öresavrundning: räknas med, så att summan är reskontrans",
            "en": "rounding to whole kronor: counted, so that the sum is the ledger's",
        },
    }
)


def known_language(language: str) -> str:
    return "en" if language.startswith("en") else "sv"
