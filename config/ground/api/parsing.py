"""Reading JSON that strangers send: exact numbers, whole characters, a known size."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework.parsers import BaseParser

from config.ground.api.refusals import TooLarge, Unreadable

# Half a character: "\ud800" is valid JSON and no text; neither UTF-8 nor the database can hold it.
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class StrictJSONParser(BaseParser):
    """``application/json`` in UTF-8. A number with a fraction or an exponent becomes a Decimal, never a float.

    Raises TooLarge, Unreadable.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002  # the signature is Django REST framework's
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        most: int = settings.API_MOST_BYTES
        request = (parser_context or {}).get("request")
        if request is not None and _told_length(request.META) > most:
            raise TooLarge(most_bytes=most)
        body: bytes = stream.read(most + 1)
        if len(body) > most:
            raise TooLarge(most_bytes=most)
        try:
            text = body.decode("utf-8")
            value = json.loads(text, parse_float=_exact, parse_constant=_refuse_constant)
            if _SURROGATE.search(text):
                json.dumps(value, ensure_ascii=False, default=str).encode()
        except (ValueError, RecursionError, InvalidOperation):
            raise Unreadable from None
        return value


def _told_length(meta: Mapping[str, Any]) -> int:
    told = str(meta.get("CONTENT_LENGTH") or "0")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 20 else 0  # noqa: PLR2004


def _exact(number: str) -> Decimal:
    return Decimal(number)


def _refuse_constant(name: str) -> NoReturn:
    """NaN and the infinities are no JSON, though Python would read them."""
    raise ValueError(name)
