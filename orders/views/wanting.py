"""What a kitchen wants by habit and ahead: its standing lists, its forecast; and what farms see of the forecasts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from kitchens.actions.baskets import add_to_basket
from kitchens.actions.forecasts import save_forecasts
from kitchens.actions.standing_lists import remove_standing_list
from kitchens.queries.access import KitchenAccess, kitchen_for
from kitchens.queries.forecasts import ForecastRow, by_week, forecast_sheet, season_needs, weeks_from
from kitchens.queries.standing_lists import standing_lists
from market.queries.delivery import hubs_of_farm, next_open_day
from market.queries.names import goods_name
from market.queries.register import product_names, products_meant
from market.rules.calendar import STOCKHOLM
from orders.forms.forecast import ForecastForm, cell_name
from orders.queries.last_order import line_to_order_again
from orders.queries.record import FEWEST_KITCHENS, by_month
from orders.queries.record import season_needs as ordered_needs
from orders.templatetags.pages import plain
from suppliers.queries import supplier_for

A_YEAR = timedelta(days=365)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest, kitchen_id: int) -> HttpResponse:
    """``/kok/<id>/listor/``: the kitchen's standing lists; its people take them away."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    if request.method == "POST":
        access.check_may_fill()
        asked = request.POST.get("ta-bort", "")
        gone = remove_standing_list(
            kitchen=access.kitchen,
            list_id=int(asked[:18]) if asked.isascii() and asked.isdigit() else 0,
            by=actor_of(request),
        )
        messages.success(request, _("Listan %(name)s är borttagen.") % {"name": gone.name})
        return redirect("orders:standing_lists", access.kitchen.pk)
    context = {"access": access, "lists": standing_lists(access.kitchen)}
    return render(request, "orders/standing_lists.html", context)


@login_required
@require_POST
def order_again(request: HttpRequest, kitchen_id: int, order_id: int) -> HttpResponse:  # noqa: ARG001  # the page's address
    """A line of an order once more, into the basket of the next day that is open."""
    access = kitchen_for(user_of(request), kitchen_id)
    access.check_may_fill()
    asked = request.POST.get("rad", "")
    line = line_to_order_again(access.kitchen, int(asked[:18]) if asked.isascii() and asked.isdigit() else 0)
    now = arrived_at(request)
    day = next_open_day(hub_id=access.kitchen.hub_id, today=now.astimezone(STOCKHOLM).date(), now=now)
    if day is None:
        messages.error(request, _("Ingen leveransdag är öppen för beställning."))
        return redirect("orders:kitchen", access.kitchen.pk)
    add_to_basket(kitchen=access.kitchen, delivery_date=day, lines=[line], by=actor_of(request))
    messages.success(request, _("Raden ligger nu i varukorgen. Inget är beställt än."))
    return redirect("orders:order_new", access.kitchen.pk, day)


@dataclass(frozen=True, slots=True)
class Cell:
    week: date
    name: str
    typed: str
    is_fault: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forecast(request: HttpRequest, kitchen_id: int) -> HttpResponse:
    """``/kok/<id>/prognos/``: what the kitchen believes that it will want, week by week. Not binding."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    weeks = weeks_from(arrived_at(request).astimezone(STOCKHOLM).date())
    if request.method != "POST":
        return _forecast(request, access, weeks, ForecastForm())
    access.check_may_fill()
    form = ForecastForm.read(request.POST.dict(), weeks=weeks)
    if form.wrong:
        fault = _("Rätta de markerade antalen. Inget är sparat än.")
        return _forecast(request, access, weeks, form, fault=fault, status=422)
    if request.POST.get("do") == "vara":
        return _add_product(request, access, weeks, form)
    save_forecasts(kitchen=access.kitchen, quantities=form.quantities, by=actor_of(request))
    messages.success(request, _("Prognosen är sparad. Den binder ingen."))
    return redirect("orders:forecast", access.kitchen.pk)


def _add_product(
    request: HttpRequest, access: KitchenAccess, weeks: list[date], form: ForecastForm
) -> HttpResponse:
    """A row more, with what was typed kept; nothing is saved by it."""
    found = products_meant(request.POST.get("vara", "")[:60])
    if len(found) != 1:
        names = ", ".join(goods_name(product) for product in found[:4])
        fault = (
            _("Flera varor stämmer: %(names)s. Skriv hela namnet.") % {"names": names}
            if found
            else _("Ingen vara i registret heter så.")
        )
        return _forecast(request, access, weeks, form, fault=fault, status=422)
    return _forecast(request, access, weeks, form, also=[found[0].pk])


def _forecast(
    request: HttpRequest,
    access: KitchenAccess,
    weeks: list[date],
    form: ForecastForm,
    *,
    fault: str = "",
    also: list[int] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = forecast_sheet(access.kitchen, weeks=weeks, also=[*form.products, *(also or [])])
    context: dict[str, Any] = {
        "access": access,
        "weeks": weeks,
        "rows": [
            {"product": row.product, "unit": row.unit, "cells": _cells(row, weeks, form)} for row in rows
        ],
        "fault": fault,
        "names": product_names() if access.may_fill else [],
    }
    return render(request, "orders/forecast.html", context, status=status)


def _cells(row: ForecastRow, weeks: list[date], form: ForecastForm) -> list[Cell]:
    cells = []
    for week, quantity in zip(weeks, row.quantities, strict=True):
        name = cell_name(row.product.pk, week)
        typed = form.typed.get(name, plain(quantity))
        cells.append(Cell(week=week, name=name, typed=typed, is_fault=name in form.wrong))
    return cells


@login_required
@require_safe
def season(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """``/gard/<id>/behov/``: what kitchens forecast together, and what they ordered over the year. Names no kitchen."""
    supplier = supplier_for(user_of(request), supplier_id)
    stand_at(request, supplier.name)
    today = arrived_at(request).astimezone(STOCKHOLM).date()
    weeks = weeks_from(today)
    needs = season_needs(hub_ids=hubs_of_farm(supplier), weeks=weeks)
    months, rows = by_month(ordered_needs(supplier, first=today - A_YEAR, last=today))
    context = {
        "supplier": supplier,
        "weeks": weeks,
        "ahead": [(row, list(zip(weeks, row.needs, strict=True))) for row in by_week(needs, weeks=weeks)],
        "months": months,
        "rows": [(row.product, list(zip(months, row.quantities, strict=True))) for row in rows],
        "fewest": FEWEST_KITCHENS,
    }
    return render(request, "orders/season_needs.html", context)
