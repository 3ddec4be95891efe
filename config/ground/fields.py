"""Form fields that read what people type."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1990, 2199
LONGEST = 20  # signs; no quantity of food needs more


def read_decimal(text: str) -> Decimal | None:
    """A number as it was typed: ``12,5`` and ``12.5`` in both languages; None for nothing.

    One mark followed by exactly three digits could be thousands (1.000 in Sweden, 1,000 in England) when it is not
    the language's own decimal mark: it is refused rather than guessed. Raises ValidationError.
    """
    bare = re.sub(r"[\s\u00a0\u202f']", "", text)
    if not bare:
        return None
    foreign = "," if (get_language() or "sv").startswith("en") else "."
    if re.fullmatch(rf"\d{{1,3}}{re.escape(foreign)}\d{{3}}", bare):
        raise ValidationError(_("Menar du tusental? Skriv talet utan punkt eller komma."))
    if len(bare) > LONGEST or not re.fullmatch(r"-?\d+([.,]\d+)?", bare, re.ASCII):
        raise ValidationError(_("Skriv ett tal, till exempel 12 eller 12,5."))
    return Decimal(bare.replace(",", "."))


class TypedDecimalField(forms.DecimalField):
    """A decimal in a text box (a number box would show another country's comma)."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "class": "number-input"}
        )
        super().__init__(**{"widget": widget, "localize": True, **options})

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Decimal):
            return value
        return read_decimal(str(value))


class WholeField(forms.IntegerField):
    """A whole number in a text box."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "number-input"}
        )
        super().__init__(**{"widget": widget, **options})


class DayField(forms.DateField):
    """A day in the browser's own calendar, which reads and writes 2026-12-01 in every language; no year that is a slip."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, "input_formats": ["%Y-%m-%d"], **options})

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(
                _("Skriv ett år mellan %(first)s och %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
