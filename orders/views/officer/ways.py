"""The map of farms, hubs, kitchens and what was carried between them."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from config.ground.charts.drawing import Drawing, weight
from config.ground.charts.map import MapFlow, MapPlace, flow_map
from orders.queries.flows import Ways, ways_of
from orders.queries.seats import Seat
from orders.views.officer.desk import crumbs, page, period_of, reading


@reading
def ways(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/karta/?from=&to=``: kg delivered, drawn by where the places lie, and told in tables."""
    period = period_of(request)
    found = ways_of(seat.authority, period)
    names = {"farm": _("Gård"), "hub": _("Nav"), "kitchen": _("Kök")}
    return page(
        request,
        seat,
        "ways",
        section="reports",
        period=period,
        ways=found,
        stops=[{"stop": stop, "sort": names[stop.sort]} for stop in found.stops],
        drawing=_drawing(found),
        crumbs=crumbs(
            seat,
            (_("Rapporter"), reverse("officer:reports", args=[seat.authority.pk])),
            (_("Varornas väg"), ""),
        ),
    )


def _drawing(found: Ways) -> Drawing | None:
    """None where nobody's place is known."""
    places = [
        MapPlace(key=stop.key, number=stop.number, name=stop.name, sort=stop.sort, at=stop.at)
        for stop in found.stops
        if stop.at is not None
    ]
    flows = [MapFlow(leg.begins.key, leg.ends.key, leg.kg) for leg in found.legs]
    return flow_map("ways", _("Varornas väg, kg levererat"), places, flows, measure=weight())
