"""Small-lot pots: small part contracts of a larger procurement (5 kap. 8 § LOU)."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from config.ground.doors import actor_of
from market.actions.small_lots import PotDraft, open_pot, take_lot
from orders.forms.small_lots import PotForm, SmallLotForm
from orders.queries.seats import Seat
from orders.queries.small_lots import pot_of, pots_of
from orders.views.officer.acts import form_page
from orders.views.officer.desk import acting_officer, page, reading


@reading
def pots(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/sma-delkontrakt/``: each pot with its arithmetic."""
    return page(request, seat, "small_lots", section="agreements", pots=pots_of(seat.authority))


@acting_officer
def new_pot(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/sma-delkontrakt/ny/``."""
    return form_page(
        request,
        seat,
        PotForm(request.POST or None),
        do=lambda told: open_pot(
            authority=seat.authority,
            draft=PotDraft(told["title"], told["case_number"], told["whole_sek"]),
            valued_on=told["valued_on"],
            officer=seat.user,
            by=actor_of(request),
        ),
        title=_("Ny upphandling med små delkontrakt"),
        name=_("Små delkontrakt"),
        submit=_("Spara"),
        done=_("Upphandlingen är sparad."),
        to=("officer:small_lots", None),
        section="agreements",
    )


@acting_officer
def take(request: HttpRequest, seat: Seat, pot_id: int) -> HttpResponseBase:
    """``…/sma-delkontrakt/<pot>/``: take a lot of the pot."""
    row = pot_of(seat.authority, pot_id)
    return form_page(
        request,
        seat,
        SmallLotForm(request.POST or None),
        do=lambda told: take_lot(
            pot=row, officer=seat.user, by=actor_of(request, reason=told["reason"][:300]), **told
        ),
        title=_("Nytt litet delkontrakt"),
        name=row.title,
        submit=_("Lägg till"),
        done=_("Delkontraktet är inlagt."),
        to=("officer:small_lots", None),
        section="agreements",
    )
