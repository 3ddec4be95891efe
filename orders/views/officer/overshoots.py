"""What catch weight brought over a ceiling: the assessment and its decision."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.ground.doors import actor_of, arrived_at
from market.actions.overshoots import decide_overshoot
from orders.forms.overshoots import OvershootForm
from orders.queries.overshoots import assessment_of, overshoot_page
from orders.queries.seats import Seat
from orders.views.officer.acts import form_page
from orders.views.officer.desk import acting_officer, crumbs, page, reading, today_of


@reading
def overshoot(request: HttpRequest, seat: Seat, lot_id: int) -> HttpResponseBase:
    """``…/avtal/delkontrakt/<lot>/over-taket/``."""
    found = overshoot_page(seat.authority, lot_id=lot_id, today=today_of(request))
    return page(
        request,
        seat,
        "overshoot",
        section="agreements",
        found=found,
        crumbs=crumbs(
            seat,
            (pgettext("flera", "Avtal"), reverse("officer:agreements", args=[seat.authority.pk])),
            (found.lot.name, reverse("officer:lot", args=[seat.authority.pk, lot_id])),
            (_("Över taket"), ""),
        ),
    )


@acting_officer
def decide(request: HttpRequest, seat: Seat, assessment_id: int) -> HttpResponseBase:
    """``…/over-taket/<assessment>/``."""
    row = assessment_of(seat.authority, assessment_id)
    return form_page(
        request,
        seat,
        OvershootForm(request.POST or None),
        do=lambda told: decide_overshoot(
            assessment=row,
            way=told["way"],
            now=arrived_at(request),
            by=actor_of(request, reason=told["reason"]),
        ),
        title=_("Besluta om det som gick över taket"),
        name=row.agreement_lot.name,
        lead=_(
            "Vill ni höja taket: gör det på delkontraktets sida. Då prövas höjningen, och ärendet stängs."
        ),
        submit=_("Besluta"),
        done=_("Beslutet är sparat. Nya avrop är stoppade tills det finns plats under taket."),
        to=("officer:overshoot", row.agreement_lot_id),
        section="agreements",
    )
