"""The kitchen's door: receive what the hub has, turn away what is wrong, send back what was found later."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.ground.doors import actor_of, once_of, stand_at, user_of
from config.ground.refusals import NotFound
from kitchens.queries.access import KitchenAccess, kitchen_for
from orders.actions.receiving import receive, return_goods
from orders.forms.receiving import All, ReceiptLineForm, ReturnForm, receipt_forms
from orders.queries.receipts import ReceiptPage, receipt_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, kitchen_id: int, day: date) -> HttpResponse:
    """``/kok/<id>/mottagning/<day>/``. The kitchen's people receive; officers and auditors read."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    page = receipt_page(access.kitchen, day)
    if request.method != "POST":
        return _page(request, access, day, page)
    access.check_may_fill()
    if returned := request.POST.get("retur"):
        return _return(request, access, day, page, call_off=returned)
    data = request.POST.dict()
    filled = All(page.to_receive).filled(data) if request.POST.get("do") == "allt" else data
    forms = receipt_forms(page.to_receive, filled)
    if not forms or not all(form.is_valid() for form in forms):
        return _page(request, access, day, page, forms=forms, status=422)
    reply = receive(
        kitchen=access.kitchen,
        delivery_date=day,
        lines=[form.line for form in forms],
        once=once_of(request, endpoint="receipt", body=sorted(filled.items())),
        by=actor_of(request),
    )
    told = {"delivered": reply["delivered"], "rejected": reply["rejected"]}
    if reply["rejected"]:
        messages.warning(
            request, _("Kvitterat: antal förpackningar mottagna %(delivered)s, avvisade %(rejected)s.") % told
        )
    else:
        messages.success(request, _("Kvitterat: antal förpackningar mottagna %(delivered)s.") % told)
    return redirect("orders:receipt", access.kitchen.pk, day)


def _return(
    request: HttpRequest, access: KitchenAccess, day: date, page: ReceiptPage, *, call_off: str
) -> HttpResponse:
    row = page.row(int(call_off)) if call_off.isascii() and call_off.isdigit() else None
    if row is None:
        raise NotFound
    form = ReturnForm(row, request.POST.dict())
    if not form.is_valid():
        return _page(request, access, day, page, returning=form, status=422)
    return_goods(
        call_off_id=row.call_off.pk,
        kitchen=access.kitchen,
        packs=form.cleaned_data["packs"],
        reason=form.cleaned_data["reason"],
        once=once_of(request, endpoint="return", body=sorted(form.cleaned_data.items())),
        by=actor_of(request),
    )
    messages.success(request, _("Returen är registrerad."))
    return redirect("orders:receipt", access.kitchen.pk, day)


def _page(
    request: HttpRequest,
    access: KitchenAccess,
    day: date,
    page: ReceiptPage,
    *,
    forms: Sequence[ReceiptLineForm] | None = None,
    returning: ReturnForm | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = receipt_forms(page.to_receive) if forms is None else forms
    returns = [
        returning if returning and returning.row.call_off.pk == row.call_off.pk else ReturnForm(row)
        for row in page.received
    ]
    context = {
        "access": access,
        "day": day,
        "page": page,
        "forms": shown,
        "returns": returns,
        "faults": any(form.errors for form in shown) or bool(returning and returning.errors),
        "any_weighed": any(row.catch_weight for row in page.to_receive),
        "once": uuid.uuid4(),
    }
    return render(request, "orders/receipt.html", context, status=status)
