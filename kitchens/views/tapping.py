"""The tap page: opened by the day's signed link, without signing in and without cookies."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from config.ground.doors import arrived_at
from config.ground.refusals import InvalidInput, Refusal
from kitchens.actions.tapping import TapGiven, link_of, take_taps
from kitchens.models import DishRole

TOO_MANY = 429


@csrf_exempt  # no cookie speaks for anybody here: the signed link is all there is
@require_http_methods(["GET", "HEAD", "POST"])
def tap(request: HttpRequest, word: str) -> HttpResponse:
    """``/tryck/<word>/``: two big buttons; and where the tablet sends its taps, as JSON."""
    if request.method == "POST":
        return _take(request, word)
    link = link_of(word, now=arrived_at(request))
    dishes = {dish.role: dish.recipe_version.recipe.name for dish in link.menu_day.dishes.all()}
    told = {
        "day": link.menu_day.day,
        "kitchen": link.menu_day.kitchen.name,
        "standard": dishes[DishRole.STANDARD],
        "payback": dishes[DishRole.PAYBACK],
    }
    return render(request, "kitchens/tap.html", told)


def _take(request: HttpRequest, word: str) -> HttpResponse:
    """The tablet is told in JSON what to keep: a page would be of no use to it."""
    now = arrived_at(request)
    try:
        counted = take_taps(link=link_of(word, now=now), taps=_taps(request), now=now)
    except Refusal as refusal:
        reply = {"code": refusal.code, "detail": refusal.sentence(get_language() or "sv")}
        headers = {"Retry-After": str(refusal.figures["wait_seconds"])} if refusal.status == TOO_MANY else {}
        return JsonResponse(reply, status=refusal.status, headers=headers)
    return JsonResponse({"counted": counted.counted, "again": counted.again, "refused": counted.refused})


def _taps(request: HttpRequest) -> list[TapGiven]:
    try:
        return [_tap(each) for each in json.loads(request.body)["taps"]]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InvalidInput(fields={"taps": [_("Trycken går inte att läsa.")]}) from None


def _tap(each: Any) -> TapGiven:
    at = datetime.fromisoformat(each["at"])
    if at.tzinfo is None:
        raise ValueError("a tap's time has its offset")
    return TapGiven(key=UUID(each["key"]), role=str(each["role"]), at=at)
