"""A kitchen's own payback pages: what the days came to, today's counts, the link to the tap page, the school's words."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from config.ground.refusals import InvalidInput, NotFound, Refusal
from kitchens.actions.counting import count_portions, measure_surplus, tell_day, weigh_pans, weigh_waste
from kitchens.actions.menus import lock_day
from kitchens.actions.payback import define_payback, open_board
from kitchens.actions.tapping import close_taps, open_taps
from kitchens.forms.counting import DayForm, DefinitionForm, PansForm, PortionsForm, SurplusForm, WasteForm
from kitchens.queries.access import KitchenAccess, kitchen_for
from kitchens.queries.payback_pages import DaySheet, day_sheet, payback_page
from market.rules.calendar import STOCKHOLM

GET_OR_POST = ["GET", "HEAD", "POST"]


def _kitchen(request: HttpRequest, kitchen_id: int) -> KitchenAccess:
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    return access


def _today(request: HttpRequest) -> date:
    return arrived_at(request).astimezone(STOCKHOLM).date()


def accepted(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do what the form says, if it can be read. False with the faults told in the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except InvalidInput as refusal:
        for name, faults in refusal.fields.items():
            form.add_error(name if name in form.fields else None, list(faults))
        return False
    except NotFound:
        raise
    except Refusal as refusal:
        language = get_language() or "sv"
        form.add_error(None, [refusal.sentence(language), refusal.next_step(language)])
        return False
    return True


@login_required
@require_http_methods(GET_OR_POST)
def payback(request: HttpRequest, kitchen_id: int) -> HttpResponse:
    """``/kok/<id>/payback/``: the days and their sum; the measured surplus."""
    access = _kitchen(request, kitchen_id)
    form = SurplusForm(request.POST or None)
    if request.method == "POST":
        access.check_may_fill()
        if accepted(
            form, lambda: measure_surplus(kitchen=access.kitchen, by=actor_of(request), **form.cleaned_data)
        ):
            messages.success(request, _("Mätningen är sparad. Den gäller dagar efter den."))
            return redirect("kitchens:payback", kitchen_id)
    page = payback_page(access.kitchen, today=_today(request))
    told = {"access": access, "page": page, "form": form}
    return render(request, "kitchens/payback.html", told, status=422 if form.errors else 200)


@login_required
@require_http_methods(GET_OR_POST)
def definition(request: HttpRequest, kitchen_id: int) -> HttpResponse:
    """``/kok/<id>/payback/skolan/``: what the school means by payback; a change is a new version."""
    access = _kitchen(request, kitchen_id)
    access.check_may_order()
    page = payback_page(access.kitchen, today=_today(request))
    last = page.definition
    names = ("text", "goal_kg", "frozen_year", "frozen_kg_per_portion")
    initial: dict[str, Any] = {name: getattr(last, name) for name in names} if last else {}
    board = page.board
    initial |= {"slug": board.slug if board else "", "is_public": board.is_public if board else True}
    form = DefinitionForm(request.POST or None, initial=initial | {"valid_from": _today(request)})

    def act() -> None:
        given, by = form.cleaned_data, actor_of(request)
        opened = open_board(kitchen=access.kitchen, slug=given["slug"], is_public=given["is_public"], by=by)
        define_payback(board=opened, draft=form.draft, by=by)

    if request.method == "POST" and accepted(form, act):
        messages.success(request, _("Skolans ord är sparade som en ny version."))
        return redirect("kitchens:payback", kitchen_id)
    told = {"access": access, "form": form, "page": page}
    return render(request, "kitchens/payback_definition.html", told, status=422 if form.errors else 200)


FORMS: dict[str, type[forms.Form]] = {
    "dagen": DayForm,
    "portioner": PortionsForm,
    "kantiner": PansForm,
    "svinn": WasteForm,
}


@login_required
@require_http_methods(GET_OR_POST)
def day(request: HttpRequest, kitchen_id: int, day: date) -> HttpResponse:
    """``/kok/<id>/payback/<day>/``: today's counts; lock, open the tap page, enter guests, portions, pans, waste."""
    access = _kitchen(request, kitchen_id)
    sheet = day_sheet(access.kitchen, day)
    forms_by_name = {name: _form(name, sheet, initial=sheet.initial.get(name)) for name in FORMS}
    if request.method == "POST":
        access.check_may_fill()
        did = request.POST.get("do", "")
        if did in FORMS:
            forms_by_name[did] = _form(did, sheet, data=request.POST)
            if accepted(forms_by_name[did], lambda: _save(request, sheet, did, forms_by_name[did])):
                messages.success(request, _("Sparat."))
                return redirect("kitchens:payback_day", kitchen_id, day)
            return _day_page(request, access, sheet, forms_by_name, status=422)
        if did == "lank":
            word = open_taps(menu_day=sheet.menu_day, by=actor_of(request))
            return _day_page(request, access, day_sheet(access.kitchen, day), forms_by_name, word=word)
        _do(request, sheet, did)
        return redirect("kitchens:payback_day", kitchen_id, day)
    return _day_page(request, access, sheet, forms_by_name)


def _form(name: str, sheet: DaySheet, **given: Any) -> forms.Form:
    if name == "dagen":
        return DayForm(kitchens=sheet.other_kitchens, **given)
    return FORMS[name](**given)


def _save(request: HttpRequest, sheet: DaySheet, did: str, form: Any) -> None:
    by, menu_day = actor_of(request), sheet.menu_day
    if did == "dagen":
        tell_day(menu_day=menu_day, facts=form.facts, by=by)
    elif did == "portioner":
        count_portions(menu_day=menu_day, portions=form.cleaned_data, by=by)
    elif did == "kantiner":
        weigh_pans(menu_day=menu_day, pans=form.pans, by=by)
    else:
        weigh_waste(
            kitchen=menu_day.kitchen,
            day=menu_day.day,
            weighed=form.weighed,
            weights_are_right=form.cleaned_data["weights_are_right"],
            by=by,
        )


def _do(request: HttpRequest, sheet: DaySheet, did: str) -> None:
    if did == "las":
        lock_day(menu_day=sheet.menu_day, now=arrived_at(request), by=actor_of(request))
        messages.success(request, _("Menyn är låst med recept och siffror."))
    elif did == "stang":
        close_taps(menu_day=sheet.menu_day, now=arrived_at(request), by=actor_of(request))
        messages.success(request, _("Trycksidan är stängd. Det som är räknat står kvar."))


def _day_page(
    request: HttpRequest,
    access: KitchenAccess,
    sheet: DaySheet,
    forms_by_name: dict[str, forms.Form],
    *,
    word: str = "",
    status: int = 200,
) -> HttpResponse:
    told = {
        "access": access,
        "sheet": sheet,
        "forms": forms_by_name,
        "tap_url": request.build_absolute_uri(reverse("kitchens:tap", args=[word])) if word else "",
        "before": sheet.menu_day.day - timedelta(days=1),
        "may_lock": sheet.menu_day.locked_at is None and arrived_at(request) < sheet.menu_day.service_at,
    }
    return render(request, "kitchens/payback_day.html", told, status=status)
