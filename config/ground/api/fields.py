"""What a door takes in, strictly: a text is a text, a number a number, an unknown name is refused.

A guess ("5" for 5, "yes" for true, a misspelt field passed over) would one day order the wrong thing.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

MOST_ID = 2**63 - 1
MOST_COUNT = 2**31 - 1
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DIGITS = re.compile(r"[0-9]{1,19}")


class Asked(serializers.Serializer[Any]):
    """Base of what is asked for in a body."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = [str(name)[:80] for name in data if name not in self.fields]
            if unknown:
                raise serializers.ValidationError({name: [_("Fältet finns inte.")] for name in unknown})
        return super().to_internal_value(data)


class Wanted(Asked):
    """Base of what is asked for in an address: the filters of a list, beside its paging."""

    PAGING = ("cursor", "page_size")

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value({name: data[name] for name in data if name not in self.PAGING})


class Text(serializers.CharField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field({"type": "string", "contentEncoding": "base64", "minLength": 1})
class FileContent(serializers.Field):  # type: ignore[type-arg]
    """A file's bytes as base64, within the body's own limit."""

    default_error_messages: ClassVar[Any] = {"invalid": gettext_lazy("Skriv filens innehåll som base64.")}

    def to_internal_value(self, data: Any) -> bytes:
        if not isinstance(data, str) or not data.isascii():
            self.fail("invalid")
        try:
            return base64.b64decode(data, validate=True)
        except binascii.Error:
            self.fail("invalid")

    def to_representation(self, value: bytes) -> str:
        return base64.b64encode(value).decode()


class Truth(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Whole(serializers.IntegerField):
    """A whole number, from 0 to what the database counts to unless said otherwise."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": MOST_COUNT, **kwargs})

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, Decimal) and data.adjusted() < len(str(MOST_ID)) and data == int(data):
            data = int(data)  # 5.0 is a whole number in JSON
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return data


class Id(Whole):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": MOST_ID, **kwargs})


class IdWanted(Id):
    """An id in an address, where all is text."""

    def to_internal_value(self, data: Any) -> int:
        if not (isinstance(data, str) and _DIGITS.fullmatch(data)):
            self.fail("invalid")
        return super().to_internal_value(int(data))


class Day(serializers.DateField):
    """``YYYY-MM-DD`` and nothing else."""

    def to_internal_value(self, value: Any) -> date:
        if not (isinstance(value, str) and _DAY.fullmatch(value)):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class Amount(serializers.DecimalField):
    """A quantity or a price: a JSON number, or a text of digits with a point. Never rounded."""

    @property
    def pattern(self) -> str:
        whole = (self.max_digits or 0) - (self.decimal_places or 0)
        sign = "-?" if self.min_value is None or self.min_value < 0 else ""
        more_than_nothing = r"(?=.*[1-9])" if self.min_value is not None and self.min_value > 0 else ""
        return rf"^{more_than_nothing}{sign}[0-9]{{1,{whole}}}(\.[0-9]{{1,{self.decimal_places}}})?$"

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        """An empty text is no amount, though a form's decimal field would take it for none given."""
        return serializers.Field.validate_empty_values(self, data)

    def to_internal_value(self, data: Any) -> Decimal:
        told = isinstance(data, (int, Decimal)) and not isinstance(data, bool)
        if not told and not (isinstance(data, str) and re.match(self.pattern, data)):
            self.fail("invalid")
        return super().to_internal_value(data)


class AmountSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Both ways in which an amount may be sent stand in the API's document."""

    target_class = "config.ground.api.fields.Amount"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:  # noqa: ARG002
        field: Amount = self.target
        places = field.decimal_places or 0
        most = Decimal(10) ** ((field.max_digits or 0) - places) - Decimal(1).scaleb(-places)
        number = {
            "type": "number",
            "minimum": float(-most if field.min_value is None else field.min_value),
            "maximum": float(most if field.max_value is None else field.max_value),
            "multipleOf": float(Decimal(1).scaleb(-places)),
        }
        return {"anyOf": [{"type": "string", "pattern": field.pattern}, number]}
