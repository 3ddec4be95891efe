"""May this be asked for? An officer's text read for words that would not stand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from config.ground.doors import actor_of
from config.ground.refusals import InvalidInput
from market.actions.criteria import keep_reason
from market.queries.criteria import kept_reasons, pieces, read_criteria
from market.rules.criteria_matters import Use
from orders.forms.criteria import CriteriaForm
from orders.queries.seats import Seat
from orders.views.officer.desk import acting_officer, crumbs, page, today_of


@acting_officer
def criteria(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/lag/krav/``: the text comes back with what was found, its paragraph and what to do instead.

    ``do=spara`` keeps it with the officer's reason; all else writes nothing.
    """
    form = CriteriaForm(request.POST or None)
    reading = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        use, today = Use(told["use"]), today_of(request)
        reading = read_criteria(told["text"], use=use, regime=told["regime"], on=today)
        if request.POST.get("do") == "spara":
            try:
                keep_reason(
                    authority=seat.authority,
                    text=told["text"],
                    use=use,
                    regime=told["regime"],
                    today=today,
                    by=actor_of(request, reason=told["reason"]),
                )
            except InvalidInput as faults:
                form.add_error("reason", faults.fields["reason"])
            else:
                messages.success(request, _("Texten och ditt skäl är sparade."))
                return redirect("officer:criteria", seat.authority.pk)
    return page(
        request,
        seat,
        "criteria",
        section="law",
        status=422 if form.errors else 200,
        form=form,
        reading=reading,
        kept=kept_reasons(seat.authority),
        pieces=pieces(form.cleaned_data["text"], reading) if reading else [],
        crumbs=crumbs(
            seat,
            (_("Lag och krav"), reverse("officer:law", args=[seat.authority.pk])),
            (_("Pröva en kravtext"), ""),
        ),
    )
