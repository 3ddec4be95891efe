"""May this be asked for? An officer's text read for words that would not stand."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from market.queries.criteria import pieces, read_criteria
from market.rules.criteria_matters import Use
from orders.forms.criteria import CriteriaForm
from orders.queries.seats import Seat
from orders.views.officer.desk import acting_officer, crumbs, page, today_of


@acting_officer
def criteria(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/lag/krav/``: the text comes back with what was found, its paragraph and what to do instead. Writes nothing."""
    form = CriteriaForm(request.POST or None)
    reading = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        reading = read_criteria(
            told["text"], use=Use(told["use"]), regime=told["regime"], on=today_of(request)
        )
    return page(
        request,
        seat,
        "criteria",
        section="law",
        status=422 if form.errors else 200,
        form=form,
        reading=reading,
        pieces=pieces(form.cleaned_data["text"], reading) if reading else [],
        crumbs=crumbs(
            seat,
            (_("Lag och krav"), reverse("officer:law", args=[seat.authority.pk])),
            (_("Pröva en kravtext"), ""),
        ),
    )
