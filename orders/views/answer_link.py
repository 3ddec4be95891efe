"""The farm's answer through the link in its letter, without signing in."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from config.ground.doors import arrived_at, once_of
from orders.actions.answering import answer_by_link
from orders.forms.answering import AnswerForm
from orders.queries.answer_links import sheet_by_token
from orders.queries.purchase_orders import PurchaseOrderSheet
from orders.refusals import AnsweredAlready


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """``/svar/<token>/``: one purchase order and its answer. Looking at it answers nothing: mail scanners look too."""
    sheet = sheet_by_token(token, now=arrived_at(request))
    if request.method != "POST":
        return _page(request, sheet, AnswerForm(sheet))
    if sheet.is_answered:
        return _page(request, sheet, AnswerForm(sheet), status=409)
    form = AnswerForm(sheet, request.POST.dict())
    if not form.is_valid():
        return _page(request, sheet, form, status=422)
    try:
        answer_by_link(
            purchase_order_id=sheet.order.pk,
            packs=form.packs,
            reason=form.cleaned_data["reason"],
            now=arrived_at(request),
            once=once_of(request, endpoint="answer_link", body=[form.packs, form.cleaned_data["reason"]]),
        )
    except AnsweredAlready:
        now = sheet_by_token(token, now=arrived_at(request))
        return _page(request, now, AnswerForm(now), status=409)
    messages.success(request, _("Tack, svaret är skickat."))
    return redirect("orders:answer_link", token)


def _page(
    request: HttpRequest, sheet: PurchaseOrderSheet, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "sheet": sheet,
        "order": sheet.order,
        "form": form,
        "once": uuid.uuid4(),
        "came_late": status == HTTPStatus.CONFLICT,
    }
    response = render(request, "orders/answer_link.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
