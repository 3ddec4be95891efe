"""What a day's dishes contain, for who serves them. The page joins menu and deliveries, so it lives here."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.ground.doors import stand_at, user_of
from kitchens.queries.access import kitchen_for
from orders.queries.declared import declared_dishes

ONE_DAY = timedelta(days=1)


@login_required
@require_safe
def declared(request: HttpRequest, kitchen_id: int, day: date) -> HttpResponse:
    """``/kok/<id>/meny/<day>/innehall/``: allergens and country of meat of each dish."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    told = {
        "access": access,
        "day": day,
        "dishes": declared_dishes(access.kitchen, day=day),
        "before": day - ONE_DAY,
        "after": day + ONE_DAY,
    }
    return render(request, "orders/declared.html", told)
