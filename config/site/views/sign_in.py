"""Signing in and out. In demo mode one click is enough."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from config.ground.models import User
from config.ground.refusals import NotFound
from config.site.roles import Place, demo_people, demo_towns, places_of

YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail and password; in demo mode also offer each role."""
    email, fault = "", ""
    if request.method == "POST":
        email = request.POST.get("email", "")
        user = authenticate(request, username=email, password=request.POST.get("password", ""))
        if isinstance(user, User):
            return _enter(request, user)
        fault = _("E-post och lösenord hör inte ihop. Kontrollera båda och försök igen.")
    told = {
        "email": email,
        "fault": fault,
        "next": _next(request),
        **(_demo(request) if settings.DEMO else {}),
    }
    return render(request, "sign_in.html", told, status=422 if fault else 200)


def _demo(request: HttpRequest) -> dict[str, Any]:
    """The demo's people of the town that ``?kommun=`` names, else of the first."""
    towns = demo_towns()
    if not towns:
        return {}
    town = next((each for each in towns if str(each.pk) == request.GET.get("kommun")), towns[0])
    return {
        "towns": towns,
        "town": town,
        "people": [(user, places_of(user)) for user in demo_people(town)],
    }


@require_POST
def demo_sign_in(request: HttpRequest, user_id: int) -> HttpResponse:
    """Be one of the demo's people. Raises NotFound outside demo mode and for anybody else."""
    people = (user for town in demo_towns() for user in demo_people(town)) if settings.DEMO else ()
    user = next((user for user in people if user.pk == user_id), None)
    if user is None:
        raise NotFound
    return _enter(request, user)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("front")


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend="config.ground.sign_in.EmailBackend")
    places = places_of(user)
    request.session["places"] = [_kept(place) for place in places]
    response = redirect(_next(request) or "front")
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, max_age=YEAR, samesite="Lax")
    return response


def _kept(place: Place) -> dict[str, str]:
    return {"name": place.name, "url": place.url, "icon": place.icon}


def _next(request: HttpRequest) -> str:
    """Where the person was going, if that is in this house."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe else ""
