"""Invoices beside what was ordered and received."""

from django.http import HttpRequest, HttpResponseBase

from orders.queries.invoices import matched_orders
from orders.queries.officer_words import match_state
from orders.queries.seats import Seat
from orders.views.officer.desk import page, reading


@reading
def invoices(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/fakturor/``: the latest purchase orders: ordered, received, invoiced, and whether the last two agree."""
    rows = [(each, match_state(each.match)) for each in matched_orders(seat.authority)]
    return page(request, seat, "invoices", section="invoices", rows=rows)
