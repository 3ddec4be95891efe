"""A lot's price gets an adjustment from a day on."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from config.ground.doors import actor_of, arrived_at
from market.actions.prices import adjust_price
from orders.forms.prices import AdjustPriceForm
from orders.queries.lots import lot_to_change
from orders.queries.seats import Seat
from orders.views.officer.acts import form_page
from orders.views.officer.desk import acting_officer, today_of


@acting_officer
def adjust(request: HttpRequest, seat: Seat, lot_id: int) -> HttpResponseBase:
    """``…/avtal/delkontrakt/<lot>/pris/``."""
    row = lot_to_change(seat.authority, lot_id)
    form = AdjustPriceForm(request.POST or None, lot_id=lot_id, today=today_of(request))

    def do(told: dict[str, Any]) -> None:
        price = told["price"]
        adjust_price(
            lot=row,
            supplier=price.supplier,
            pack=price.pack,
            asked=form.adjustment(),
            now=arrived_at(request),
            by=actor_of(request, reason=told["reason"]),
        )

    return form_page(
        request,
        seat,
        form,
        do=do,
        title=_("Ändra ett pris"),
        name=row.name,
        lead=_("Det som är låst vid sin stopptid behåller sitt pris. Priset ändras aldrig bakåt."),
        submit=_("Ändra priset"),
        done=_("Priset är ändrat. Kök som har beställt till ett lägre pris blir tillfrågade."),
        to=("officer:lot", lot_id),
        section="agreements",
    )
