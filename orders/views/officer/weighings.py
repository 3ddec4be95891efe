"""Served, wasted and stock: what was weighed, whether it agrees with what came, and the form that it is written in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.ground.doors import actor_of
from config.ground.refusals import InvalidInput
from orders.actions.weighing import record_weighing
from orders.forms.weighing import WeighingForm
from orders.queries.seats import Seat
from orders.queries.weighings import Measured, Unasked, balances, weighings_of
from orders.refusals import WeighedAlready
from orders.views.officer.desk import acting_officer, crumbs, page, period_of, reading, today_of


def _steps(seat: Seat, *steps: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs(seat, (_("Klimat"), reverse("officer:climate", args=[seat.authority.pk])), *steps)


@reading
def weighings(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/klimat/samma-varor/?from=&to=``: each kitchen between two stock counts, and the weighings of the period."""
    period = period_of(request)
    found = balances(seat.authority, today=today_of(request))
    return page(
        request,
        seat,
        "weighings",
        section="climate",
        rows=[
            {
                "balance": each,
                "measures": [
                    {"unit": "kg", "told": each.kg, "why": _why(each.kg)},
                    {"unit": "co2e", "told": each.co2e, "why": _why(each.co2e)},
                ],
            }
            for each in found
        ],
        weighed=weighings_of(seat.authority, period),
        period=period,
        crumbs=_steps(seat, (_("Samma varor"), "")),
    )


def _why(measured: Measured) -> str:
    """Why nothing is said of a balance; empty where it is."""
    if measured.why is None:
        return ""
    return {
        Unasked.OPEN: _("Perioden är inte slut än, eller så räknas dess varor om just nu."),
        Unasked.CROSSES: _("En vägning sträcker sig över en lagerräkning: dela den vid den dagen."),
        Unasked.NO_WEIGHT: _("Någon levererad vara har ingen känd vikt."),
        Unasked.NO_FACTOR: _("Någon vara har ingen faktor i satsen."),
    }[measured.why]


@acting_officer
def new_weighing(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/klimat/samma-varor/ny/``: what a kitchen weighed."""
    today = today_of(request)
    form = WeighingForm(request.POST or None, authority=seat.authority, today=today)
    status = 422 if form.is_bound else 200
    refused: dict[str, str] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            record_weighing(
                kitchen=form.cleaned_data["kitchen"], draft=form.draft(), today=today, by=actor_of(request)
            )
        except InvalidInput as refusal:
            for field, words in refusal.fields.items():
                form.add_error("goods" if field == "kg" else field, [str(word) for word in words])
        except WeighedAlready as refusal:
            language = get_language() or "sv"
            refused = {"title": refusal.sentence(language), "text": refusal.next_step(language)}
            status = refusal.status
        else:
            messages.success(request, _("Vägningen är sparad."))
            return redirect("officer:weighings", seat.authority.pk)
    return page(
        request,
        seat,
        "new_weighing",
        section="climate",
        status=status,
        form=form,
        refusal=refused,
        crumbs=_steps(
            seat,
            (_("Samma varor"), reverse("officer:weighings", args=[seat.authority.pk])),
            (_("Ny vägning"), ""),
        ),
    )
