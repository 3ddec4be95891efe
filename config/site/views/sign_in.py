"""Signing in and out. In demo mode one click is enough."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from config.ground.doors import NUL, arrived_at
from config.ground.models import User
from config.ground.people import ask_for_password, choose_password, join, person_of_link
from config.ground.refusals import NotFound
from config.ground.trail import Actor
from config.site.forms import EmailForm, PasswordForm, PersonForm
from config.site.roles import Place, demo_people, demo_towns, places_of

YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail and password; in demo mode also offer each role."""
    email, fault = "", ""
    if request.method == "POST":
        email = request.POST.get("email", "").replace(NUL, "")
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


@require_http_methods(["GET", "HEAD", "POST"])
def ask_password(request: HttpRequest) -> HttpResponse:
    """``/losenord/``: a letter with a link. The answer is the same whether or not anybody has that address."""
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_for_password(
            email=form.cleaned_data["email"], now=arrived_at(request), by=Actor.job("password_asked")
        )
        return _letter_sent(request)
    told = {
        "form": form,
        "title": _("Nytt lösenord"),
        "back": reverse("sign_in"),
        "button": _("Skicka länken"),
    }
    return render(request, "new_place.html", told, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """``/konto/nytt/``: an account, by which a farm can be registered. Whoever has one gets a link as well."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        join(
            draft=form.draft(language=get_language() or "sv"),
            now=arrived_at(request),
            by=Actor.job("signed_up"),
        )
        return _letter_sent(request)
    told = {
        "form": form,
        "title": _("Skaffa konto"),
        "back": reverse("sign_in"),
        "button": _("Skicka länken"),
    }
    return render(request, "new_place.html", told, status=422 if form.is_bound else 200)


def _letter_sent(request: HttpRequest) -> HttpResponse:
    messages.success(
        request,
        _("Om adressen stämmer kommer ett brev med en länk inom några minuter. Titta även i skräpposten."),
    )
    return redirect("sign_in")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest, person: str, key: str) -> HttpResponse:
    """``/losenord/<person>/<key>/``: looking at it changes nothing, since mail scanners look too."""
    person_of_link(person, key)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = choose_password(person=person, key=key, password=form.cleaned_data["password"])
        except ValidationError as weak:
            form.add_error("password", weak)
        else:
            messages.success(request, _("Lösenordet är sparat och du är inloggad."))
            return _enter(request, user)
    told = {
        "form": form,
        "title": _("Välj lösenord"),
        "back": reverse("sign_in"),
        "button": _("Spara och logga in"),
    }
    response = render(request, "new_place.html", told, status=422 if form.is_bound else 200)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend="config.ground.sign_in.EmailBackend")
    places = places_of(user)
    request.session["places"] = [_kept(place) for place in places]
    response = redirect(_next(request) or "front")
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, max_age=YEAR, samesite="Lax")
    return response


def _kept(place: Place) -> dict[str, str]:
    return {"name": place.name, "url": place.url, "icon": place.icon, "people": place.people}


def _next(request: HttpRequest) -> str:
    """The page that the person was going to, if it is one of this house."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if here and wanted.startswith("/") else ""
