"""Refusals as problem JSON (RFC 9457): the one shape of every error in the API."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from drf_standardized_errors.formatter import flatten_errors
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ExceptionHandlerContext
from rest_framework import exceptions
from rest_framework.response import Response

from config.ground.api.refusals import (
    NoSuchFormat,
    NotSignedIn,
    OurFault,
    Unreadable,
    WrongContentType,
    WrongMethod,
)
from config.ground.refusals import InvalidInput, NotAllowed, NotFound, Refusal

CONTENT_TYPE = "application/problem+json"
WHOLE = "body"  # the field that a fault of the whole body is told under


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


def refusal_of(exc: Exception) -> Refusal:
    """The house's refusal for what Django REST framework raised; anything unforeseen is our fault."""
    if isinstance(exc, Refusal):
        return exc
    if isinstance(exc, exceptions.ValidationError):
        return InvalidInput(fields=_fields(exc))
    if isinstance(exc, exceptions.MethodNotAllowed):
        return WrongMethod(method=exc.args[0] if exc.args else "")
    if isinstance(exc, exceptions.UnsupportedMediaType):
        return WrongContentType(given=exc.args[0] if exc.args else "")
    plain: dict[type[Exception], type[Refusal]] = {
        exceptions.ParseError: Unreadable,
        exceptions.NotAuthenticated: NotSignedIn,
        exceptions.AuthenticationFailed: NotSignedIn,
        exceptions.PermissionDenied: NotAllowed,
        exceptions.NotFound: NotFound,
        exceptions.NotAcceptable: NoSuchFormat,
    }
    return plain.get(type(exc), OurFault)()


def _fields(exc: exceptions.ValidationError) -> dict[str, list[str]]:
    """Faults by the path of the field: ``lines.0.quantity``."""
    fields: dict[str, list[str]] = {}
    for fault in flatten_errors(exc.detail):
        name = (fault.attr or WHOLE).replace("non_field_errors", WHOLE)
        fields.setdefault(name, []).append(fault.detail)
    return fields


class ProblemHandler(ExceptionHandler):
    """drf-standardized-errors' way through a failed request, with our words and our shape."""

    def format_exception(self, exc: exceptions.APIException) -> dict[str, Any]:
        return problem(refusal_of(exc))

    def get_response(self, exc: exceptions.APIException, data: dict[str, Any]) -> Response:
        return Response(data, status=data["status"], headers=self.get_headers(exc), content_type=CONTENT_TYPE)


def exception_handler(exc: Exception, context: ExceptionHandlerContext) -> Response | None:
    """DRF's handler: whatever was raised becomes its problem."""
    if isinstance(exc, Refusal):
        return Response(problem(exc), status=exc.status, content_type=CONTENT_TYPE)
    answer: Response | None = ProblemHandler(exc, context).run()
    return answer


def wants_problem(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
