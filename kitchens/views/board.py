"""The school's public board: the page, the part of it that renews itself, and how it is computed."""

import hashlib
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.ground.doors import arrived_at
from kitchens.queries.board import board_at, board_now
from kitchens.queries.payback import equivalents

WORKER = Path(__file__).parents[1] / "static" / "kitchens" / "worker.js"


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """``/board/<school>``: for the hall's screen and for a phone. Public, without cookies."""
    found = board_at(slug)
    return render(
        request, "kitchens/board.html", {"board": found, "now": board_now(found, now=arrived_at(request))}
    )


@require_safe
def board_part(request: HttpRequest, slug: str) -> HttpResponse:
    """``/board/<school>/nu``: what the page asks for every minute; 304 when nothing changed."""
    found = board_at(slug)
    told = {"board": found, "now": board_now(found, now=arrived_at(request))}
    reply = render(request, "kitchens/parts/board_now.html", told)
    tag = f'"{hashlib.sha256(reply.content).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    reply.headers["ETag"] = tag
    reply.headers["Cache-Control"] = "no-cache"
    return reply


@require_safe
def board_method(request: HttpRequest, slug: str) -> HttpResponse:
    """``/board/<school>/metod``: how it is computed, in pupils' language."""
    found = board_at(slug)
    told = {
        "board": found,
        "now": board_now(found, now=arrived_at(request)),
        "equivalents": equivalents(),
    }
    return render(request, "kitchens/board_method.html", told)


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """``/arbetare.js``: keeps the board and the tap page at hand when the network is gone. It must stand at the root."""
    return HttpResponse(
        WORKER.read_bytes(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )
