"""The last leg of a period, round by round, and the form that a round is written in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.ground.doors import actor_of
from orders.actions.last_leg import record_round
from orders.forms.last_leg import RoundForm
from orders.queries.last_leg import last_legs
from orders.queries.seats import Seat
from orders.refusals import KitchenOnAnotherRound
from orders.views.officer.desk import acting_officer, crumbs, page, period_of, reading, today_of


def _steps(seat: Seat, *steps: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs(seat, (_("Klimat"), reverse("officer:climate", args=[seat.authority.pk])), *steps)


@reading
def last_leg(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/klimat/sista-strackan/?from=&to=``: each round with its way, figure and source, and what each kitchen answers for."""
    period = period_of(request)
    question = urlencode({"from": period.from_text, "to": period.to_text, "basis": "delivered"})
    return page(
        request,
        seat,
        "last_leg",
        section="climate",
        found=last_legs(seat.authority, period),
        period=period,
        rows_url=f"{reverse('officer:spend_rows', args=[seat.authority.pk])}?{question}",
        crumbs=_steps(seat, (_("Sista sträckan"), "")),
    )


@acting_officer
def new_round(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/klimat/sista-strackan/ny/``: a round that was driven."""
    form = RoundForm(request.POST or None, authority=seat.authority, today=today_of(request))
    status = 422 if form.is_bound else 200
    refused: dict[str, str] | None = None
    if request.method == "POST" and form.is_valid():
        kitchens = form.cleaned_data["kitchens"]
        try:
            record_round(
                authority=seat.authority,
                hub=kitchens[0].hub,
                kitchens=kitchens,
                draft=form.draft(),
                today=today_of(request),
                by=actor_of(request),
            )
        except KitchenOnAnotherRound as refusal:
            language = get_language() or "sv"
            refused = {"title": refusal.sentence(language), "text": refusal.next_step(language)}
            status = refusal.status
        else:
            messages.success(request, _("Rundan är sparad."))
            return redirect("officer:last_leg", seat.authority.pk)
    return page(
        request,
        seat,
        "new_round",
        section="climate",
        status=status,
        form=form,
        refusal=refused,
        crumbs=_steps(
            seat,
            (_("Sista sträckan"), reverse("officer:last_leg", args=[seat.authority.pk])),
            (_("Ny runda"), ""),
        ),
    )
