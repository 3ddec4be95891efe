"""A kitchen's own pages: what is before it, its orders, and why a call-off became what it is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from config.ground.refusals import ChangedMeanwhile
from kitchens.queries.access import KitchenAccess, kitchen_for
from market.queries.findings import told
from market.queries.names import unit_name
from market.rules.calendar import STOCKHOLM
from orders.actions.editing import edit_order
from orders.actions.repricing import approve_prices
from orders.forms.basket import BasketForm, read_prices
from orders.queries.changed import compared
from orders.queries.checking import AskedLine
from orders.queries.orders import OrderSheet, call_off_for, kitchen_page, order_sheet


@login_required
@require_safe
def kitchen(request: HttpRequest, kitchen_id: int) -> HttpResponse:
    """``/kok/<id>/``: delivery days, receipts to do, what waits, what is ordered."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    now = arrived_at(request)
    page = kitchen_page(kitchen=access.kitchen, today=now.astimezone(STOCKHOLM).date(), now=now)
    return render(request, "orders/kitchen.html", {"access": access, "page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, kitchen_id: int, order_id: int) -> HttpResponse:
    """``/kok/<id>/bestallning/<order>/``: the order; its manager changes quantities before the cut-off."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    sheet = order_sheet(kitchen=access.kitchen, order_id=order_id, now=arrived_at(request))
    if request.method != "POST":
        return _sheet(request, access, sheet)
    access.check_may_order()
    if request.POST.get("do") == "godkann":
        return _approve(request, access, order_id)
    form = BasketForm.read(request.POST.dict())
    if form.errors:
        return _sheet(request, access, sheet, form=form, status=422)
    try:
        reply = edit_order(
            kitchen=access.kitchen,
            order_id=order_id,
            version=form.version,
            lines=_asked(sheet, form),
            arrived_at=arrived_at(request),
            by=actor_of(request),
        )
    except ChangedMeanwhile as refusal:
        context = {"access": access, "order": sheet.order, "version": refusal.figures["now"]}
        context |= {"refusal": refusal, "lines": compared(refusal), "day": sheet.order.delivery_date}
        return render(request, "orders/basket_changed.html", context, status=409)
    if any(line["finding"] for line in reply["lines"]):
        messages.warning(request, _("Ändringen är sparad, men allt gick inte. Se vad som ligger kvar nedan."))
    else:
        messages.success(request, _("Ändringen är sparad."))
    return redirect("orders:order", access.kitchen.pk, order_id)


def _approve(request: HttpRequest, access: KitchenAccess, order_id: int) -> HttpResponse:
    """``do=godkann``: the new prices as they were shown, ``pris-<call-off>``."""
    version = BasketForm.read(request.POST.dict()).version
    reply = approve_prices(
        kitchen=access.kitchen,
        order_id=order_id,
        version=version,
        seen=read_prices(request.POST.dict()),
        arrived_at=arrived_at(request),
        by=actor_of(request),
    )
    if not reply["lines"]:
        messages.warning(request, _("Priset har ändrats igen, eller är redan godkänt. Se raderna nedan."))
    elif any(line["finding"] for line in reply["lines"]):
        messages.warning(request, _("Ändringen är sparad, men allt gick inte. Se vad som ligger kvar nedan."))
    else:
        messages.success(request, _("De nya priserna är godkända."))
    return redirect("orders:order", access.kitchen.pk, order_id)


def _asked(sheet: OrderSheet, form: BasketForm) -> list[AskedLine]:
    """The order's lines as they shall be: those that are binding by now stay as they are."""
    typed = form.by_product
    asked = []
    for row in sheet.rows:
        wanted = typed.get(row.line.product_id)
        binding = not row.may_change or row.line.product_id not in form.typed
        if wanted is None and not binding:
            continue
        asked.append(
            AskedLine(
                product_id=row.line.product_id,
                quantity=row.line.quantity if binding or wanted is None else wanted.quantity,
                accept_part=row.line.accept_part,
                note=row.line.note,
                seen_at=form.seen_at if any(each.repriced for each in row.call_offs) else None,
            )
        )
    return asked


def _sheet(
    request: HttpRequest,
    access: KitchenAccess,
    sheet: OrderSheet,
    *,
    form: BasketForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "access": access,
        "sheet": sheet,
        "order": sheet.order,
        "form": form or BasketForm(),
        "seen_at": arrived_at(request).isoformat(),
        "just_placed": "nyss" in request.GET,
        "may_edit": access.may_order and sheet.may_change,
    }
    return render(request, "orders/order.html", context, status=status)


@login_required
@require_safe
def call_off(request: HttpRequest, kitchen_id: int, call_off_id: int) -> HttpResponse:
    """``/kok/<id>/avrop/<call-off>/``: why just this farm, price and quantity."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    found = call_off_for(access.kitchen, call_off_id)
    verdicts = told(found.finding, unit=unit_name(found.product.base_unit))
    context = {"access": access, "call_off": found, "passed": [each for each in verdicts if each.ok]}
    context["passed_over"] = [each for each in verdicts if not each.ok]
    return render(request, "orders/call_off.html", context)
