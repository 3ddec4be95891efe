"""Disposal: the authority's dated rules, what they would take, what was taken, and a new rule."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from config.ground.doors import actor_of
from config.ground.refusals import InvalidInput
from orders.actions.disposing import enter_retention
from orders.forms.disposal import RetentionForm
from orders.queries.disposal import disposed, preview
from orders.queries.seats import Seat
from orders.views.officer.desk import acting_officer, crumbs, page, reading, today_of


@reading
def disposal(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/lag/gallring/``: a look at what each rule would take, and what was taken."""
    return page(
        request,
        seat,
        "disposal",
        section="law",
        rules=preview(seat.authority, on=today_of(request)),
        disposed=disposed(seat.authority),
        crumbs=crumbs(seat, _law(seat), (_("Gallring"), "")),
    )


@acting_officer
def new_retention(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/lag/gallring/ny/``."""
    form = RetentionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enter_retention(
                authority=seat.authority,
                officer=seat.user,
                today=today_of(request),
                by=actor_of(request, reason=form.cleaned_data["decision"]),
                **form.cleaned_data,
            )
        except InvalidInput as faults:
            for name, sentences in faults.fields.items():
                for sentence in sentences:
                    form.add_error(name, sentence)
        else:
            messages.success(request, _("Regeln är inlagd. Här står vad den skulle ta."))
            return redirect("officer:disposal", seat.authority.pk)
    here = reverse("officer:disposal", args=[seat.authority.pk])
    return page(
        request,
        seat,
        "new_retention",
        section="law",
        status=422 if form.errors else 200,
        form=form,
        crumbs=crumbs(seat, _law(seat), (_("Gallring"), here), (_("Ny regel"), "")),
    )


def _law(seat: Seat) -> tuple[str, str]:
    return (_("Lag och krav"), reverse("officer:law", args=[seat.authority.pk]))
