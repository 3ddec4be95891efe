"""Delegations of the authority, and the second signature of a direct award."""

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from config.ground.doors import actor_of, arrived_at
from market.actions.signatures import give_mandate
from orders.actions.awards import countersign_award
from orders.forms.law import MandateForm
from orders.queries.bidders import agreement_of
from orders.queries.mandates import mandates_of
from orders.queries.seats import Seat
from orders.views.officer.acts import form_page
from orders.views.officer.desk import acting_officer, page, reading, today_of


@reading
def mandates(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/delegationer/``: who signs up to which amount."""
    return page(request, seat, "mandates", section="law", mandates=mandates_of(seat.authority))


@acting_officer
def new_mandate(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/delegationer/ny/``."""
    today = today_of(request)
    return form_page(
        request,
        seat,
        MandateForm(request.POST or None, authority=seat.authority, today=today),
        do=lambda told: give_mandate(
            authority=seat.authority,
            officer=seat.user,
            by=actor_of(request, reason=told["decision"]),
            **told,
        ),
        title=_("Ny delegation"),
        name=_("Delegationer"),
        submit=_("Spara"),
        done=_("Delegationen är sparad."),
        to=("officer:mandates", None),
        section="law",
    )


@acting_officer
def second(request: HttpRequest, seat: Seat, agreement_id: int) -> HttpResponseBase:
    """``…/direktupphandlingar/<agreement>/underteckna/``: the second person signs; the limit is judged anew."""
    row = agreement_of(seat.authority, agreement_id)
    return form_page(
        request,
        seat,
        forms.Form(request.POST if request.method == "POST" else None),
        do=lambda _told: countersign_award(
            agreement=row, signer=seat.user, signed_at=arrived_at(request), by=actor_of(request)
        ),
        title=_("Andra underskriften"),
        name=row.title,
        lead=_(
            "Du undertecknar för myndigheten. Gränsen prövas på nytt med det som har undertecknats sedan dess."
        ),
        submit=_("Underteckna"),
        done=_("Direktupphandlingen är undertecknad av två."),
        to=("officer:awards", None),
        section="agreements",
    )
