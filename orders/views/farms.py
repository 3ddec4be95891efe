"""A farm's own pages about what is bought of it: what needs it now, its purchase orders, its delivery notes."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.ground.doors import actor_of, arrived_at, once_of, stand_at, user_of
from market.queries.farm_offers import pools_of
from market.queries.questions import open_questions
from market.rules.calendar import STOCKHOLM
from market.rules.weeks import Period
from orders.actions.answering import confirm
from orders.forms.answering import AnswerForm
from orders.queries.purchase_orders import PurchaseOrderSheet, farm_orders, purchase_order_for
from suppliers.queries import ending_certificates, supplier_for


@login_required
@require_safe
def farm(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """``/gard/<id>/``: what needs the farm now."""
    supplier = supplier_for(user_of(request), supplier_id)
    stand_at(request, supplier.name)
    now = arrived_at(request)
    today = now.astimezone(STOCKHOLM).date()
    context = {
        "supplier": supplier,
        "orders": farm_orders(supplier, today=today, now=now),
        "pools": pools_of(supplier, today=today, period=Period(today, today)),
        "questions": open_questions(supplier, now=now),
        "certificates": ending_certificates(supplier, today=today),
        "today": today,
    }
    return render(request, "orders/farm.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def purchase_order(request: HttpRequest, supplier_id: int, order_id: int) -> HttpResponse:
    """``/gard/<id>/inkopsorder/<order>/``: the order as a document, and the farm's answer."""
    supplier = supplier_for(user_of(request), supplier_id)
    stand_at(request, supplier.name)
    sheet = purchase_order_for(supplier, order_id)
    if request.method != "POST":
        return _sheet(request, sheet, AnswerForm(sheet))
    form = AnswerForm(sheet, request.POST.dict())
    if not form.is_valid():
        return _sheet(request, sheet, form, status=422)
    reply = confirm(
        purchase_order_id=order_id,
        packs=form.packs,
        reason=form.cleaned_data["reason"],
        now=arrived_at(request),
        once=once_of(request, endpoint="purchase_order", body=[form.packs, form.cleaned_data["reason"]]),
        by=actor_of(request),
    )
    if reply["declined"]:
        messages.warning(
            request,
            _("Svaret är skickat. Förpackningar bekräftade: %(confirmed)s, inte levererade: %(declined)s.")
            % reply,
        )
    else:
        messages.success(request, _("Allt är bekräftat. Antal förpackningar: %(confirmed)s.") % reply)
    return redirect("orders:purchase_order", supplier_id, order_id)


@login_required
@require_safe
def delivery_note(request: HttpRequest, supplier_id: int, order_id: int) -> HttpResponse:
    """``…/foljesedel/``: what the farm brings to the hub, to print and sign."""
    sheet = purchase_order_for(supplier_for(user_of(request), supplier_id), order_id)
    back_url = reverse("orders:purchase_order", args=[supplier_id, order_id])
    context = {"sheet": sheet, "order": sheet.order, "back_url": back_url}
    return render(request, "orders/delivery_note.html", context)


def _sheet(
    request: HttpRequest, sheet: PurchaseOrderSheet, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    context = {"sheet": sheet, "order": sheet.order, "form": form, "once": uuid.uuid4()}
    return render(request, "orders/purchase_order.html", context, status=status)
