"""The API's own pages: its document to try by hand, and what each problem's code means."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from config.ground.refusals import NotFound, Refusal, all_refusals


@require_safe
@ensure_csrf_cookie
def docs(request: HttpRequest) -> HttpResponse:
    """Swagger UI out of our own static files: no inline script, nothing from elsewhere."""
    return render(request, "api_docs.html")


@require_safe
def problems(_request: HttpRequest) -> HttpResponse:
    """Every code with which the API refuses."""
    return JsonResponse({code: _told(refusal) for code, refusal in sorted(all_refusals().items())})


@require_safe
def problem(_request: HttpRequest, code: str) -> HttpResponse:
    """What the ``type`` of a problem points at. Raises NotFound."""
    refusal = all_refusals().get(code)
    if refusal is None:
        raise NotFound
    return JsonResponse(_told(refusal))


def _told(refusal: type[Refusal]) -> dict[str, Any]:
    return {
        "code": refusal.code,
        "status": refusal.status,
        "what": dict(refusal.what),
        "then": dict(refusal.then),
    }
