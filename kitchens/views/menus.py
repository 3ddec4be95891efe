"""A kitchen's menu: the calendar, a day, rolling weeks on, tomorrow's forecast."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from kitchens.actions.menus import plan_day, roll_weeks
from kitchens.forms.menus import MenuDayForm, RollForm
from kitchens.queries.access import KitchenAccess, kitchen_for
from kitchens.queries.menu_pages import (
    WEEKS_SHOWN,
    MenuRow,
    choosable_versions,
    drafted_row,
    forecast_page,
    menu_row,
    menu_weeks,
    swapped_from,
)
from kitchens.views.payback import accepted
from market.rules.calendar import STOCKHOLM, add_working_days

GET_OR_POST = ["GET", "HEAD", "POST"]


def _kitchen(request: HttpRequest, kitchen_id: int) -> KitchenAccess:
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    return access


def _today(request: HttpRequest) -> date:
    return arrived_at(request).astimezone(STOCKHOLM).date()


def _monday(request: HttpRequest) -> date:
    """The week that the address asks for, else this one."""
    try:
        day = date.fromisoformat(request.GET.get("vecka", ""))
    except ValueError:
        day = _today(request)
    return day - timedelta(days=day.weekday())


@login_required
@require_http_methods(GET_OR_POST)
def menu(request: HttpRequest, kitchen_id: int) -> HttpResponse:
    """``/kok/<id>/meny/``: two weeks with figures a portion; a POST rolls them on."""
    access = _kitchen(request, kitchen_id)
    monday = _monday(request)
    form = RollForm(request.POST) if request.method == "POST" else RollForm.after(monday)
    if request.method == "POST":
        access.check_may_fill()
        laid: list[int] = []
        by = actor_of(request)
        if accepted(
            form,
            lambda: laid.append(
                roll_weeks(
                    kitchen=access.kitchen,
                    source=monday,
                    weeks=form.cleaned_data["weeks"],
                    target=form.cleaned_data["target"],
                    by=by,
                )
            ),
        ):
            messages.success(request, _("%(days)s dagar är planerade.") % {"days": laid[0]})
            return redirect("kitchens:menu", kitchen_id)
    told = {
        "access": access,
        "weeks": menu_weeks(access.kitchen, monday=monday),
        "form": form,
        "before": monday - timedelta(weeks=WEEKS_SHOWN),
        "after": monday + timedelta(weeks=WEEKS_SHOWN),
        "tomorrow": add_working_days(_today(request), days=1),
    }
    return render(request, "kitchens/menu.html", told, status=422 if form.errors else 200)


@login_required
@require_http_methods(GET_OR_POST)
def menu_day(request: HttpRequest, kitchen_id: int, day: date) -> HttpResponse:
    """``/kok/<id>/meny/<day>/``: choose the day's dishes; figures and warning beside them."""
    access = _kitchen(request, kitchen_id)
    row = menu_row(access.kitchen, day)
    form = _day_form(request, access, row)
    if request.method == "POST":
        access.check_may_fill()
        if request.POST.get("do") == "rakna":
            chosen = {dish.role: (dish.version_id, dish.portions) for dish in form.so_far}
            drafted = drafted_row(access.kitchen, day, chosen=chosen)
            return render(request, "kitchens/parts/day_dishes.html", {"access": access, "row": drafted})
        by = actor_of(request)
        if accepted(form, lambda: plan_day(kitchen=access.kitchen, day=day, dishes=form.dishes, by=by)):
            messages.success(request, _("Sparat."))
            return redirect("kitchens:menu_day", kitchen_id, day)
    told = {
        "access": access,
        "row": row,
        "form": form,
        "monday": day - timedelta(days=day.weekday()),
        "swapped": swapped_from(row.menu_day, request.GET.get("byt", "")),
    }
    return render(request, "kitchens/menu_day.html", told, status=422 if form.errors else 200)


def _day_form(request: HttpRequest, access: KitchenAccess, row: MenuRow) -> MenuDayForm:
    return MenuDayForm(
        request.POST if request.method == "POST" else None,
        versions=choosable_versions(access.kitchen, row.menu_day),
        menu_day=row.menu_day,
        eaters=access.kitchen.pupils or 0,
    )


@login_required
@require_safe
def day_forecast(request: HttpRequest, kitchen_id: int, day: date) -> HttpResponse:
    """``/kok/<id>/meny/<day>/prognos/``: guests, choice and waste to expect, by what was counted before."""
    access = _kitchen(request, kitchen_id)
    page = forecast_page(access.kitchen, day=day)
    return render(request, "kitchens/forecast.html", {"access": access, "page": page, "day": day})
