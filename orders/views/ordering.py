"""The order page: fill the basket, check it, order it."""

import hashlib
import json
import re
import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.ground import moments
from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from config.ground.refusals import ChangedMeanwhile, InvalidInput
from config.ground.trail import Once
from kitchens.actions.baskets import approve_price, move_line, save_basket
from kitchens.queries.access import KitchenAccess, kitchen_for
from kitchens.queries.baskets import BasketNow, WantedLine, basket_of
from kitchens.queries.standing_lists import standing_lists
from market.queries.facets import Sought
from orders.actions.asking import ask_in_turn
from orders.actions.placing import place_order
from orders.forms.basket import BasketForm
from orders.queries.changed import compared
from orders.queries.order_page import basket_sheet, order_page
from orders.queries.pasted import Pasted
from orders.views.filling import FILLED_BY, paste


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order_new(request: HttpRequest, kitchen_id: int, day: date) -> HttpResponse:
    """``/kok/<id>/bestall/<day>/``. Managers order; staff fill the basket; officers and auditors read."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    if request.method != "POST":
        return _page(request, access, day, basket_of(access.kitchen, day))
    access.check_may_fill()
    form = BasketForm.read(request.POST.dict())
    if request.POST.get("do") == "rakna":
        return _live(request, access, day, form)
    if form.errors:
        return _page(request, access, day, _typed(access, day, form), form=form, status=422)
    try:
        return _do(request, access, day, form)
    except ChangedMeanwhile as refusal:
        told = {"access": access, "day": day, "version": refusal.figures["now"], "refusal": refusal}
        return render(request, "orders/basket_changed.html", {**told, "lines": compared(refusal)}, status=409)


def _do(request: HttpRequest, access: KitchenAccess, day: date, form: BasketForm) -> HttpResponse:
    posted = request.POST
    if posted.get("do") == "bestall" or posted.get("fraga"):
        return _ask(request, access, day, form) if posted.get("fraga") else _place(request, access, day, form)
    if posted.get("do") == "kontrollera":
        return _page(request, access, day, _typed(access, day, form), form=form, checked=True)
    if fill := FILLED_BY.get(posted.get("do", "")):
        fill(request, access, day, form)
        return redirect(_here(access, day, posted))
    if posted.get("do") == "klistra":
        pasted = paste(request, access, day, form)
        return _page(request, access, day, basket_of(access.kitchen, day), pasted=pasted)
    if posted.get("flytta"):
        _move(request, access, day, form)
    elif posted.get("godkann"):
        _approve(request, access, day, form)
    else:
        lines = _with_way_out(form, posted["satt"]) if posted.get("satt") else form.lines
        save_basket(
            kitchen=access.kitchen,
            delivery_date=day,
            lines=lines,
            version=form.version,
            by=actor_of(request),
        )
        if posted.get("do") == "spara":
            messages.success(request, _("Varukorgen är sparad. Inget är beställt än."))
    return redirect(_here(access, day, posted))


def _move(request: HttpRequest, access: KitchenAccess, day: date, form: BasketForm) -> None:
    """``flytta=<product>:<day>``."""
    product_id, to_date = _moved(request.POST["flytta"])
    move_line(
        kitchen=access.kitchen,
        delivery_date=day,
        lines=form.lines,
        version=form.version,
        product_id=product_id,
        to_date=to_date,
        by=actor_of(request),
    )
    messages.success(request, _("Raden ligger nu i den andra leveransdagens varukorg."))


def _approve(request: HttpRequest, access: KitchenAccess, day: date, form: BasketForm) -> None:
    """``godkann=<product>:1``: a line's new price, as the page showed it."""
    approve_price(
        kitchen=access.kitchen,
        delivery_date=day,
        lines=form.lines,
        version=form.version,
        product_id=_id(request.POST["godkann"].partition(":")[0]) or 0,
        seen_at=form.seen_at or arrived_at(request),
        by=actor_of(request),
    )
    messages.success(request, _("Det nya priset är godkänt. Raden är inte beställd än."))


def _typed(access: KitchenAccess, day: date, form: BasketForm) -> BasketNow:
    """What was typed, as a basket. What lay there before keeps the moment up to which its price was seen."""
    laid = {line.product_id: line.laid_at for line in basket_of(access.kitchen, day).lines}
    lines = (replace(line, laid_at=laid.get(line.product_id, line.laid_at)) for line in form.lines)
    return BasketNow(form.version, tuple(lines))


def _ask(request: HttpRequest, access: KitchenAccess, day: date, form: BasketForm) -> HttpResponse:
    """``fraga=<product>:1``: the basket is saved, and the farm that is in turn is asked for what the line lacks."""
    access.check_may_order()
    product = request.POST["fraga"].partition(":")[0]
    line = next((each for each in form.asked if str(each.product_id) == product), None)
    if line is None:
        raise InvalidInput(fields={"fraga": ["–"]})
    by = actor_of(request)
    save_basket(kitchen=access.kitchen, delivery_date=day, lines=form.lines, version=form.version, by=by)
    question = ask_in_turn(
        kitchen=access.kitchen, delivery_date=day, line=line, now=arrived_at(request), by=by
    )
    told = {"farm": question.supplier.name, "moment": moments.instant(question.answer_by)}
    messages.success(
        request, _("%(farm)s har fått frågan och har till %(moment)s att svara. Raden ligger kvar.") % told
    )
    return redirect(_here(access, day, request.POST))


