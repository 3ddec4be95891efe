"""A program at the API: sends JSON with a key of its own, and holds every answer against the API's document."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator
from rest_framework.authtoken.models import Token

from config.ground.models import User


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return made


def _operation(method: str, path: str) -> dict[str, Any]:
    """The operation that answers at ``path``; a plain segment goes before a variable one."""
    found = []
    for template, methods in document()["paths"].items():
        given, told = path.strip("/").split("/"), template.strip("/").split("/")
        if len(given) == len(told) and all(a == b or b[0] == "{" for a, b in zip(given, told, strict=True)):
            found.append((template.count("{"), methods))
    if not found:
        return {}
    operation: dict[str, Any] = min(found, key=lambda each: each[0])[1].get(method.lower(), {})
    return operation


def breach(method: str, path: str, response: Any) -> str:
    """What the answer has that the document does not promise; empty when nothing."""
    operation = _operation(method, path.partition("?")[0])
    told = operation.get("responses", {"405": _operation("GET", "/api/v1/orders/")["responses"]["default"]})
    promised = told.get(str(response.status_code), told.get("default"))
    if promised is None:
        return f"{method} {path}: no answer {response.status_code} is promised"
    if not promised.get("content"):
        return "a body that is not promised" if response.content else ""
    media = response.headers["Content-Type"].split(";")[0]
    if media not in promised["content"]:
        return f"{media} is not promised"
    schema = {**promised["content"][media]["schema"], "components": document()["components"]}
    faults = Draft202012Validator(schema).iter_errors(json.loads(response.content))
    return "; ".join(f"{fault.json_path}: {fault.message[:200]}" for fault in faults)


class Program:
    """Calls the API as ``user``; ``by_session`` signs in as a browser does instead of by key."""

    def __init__(self, user: User | None = None, *, by_session: bool = False) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers: dict[str, str] = {"Accept-Language": "en"}
        if user is not None and by_session:
            self.client.force_login(user)
        elif user is not None:
            self.headers["Authorization"] = f"Token {Token.objects.get_or_create(user=user)[0].key}"

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, headers=headers)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.call("POST", path, json.dumps(body, default=str), headers=headers)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self.call("PUT", path, json.dumps(body, default=str), headers=headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.call("PATCH", path, json.dumps(body, default=str), headers=headers)

    def call(
        self,
        method: str,
        path: str,
        body: str | bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
        content_type: str = "application/json",
    ) -> Any:
        """``headers`` are written with underscores. Fails the test when the answer breaks the API's document."""
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in (headers or {}).items()}}
        address = f"/api/v1/{path}"
        response = self.client.generic(method, address, body, content_type=content_type, headers=sent)
        fault = breach(method, address, response)
        assert not fault, fault
        return response
