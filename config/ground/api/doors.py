"""The base of every door of the API: read what is asked, tell a page or one thing, with its ETag."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer, Serializer
from rest_framework.utils.encoders import JSONEncoder

from config.ground.api.fields import Wanted
from config.ground.refusals import InvalidInput

In = TypeVar("In", bound=Serializer[Any])
Row = TypeVar("Row", bound=Model)
_VERSIONED = re.compile(r'"([0-9]{1,9})\.[0-9a-f]+"')


class Door(GenericAPIView[Any]):
    """A resource. ``get``, ``post``, ``put`` and ``patch`` parse, make one call, reply."""

    http_method_names = ["get", "post", "put", "patch", "head"]
    writes = True  # False where a POST only asks, and so takes no key

    def asked(self, shape: type[In]) -> In:
        """The body, read and found well-formed. Raises ValidationError, which becomes InvalidInput."""
        asked = shape(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return asked

    def wanted(self, shape: type[Wanted] = Wanted) -> dict[str, Any]:
        """The filters of a list. A misspelt filter is refused: it would show all where little was asked for."""
        wanted = shape(data=dict(self.request.query_params.items()))
        wanted.is_valid(raise_exception=True)
        found: dict[str, Any] = wanted.validated_data
        return found

    def page(self, rows: "QuerySet[Row, Any]", told: type[BaseSerializer[Any]]) -> Response:
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(told(page, many=True).data)

    def one(self, told: BaseSerializer[Any], *, version: int | None = None) -> Response:
        """One thing with its ETag; 304 where the caller has it already."""
        tag = entity_tag(told.data, version=version)
        if _holds(self.request, tag):
            return Response(status=304, headers={"ETag": tag})
        return Response(told.data, headers={"ETag": tag})


def entity_tag(data: Any, *, version: int | None = None) -> str:
    """A digest of what is told; before the point stands the version that an edit goes out from."""
    plain = json.dumps(data, cls=JSONEncoder, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(plain.encode()).hexdigest()[:16]
    return f'"{digest}"' if version is None else f'"{version}.{digest}"'


def _holds(request: Request, tag: str) -> bool:
    held = request.headers.get("If-None-Match", "")
    return held.strip() == "*" or tag in {each.strip().removeprefix("W/") for each in held.split(",")}


def version_asked(request: Request, asked: Mapping[str, Any]) -> tuple[int, bool]:
    """The version that an edit goes out from, and whether ``If-Match`` named it. Raises InvalidInput without any."""
    match = _VERSIONED.fullmatch(request.headers.get("If-Match", "").strip())
    if match:
        return int(match.group(1)), True
    if "version" not in asked:
        raise InvalidInput(fields={"version": ["If-Match / version"]})
    return int(asked["version"]), False