def _live(request: HttpRequest, access: KitchenAccess, day: date, form: BasketForm) -> HttpResponse:
    """The sums, and the lines that changed or have something to say, for one who is typing. Writes nothing."""
    sheet = basket_sheet(
        kitchen=access.kitchen,
        delivery_date=day,
        lines=_typed(access, day, form).lines,
        arrived_at=arrived_at(request),
    )
    changed, shown = _ids(request.POST.get("andrad", "")), _ids(request.POST.get("visar", ""))
    speaking = {row.product_id for row in sheet.rows if row.missing > 0}
    told = changed | shown | speaking | (form.errors.keys() - {0})
    context = {
        "access": access,
        "sheet": sheet,
        "rows": [row for row in sheet.rows if row.product_id in told],
        "silent": sorted(told - {row.product_id for row in sheet.rows} - form.errors.keys()),
        "faults": [(product, fault) for product, fault in form.errors.items() if product],
        "in_basket": _ids(request.POST.get("korg", "")),
        "speaking": ",".join(str(each) for each in sorted(speaking | (form.errors.keys() - {0}))),
        "next_day": None,
    }
    return render(request, "orders/parts/live.html", context)


def _ids(text: str) -> set[int]:
    """Ids with commas between them; what is none is passed over."""
    return {int(each) for each in text[:20_000].split(",") if re.fullmatch(r"\d{1,18}", each, re.ASCII)}


def _place(request: HttpRequest, access: KitchenAccess, day: date, form: BasketForm) -> HttpResponse:
    access.check_may_order()
    if not form.lines:
        messages.error(request, _("Varukorgen är tom. Skriv ett antal på en rad först."))
        return redirect(_here(access, day, request.POST))
    reply = place_order(
        kitchen=access.kitchen,
        delivery_date=day,
        lines=form.asked,
        arrived_at=arrived_at(request),
        basket_version=form.version,
        once=_once(request, form),
        by=actor_of(request),
    )
    if reply["order"] is None:
        messages.error(request, _("Inget är beställt. Varje rad ligger kvar med sitt skäl."))
        return redirect(_here(access, day, QueryDict()))
    address = reverse("orders:order", args=[access.kitchen.pk, reply["order"]])
    return redirect(f"{address}?nyss=1")


def _once(request: HttpRequest, form: BasketForm) -> Once | None:
    """The same page sent twice orders once. Sent anew with other quantities, its basket version decides."""
    key = request.POST.get("once", "")[:80]
    if not key:
        return None
    body = [form.version, *(f"{line.product_id}:{line.quantity}:{line.accept_part}" for line in form.lines)]
    digest = hashlib.sha256(json.dumps(body).encode()).hexdigest()[:32]
    return Once.of(endpoint="order_new", key=f"{key}:{digest}", body=body)


def _with_way_out(form: BasketForm, asked: str) -> list[WantedLine]:
    """``<product>:<quantity>`` of a way out's button."""
    product, _colon, quantity = asked.partition(":")
    try:
        return form.with_quantity(int(product), Decimal(quantity))
    except (ValueError, InvalidOperation):
        raise InvalidInput(fields={"satt": ["–"]}) from None


def _moved(asked: str) -> tuple[int, date]:
    product, _colon, day = asked.partition(":")
    try:
        return int(product), date.fromisoformat(day)
    except ValueError:
        raise InvalidInput(fields={"flytta": ["–"]}) from None


_FILTERS = ("q", "grupp", "gard", "marke", "temp", "sasong")


def _sought(asked: QueryDict) -> Sought:
    page = asked.get("sida", "")
    return Sought(
        words=asked.get("q", "").strip()[:60],
        category_id=_id(asked.get("grupp", "")),
        supplier_id=_id(asked.get("gard", "")),
        mark=asked.get("marke", "")[:20],
        temperature=asked.get("temp", "")[:8],
        in_season=bool(asked.get("sasong")),
        page=int(page[:6]) if page.isascii() and page.isdigit() else 1,
    )


def _id(text: str) -> int | None:
    return int(text[:18]) if text.isascii() and text.isdigit() else None


def _here(access: KitchenAccess, day: date, posted: QueryDict) -> str:
    """The page again, with the same search."""
    address = reverse("orders:order_new", args=[access.kitchen.pk, day])
    names = _FILTERS if posted.get("do") == "sok" else (*_FILTERS, "sida")
    kept = {name: str(posted[name]) for name in names if posted.get(name)}
    return f"{address}?{urlencode(kept)}" if kept else address


def _page(
    request: HttpRequest,
    access: KitchenAccess,
    day: date,
    basket: BasketNow,
    *,
    form: BasketForm | None = None,
    checked: bool = False,
    pasted: Pasted | None = None,
    status: int = 200,
) -> HttpResponse:
    sought = _sought(request.POST if form or pasted else request.GET)
    page = order_page(
        kitchen=access.kitchen,
        delivery_date=day,
        lines=basket.lines,
        sought=sought,
        arrived_at=arrived_at(request),
    )
    told: dict[str, Any] = {
        "access": access,
        "page": page,
        "sought": sought,
        "version": basket.version,
        "seen_at": arrived_at(request).isoformat(),
        "once": uuid.uuid4(),
        "form": form or BasketForm(),
        "checked": checked,
        "pasted": pasted,
        "lists": standing_lists(access.kitchen) if access.may_fill else [],
        "next_day": next((each for each in page.other_days if each.is_open), None),
    }
    return render(request, "orders/order_new.html", told, status=status)
