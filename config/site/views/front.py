"""The house's own pages: the front door, health, accessibility, sources."""

import uuid

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.http import require_http_methods, require_safe

from config.ground.api.refusals import OurFault, Unreadable
from config.ground.barriers import answer_barrier, barriers, report_barrier
from config.ground.doors import RefusalMiddleware, actor_of, arrived_at, once_of
from config.ground.models import User
from config.ground.problems import problem_response, wants_problem
from config.ground.refusals import NotFound
from config.ground.trail import Actor
from config.site.access import check_may_retry_jobs
from config.site.barrier_form import BarrierForm
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


@require_http_methods(["GET", "HEAD", "POST"])
def accessibility(request: HttpRequest) -> HttpResponse:
    """``/tillganglighet/``: the statement; anybody reports a barrier there, signed in or not."""
    form = BarrierForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "once": request.POST.get("once") or uuid.uuid4()}
        return render(request, "accessibility.html", context, status=422 if request.method == "POST" else 200)
    by = actor_of(request) if isinstance(request.user, User) else Actor.job("barrier_report")
    report_barrier(
        **form.cleaned_data,
        now=arrived_at(request),
        once=once_of(request, endpoint="barrier", body=form.cleaned_data),
        by=by,
    )
    messages.success(request, _("Tack. Din rapport är sparad, och den som driver platsen ser den."))
    return redirect("accessibility")


@require_http_methods(["GET", "HEAD", "POST"])
def reported(request: HttpRequest) -> HttpResponse:
    """``/tillganglighet/rapporter/``: for the platform's administrators; a POST says that one is answered."""
    check_may_retry_jobs(request.user)
    if request.method == "POST":
        asked = request.POST.get("besvarad", "")
        answer_barrier(
            report_id=int(asked[:18]) if asked.isascii() and asked.isdigit() else 0, by=actor_of(request)
        )
        messages.success(request, _("Rapporten är besvarad. Adressen för svar är borttagen."))
        return redirect("reported")
    return render(request, "reported.html", {"reports": barriers()})


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
