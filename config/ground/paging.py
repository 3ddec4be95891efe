"""Lists of the API are read page by page with a cursor, so that a growing list is never read twice."""

import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

from config.ground.refusals import InvalidInput

_POSITION = re.compile(r"[0-9]{1,19}")


class NewestFirst(CursorPagination):
    ordering = "-id"
    page_size = 100
    max_page_size = 500
    page_size_query_param = "page_size"

    def get_page_size(self, request: Request) -> int:
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not re.fullmatch(r"[0-9]{1,3}", asked) or not 1 <= int(asked) <= self.max_page_size:
            raise InvalidInput(fields={"page_size": [f"1–{self.max_page_size}"]})
        return int(asked)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """A cursor that this house did not make is refused; it would reach the database as a number."""
        fault = InvalidInput(fields={"cursor": [_("Ta sidans adress ur next eller previous.")]})
        try:
            cursor: Cursor | None = super().decode_cursor(request)
        except NotFound:
            raise fault from None
        position = None if cursor is None or cursor.position is None else str(cursor.position)
        if position is not None and not (_POSITION.fullmatch(position) and int(position) < 2**63):
            raise fault
        return cursor

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] |= {"minimum": 1, "maximum": self.max_page_size}
        return parameters

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": address, "previous": address, "results": schema},
        }
