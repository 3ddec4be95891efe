"""From the menu to the baskets in one click. The page joins menu, agreements and orders, so it lives here."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from kitchens.queries.access import kitchen_for
from orders.actions.filling import fill_baskets
from orders.queries.needs import needs_page

WEEK = timedelta(days=6)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: HttpRequest, kitchen_id: int, day: date) -> HttpResponse:
    """``/kok/<id>/meny/<day>/behov/``: what the week's menu needs, by delivery day; a POST lays it in the baskets."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    monday = day - timedelta(days=day.weekday())
    if request.method == "POST":
        access.check_may_fill()
    page = needs_page(kitchen=access.kitchen, first=monday, last=monday + WEEK, now=arrived_at(request))
    if request.method == "POST":
        filled = [(each.day, each.wanted) for each in page.days if each.wanted]
        lines = fill_baskets(kitchen=access.kitchen, days=filled, by=actor_of(request))
        told = ngettext(
            "%(lines)s vara ligger i varukorgen. Se efter och beställ.",
            "%(lines)s varor ligger i varukorgen. Se efter och beställ.",
            lines,
        )
        messages.success(request, told % {"lines": lines})
        if len(filled) == 1:
            return redirect("orders:order_new", kitchen_id, filled[0][0])
        return redirect("orders:needs", kitchen_id, day)
    before, after = monday - timedelta(days=7), monday + timedelta(days=7)
    told_page = {"access": access, "page": page, "monday": monday, "before": before, "after": after}
    return render(request, "orders/needs.html", told_page)
