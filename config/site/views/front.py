"""The house's own pages: the front door, health, accessibility, sources."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import defaults
from django.views.decorators.http import require_safe

from config.ground.api.refusals import OurFault, Unreadable
from config.ground.doors import RefusalMiddleware
from config.ground.models import User
from config.ground.problems import problem_response, wants_problem
from config.ground.refusals import NotFound
from config.site.queries import notices_of
from config.site.roles import places_of


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Who is signed in goes to the place she has, or chooses; others read what this is."""
    if not isinstance(request.user, User):
        return render(request, "front.html")
    places = places_of(request.user)
    if len(places) == 1:
        return redirect(places[0].url)
    return render(request, "places.html", {"places": places})


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html")


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    return render(request, "notices.html", {"notices": notices_of()})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's name
    """Addresses that are none are refused in the same words as rows that are not there."""
    worded = RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, NotFound())
    return worded or HttpResponse(status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django itself finds unreadable, before a door is reached."""
    return (
        problem_response(Unreadable()) if wants_problem(request) else defaults.bad_request(request, exception)
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw, outside the API's own doors."""
    return problem_response(OurFault()) if wants_problem(request) else defaults.server_error(request)
