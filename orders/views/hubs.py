"""A hub's pages: what comes, taking it over, and what goes to each kitchen."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from config.ground.doors import actor_of, arrived_at, once_of, stand_at, user_of
from market.models import Hub
from market.queries.access import hub_for
from market.rules.calendar import STOCKHOLM
from orders.actions import handing_over
from orders.forms.handing_over import HandOverLineForm, hand_over_forms
from orders.queries.hub_pages import (
    ExpectedOrder,
    by_farm,
    expected_order,
    expected_orders,
    hub_days,
    pick_lists,
)


def _hub(request: HttpRequest, hub_id: int) -> Hub:
    found = hub_for(user_of(request), hub_id)
    stand_at(request, found.name)
    return found


@login_required
@require_safe
def hub(request: HttpRequest, hub_id: int) -> HttpResponse:
    """``/nav/<id>/``: the days to come."""
    found = _hub(request, hub_id)
    today = arrived_at(request).astimezone(STOCKHOLM).date()
    context = {"hub": found, "days": hub_days(found, today=today), "today": today}
    return render(request, "orders/hub.html", context)


@login_required
@require_safe
def hub_day(request: HttpRequest, hub_id: int, day: date) -> HttpResponse:
    """``/nav/<id>/<day>/``: the day's purchase orders by farm."""
    found = _hub(request, hub_id)
    context = {"hub": found, "day": day, "farms": by_farm(expected_orders(found, day))}
    return render(request, "orders/hub_day.html", context)


@login_required
@require_safe
def pick_list(request: HttpRequest, hub_id: int, day: date) -> HttpResponse:
    """``/nav/<id>/<day>/plocklista/``: what goes to each kitchen, to print."""
    found = _hub(request, hub_id)
    context = {
        "hub": found,
        "day": day,
        "lists": pick_lists(found, day),
        "back_url": reverse("orders:hub_day", args=[hub_id, day]),
    }
    return render(request, "orders/pick_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, hub_id: int, day: date, order_id: int) -> HttpResponse:
    """``/nav/<id>/<day>/<order>/``: take over a farm's goods for one purchase order."""
    found = _hub(request, hub_id)
    expected = expected_order(found, day, order_id)
    if request.method != "POST":
        return _page(request, found, expected, hand_over_forms(expected))
    data = request.POST.dict()
    forms = hand_over_forms(expected, data)
    if not all(form.is_valid() for form in forms):
        return _page(request, found, expected, forms, status=422)
    reply = handing_over.hand_over(
        purchase_order_id=order_id,
        hub_id=hub_id,
        lines=[form.handed for form in forms],
        note=data.get("note", ""),
        once=once_of(request, endpoint="hand_over", body=sorted(data.items())),
        by=actor_of(request),
    )
    messages.success(
        request,
        ngettext(
            "Mottaget från %(farm)s: %(packs)s förpackning.",
            "Mottaget från %(farm)s: %(packs)s förpackningar.",
            reply["packs"],
        )
        % {"farm": expected.order.supplier.name, "packs": reply["packs"]},
    )
    return redirect("orders:hub_day", hub_id, day)


def _page(
    request: HttpRequest,
    found: Hub,
    expected: ExpectedOrder,
    forms: Sequence[HandOverLineForm],
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "hub": found,
        "expected": expected,
        "order": expected.order,
        "forms": forms,
        "any_weighed": any(form.weighed for form in forms),
        "faults": any(form.errors for form in forms),
        "once": uuid.uuid4(),
    }
    return render(request, "orders/hand_over.html", context, status=status)
