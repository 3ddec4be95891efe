"""Who bid for an agreement, and the notice of the award to each."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.ground.doors import actor_of
from market.actions.bidders import BidderDraft, add_bidder, assign_handler, tell_bidder
from market.queries.bids import handlers_of
from market.refusals import BidsSealed
from market.rules.notices import Channel
from orders.forms.bidders import BidderForm, HandlerForm, TellForm
from orders.queries.bidders import agreement_of, bidder_of, notices
from orders.queries.seats import Seat
from orders.views.officer.acts import form_page
from orders.views.officer.desk import acting_officer, page, reading, today_of


@reading
def bidders(request: HttpRequest, seat: Seat, agreement_id: int) -> HttpResponseBase:
    """``…/avtal/<agreement>/anbudsgivare/``: each who bid, how and when it was told, and the standstill.

    Before the award is decided whoever does not handle it is told why none of that is shown, with status 403.
    """
    try:
        found = notices(seat.authority, agreement_id, reader=seat.user, today=today_of(request))
    except BidsSealed as refusal:
        row = agreement_of(seat.authority, agreement_id)
        spoken = get_language() or "sv"
        return page(
            request,
            seat,
            "bids_sealed",
            section="agreements",
            status=refusal.status,
            agreement=row,
            handlers=handlers_of(row),
            refusal={"title": refusal.sentence(spoken), "text": refusal.next_step(spoken)},
        )
    return page(request, seat, "bidders", section="agreements", found=found)


@acting_officer
def new_handler(request: HttpRequest, seat: Seat, agreement_id: int) -> HttpResponseBase:
    """``…/avtal/<agreement>/handlaggare/``: an officer who sees the bids before the award is decided."""
    row, today = agreement_of(seat.authority, agreement_id), today_of(request)
    return form_page(
        request,
        seat,
        HandlerForm(request.POST or None, authority=seat.authority, officer=seat.user),
        do=lambda told: assign_handler(
            authority=seat.authority,
            agreement=row,
            handler=told["handler"],
            officer=seat.user,
            today=today,
            by=actor_of(request),
        ),
        title=_("Vem handlägger"),
        name=row.title,
        lead=_("Den du väljer ser vilka som lämnade anbud, och hur många, innan tilldelningen är beslutad."),
        submit=_("Spara"),
        done=_("Handläggaren är sparad."),
        to=("officer:bidders", row.pk),
        section="agreements",
    )


@acting_officer
def new_bidder(request: HttpRequest, seat: Seat, agreement_id: int) -> HttpResponseBase:
    """``…/avtal/<agreement>/anbudsgivare/ny/``."""
    row, today = agreement_of(seat.authority, agreement_id), today_of(request)
    return form_page(
        request,
        seat,
        BidderForm(request.POST or None),
        do=lambda told: add_bidder(
            authority=seat.authority,
            agreement=row,
            draft=BidderDraft(**told),
            officer=seat.user,
            today=today,
            by=actor_of(request),
        ),
        title=_("Ny anbudsgivare"),
        name=row.title,
        submit=_("Spara"),
        done=_("Anbudsgivaren är sparad."),
        to=("officer:bidders", row.pk),
        section="agreements",
    )


@acting_officer
def tell(request: HttpRequest, seat: Seat, bidder_id: int) -> HttpResponseBase:
    """``…/anbudsgivare/<bidder>/underratta/``."""
    today = today_of(request)
    row = bidder_of(seat.authority, bidder_id, reader=seat.user, today=today)
    return form_page(
        request,
        seat,
        TellForm(request.POST or None, today=today),
        do=lambda told: tell_bidder(
            authority=seat.authority,
            bidder=row,
            channel=Channel(told["channel"]),
            told_on=told["told_on"],
            today=today,
            officer=seat.user,
            by=actor_of(request),
        ),
        title=_("Underrätta"),
        name=row.name,
        submit=_("Underrätta"),
        done=_("Anbudsgivaren är underrättad."),
        to=("officer:bidders", row.agreement_id),
        section="agreements",
    )
