"""The API's own document: what every operation may answer besides its reply."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, extend_schema_serializer
from rest_framework import serializers

from config.ground.doors import KEY_LENGTH
from config.ground.problems import CONTENT_TYPE

UNSAFE = {"POST", "PUT", "PATCH"}
WORDS = {
    "400": "Unreadable",
    "401": "Not signed in",
    "403": "The role may not",
    "404": "Not here, or not yours",
    "406": "No such format",
    "409": "Refused by a rule, or changed meanwhile",
    "412": "If-Match names another version",
    "413": "Too large",
    "415": "Not JSON",
    "422": "Well-formed and still wrong: see fields",
    "default": "Anything else, in the same shape",
}


@extend_schema_serializer(component_name="Problem")
class ProblemTold(serializers.Serializer[Any]):
    """A refusal (RFC 9457). ``code`` is stable; ``title`` says what happened, ``detail`` what to do next."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()), help_text="faults by the field's path"
    )
    figures = serializers.DictField(help_text="the figures in the sentence, for a program")


class HouseSchema(AutoSchema):
    """Adds problems, 304 and the headers that the house reads to what a door says of itself."""

    def get_override_parameters(self) -> list[Any]:
        if self.method == "PUT":
            edit = "The ETag that the edit goes out from; instead of version in the body."
            return [_key(), _header("If-Match", edit)]
        if self.method in UNSAFE:
            return [_key()] if getattr(self.view, "writes", True) else []
        if self._tells_one():
            return [_header("If-None-Match", "An ETag that you hold: 304 when it still is the present one.")]
        return []

    def _tells_one(self) -> bool:
        return self.method == "GET" and "{" in self.path

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        answers: dict[str, Any] = super()._get_response_bodies(direction=direction)
        if self._tells_one():
            answers.setdefault("304", {"description": "You hold the present one"})
        problem = self.resolve_serializer(ProblemTold(), "response").ref
        for status in self._problems():
            answers.setdefault(
                status,
                {"content": {CONTENT_TYPE: {"schema": problem}}, "description": WORDS[status]},
            )
        return answers

    def _problems(self) -> list[str]:
        statuses = ["401", "406", "422", "default"]
        if "{" in self.path or self.method in UNSAFE:
            statuses += ["403", "404"]
        if self.method in UNSAFE:
            statuses += ["400", "409", "413", "415"]
        if self.method == "PUT":
            statuses.append("412")
        return sorted(statuses)


def _key() -> OpenApiParameter:
    kept = {"type": "string", "maxLength": KEY_LENGTH, "pattern": "^[ -~]*$"}
    told = "The same key gives the same answer and one write."
    return OpenApiParameter("Idempotency-Key", kept, OpenApiParameter.HEADER, description=told)


def _header(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, description=description)


def closed_bodies(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: ARG001, FBT001
    """Postprocessing: a body with an unknown field is refused, and the document says so."""
    for name, component in result.get("components", {}).get("schemas", {}).items():
        if name.removesuffix("Request").endswith("Asked"):
            component["additionalProperties"] = False
    return result
