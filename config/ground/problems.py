"""Refusals as problem JSON (RFC 9457), for the API."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from drf_standardized_errors.handler import exception_handler as standardized
from drf_standardized_errors.types import ExceptionHandlerContext
from rest_framework.response import Response

from config.ground.refusals import Refusal

CONTENT_TYPE = "application/problem+json"


def problem(refusal: Refusal) -> dict[str, Any]:
    language = get_language() or "sv"
    return {
        "type": f"/api/problems/{refusal.code}",
        "title": refusal.sentence(language),
        "status": refusal.status,
        "detail": refusal.next_step(language),
        "code": refusal.code,
        "fields": {name: list(words) for name, words in refusal.fields.items()},
        "figures": {name: _plain(value) for name, value in refusal.figures.items()},
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, (int, bool, list, dict, type(None))) else str(value)


def problem_response(refusal: Refusal) -> JsonResponse:
    return JsonResponse(problem(refusal), status=refusal.status, content_type=CONTENT_TYPE)


def exception_handler(exc: Exception, context: ExceptionHandlerContext) -> Response | None:
    """DRF's handler: a refusal becomes its problem, all else what drf-standardized-errors makes of it."""
    if isinstance(exc, Refusal):
        return Response(problem(exc), status=exc.status, content_type=CONTENT_TYPE)
    answer: Response | None = standardized(exc, context)
    return answer


def wants_problem(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
