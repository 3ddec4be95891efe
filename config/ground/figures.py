"""Figures as a person reads them, in the language of the page.

Swedish ``1 234 567,50 kr`` with no-break spaces: U+00A0, since that is the grouping which Django's form
fields and a Swedish spreadsheet read back when somebody copies a figure off the page.
English ``1,234,567.50 SEK``. A minus is the true sign (U+2212), which screen readers speak.
What is not known is an en dash, never a zero.
"""

import functools
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeAlias

from django.conf import settings
from django.utils.formats import get_format
from django.utils.translation import get_language

NO_BREAK: Final = "\u00a0"
MINUS: Final = "\u2212"
UNKNOWN: Final = "\u2013"
CURRENCY: Final = {"sv": "kr", "en": "SEK"}

Figure: TypeAlias = Decimal | int | str | None


def number(value: Figure, *, places: int | None = None, most: int = 3) -> str:
    """The figure, grouped and rounded half up: to `places` decimals, or to at most `most` without idle zeros.

    A float is refused with TypeError: money and mass are Decimal all the way to the page.
    """
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float; figures on a page are Decimal or int")
    exact = Decimal(value)
    if not exact.is_finite():
        return UNKNOWN
    shown = abs(exact).quantize(Decimal(1).scaleb(-(most if places is None else places)), ROUND_HALF_UP)
    if places is None:
        shown = shown.normalize()
        places = max(0, -int(shown.as_tuple().exponent))
    text = f"{shown:,.{places}f}".translate(_separators(get_language()))
    return f"{MINUS}{text}" if exact < 0 and shown else text


@functools.cache
def _separators(of_language: str | None) -> dict[int, str]:
    """Of Python's own format to that of the language."""
    names = {",": "THOUSAND_SEPARATOR", ".": "DECIMAL_SEPARATOR"}
    return {ord(sign): str(get_format(name, lang=of_language)) for sign, name in names.items()}


def money(value: Figure, *, places: int = 2, per: str = "") -> str:
    """Swedish kronor as given: the page says whether VAT is in them. `per` makes a unit price: ``kr/kg``."""
    text = with_unit(number(value, places=places), unit=CURRENCY.get(language(), "SEK"))
    return f"{text}/{per}" if per and text != UNKNOWN else text


def with_unit(text: str, *, unit: str) -> str:
    return text if text == UNKNOWN else f"{text}{NO_BREAK}{unit}"


def share(value: Figure, *, places: int = 0) -> str:
    """A share of one as per cent: 0.88 is ``88 %`` in Swedish and ``88%`` in English."""
    if value is None or value == "":
        return UNKNOWN
    text = number(Decimal(value) * 100, places=places)
    return f"{text}%" if language() == "en" else with_unit(text, unit="%")


def language() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]
