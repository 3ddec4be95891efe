"""Who bid for an agreement, and the notice of the award to each."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from config.ground.doors import actor_of
from market.actions.bidders import BidderDraft, add_bidder, tell_bidder
from market.rules.notices import Channel
from orders.forms.bidders import BidderForm, TellForm
from orders.queries.bidders import agreement_of, bidder_of, notices
from orders.queries.seats import Seat
from orders.views.officer.acts import form_page
from orders.views.officer.desk import acting_officer, page, reading, today_of


@reading
def bidders(request: HttpRequest, seat: Seat, agreement_id: int) -> HttpResponseBase:
    """``…/avtal/<agreement>/anbudsgivare/``: each who bid, how and when it was told, and the standstill."""
    found = notices(seat.authority, agreement_id, today=today_of(request))
    return page(request, seat, "bidders", section="agreements", found=found)


@acting_officer
def new_bidder(request: HttpRequest, seat: Seat, agreement_id: int) -> HttpResponseBase:
    """``…/avtal/<agreement>/anbudsgivare/ny/``."""
    row = agreement_of(seat.authority, agreement_id)
    return form_page(
        request,
        seat,
        BidderForm(request.POST or None),
        do=lambda told: add_bidder(
            authority=seat.authority,
            agreement=row,
            draft=BidderDraft(**told),
            officer=seat.user,
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
    row, today = bidder_of(seat.authority, bidder_id), today_of(request)
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
