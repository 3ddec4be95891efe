"""What every door does first and last: note the time of arrival, choose the language, word a refusal."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from config.ground.models import User
from config.ground.problems import problem_response, wants_problem
from config.ground.refusals import InvalidInput, NotAllowed, Refusal
from config.ground.trail import Actor, Once

Handler = Callable[[HttpRequest], HttpResponse]
KEY_LENGTH = 120
NUL = "\x00"  # no text in the database can hold it
MOST_SOUGHT = 80  # signs of what is looked for


def arrival_middleware(get_response: Handler) -> Handler:
    """The time at which a request reached the house decides what was in time."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.arrived_at = timezone.now()  # type: ignore[attr-defined]
        return get_response(request)

    return handle


def language_middleware(get_response: Handler) -> Handler:
    """Swedish first; English when the person chose it, or when a program asks for it at the API."""

    def handle(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if not chosen and wants_problem(request):
            chosen = translation.get_language_from_request(request)
        language = "en" if chosen.startswith("en") else "sv"
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return handle


class RefusalMiddleware:
    """Words a refusal for the one who asked: a page, an htmx fragment or problem JSON."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if wants_problem(request):
            return problem_response(exception)
        language = translation.get_language() or "sv"
        told = {
            "refusal": exception,
            "sentence": exception.sentence(language),
            "next_step": exception.next_step(language),
        }
        htmx = getattr(request, "htmx", None)
        template = "parts/refusal.html" if htmx and not htmx.boosted else "refusal.html"
        return render(request, template, told, status=exception.status)


def sought(request: HttpRequest, name: str = "q") -> str:
    """The words that somebody looks for, as far as anything could be called so."""
    return request.GET.get(name, "").replace(NUL, "").strip()[:MOST_SOUGHT]


def user_of(request: HttpRequest) -> User:
    """The signed-in person. Raises NotAllowed for nobody."""
    if not isinstance(request.user, User):
        raise NotAllowed
    return request.user


def arrived_at(request: HttpRequest) -> datetime:
    """When the request reached the house: this decides what was in time."""
    arrived: datetime = request.arrived_at  # type: ignore[attr-defined]  # the arrival middleware sets it
    return arrived


def stand_at(request: HttpRequest, place: str) -> None:
    """Say in the page's header for whom the visitor acts here."""
    request.place = place  # type: ignore[attr-defined]  # the frame reads it


def actor_of(request: HttpRequest, *, reason: str = "") -> Actor:
    """The signed-in person at this door. Raises NotAllowed for nobody."""
    user = request.user
    if user.pk is None:
        raise NotAllowed
    match = request.resolver_match
    kind = "api" if wants_problem(request) else "web"
    return Actor.person(
        user.pk, door=f"{kind}:{match.view_name if match else request.path}"[:80], reason=reason
    )


def once_of(request: HttpRequest, *, endpoint: str, body: object) -> Once | None:
    """The client's key of this write: header ``Idempotency-Key`` or the form's field ``once``.

    Raises InvalidInput for a key that can't be kept whole: cut short, two keys could become one.
    """
    key = request.headers.get("Idempotency-Key") or request.POST.get("once") or ""
    if len(key) > KEY_LENGTH or not (key.isascii() and key.isprintable()):
        raise InvalidInput(fields={"Idempotency-Key": [f"1–{KEY_LENGTH} ASCII"]})
    return Once.of(endpoint=endpoint, key=key, body=body) if key else None
