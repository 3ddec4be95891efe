"""Swaps that would save, for who plans the menu. The page joins menu and agreements, so it lives here."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.ground.doors import arrived_at, stand_at, user_of
from kitchens.queries.access import kitchen_for
from orders.queries.swaps import swaps_page


@login_required
@require_safe
def swaps(request: HttpRequest, kitchen_id: int, day: date) -> HttpResponse:
    """``/kok/<id>/meny/<day>/byten/``: what other dishes or goods would save. The menu day shows this page's list."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    page = swaps_page(access.kitchen, day=day, now=arrived_at(request))
    return render(request, "orders/swaps.html", {"access": access, "day": day, "page": page})
