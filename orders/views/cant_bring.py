"""``/gard/<id>/kan-inte/``: a farm can't bring more in a week."""

import uuid
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from config.ground.doors import actor_of, arrived_at, once_of, stand_at, user_of
from market.queries.farm_offers import pools_of
from market.rules.calendar import STOCKHOLM
from market.rules.weeks import Period, week_of
from orders.actions.cant_bring import cant_this_week
from orders.forms.cant_bring import CantBringForm
from orders.queries.concerned import kitchens_concerned
from suppliers.models import Supplier
from suppliers.queries import supplier_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cant_week(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """``?vecka=<day>``: what goes, what is still owed and who is told; a POST does it."""
    supplier = supplier_for(user_of(request), supplier_id)
    stand_at(request, supplier.name)
    today = arrived_at(request).astimezone(STOCKHOLM).date()
    week = _week(request, today=today)
    form = CantBringForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method != "POST" else 422
        return _page(request, supplier, form, week=week, today=today, status=status)
    told = cant_this_week(
        supplier=supplier,
        period=week,
        reason=form.cleaned_data["reason"],
        ordered_too=form.ordered_too,
        today=today,
        once=once_of(request, endpoint="cant_week", body=[supplier_id, str(week), form.cleaned_data]),
        by=actor_of(request),
    )
    words = ngettext(
        "Inget mer är ute den veckan. %(count)s kök får veta det.",
        "Inget mer är ute den veckan. %(count)s kök får veta det.",
        told.kitchens,
    )
    messages.success(request, words % {"count": told.kitchens})
    if told.still_owed:
        messages.warning(request, _("Det som är beställt står kvar. Svara på inköpsordern när den kommer."))
    return redirect(f"{reverse('market:offers', args=[supplier_id])}?vecka={week.first}")


def _week(request: HttpRequest, *, today: date) -> Period:
    """The week of the day in the address, this one where it names none or one that is over."""
    try:
        week = week_of(date.fromisoformat(request.GET.get("vecka", "")))
    except (ValueError, OverflowError):
        return week_of(today)
    return week if week.last >= today else week_of(today)


def _page(
    request: HttpRequest, supplier: Supplier, form: CantBringForm, *, week: Period, today: date, status: int
) -> HttpResponse:
    context = {
        "supplier": supplier,
        "form": form,
        "week": week,
        "week_number": week.first.isocalendar().week,
        "pools": pools_of(supplier, today=today, period=week),
        "kitchens": len(kitchens_concerned(supplier, period=week, today=today)),
        "once": request.POST.get("once") or uuid.uuid4(),
    }
    return render(request, "orders/cant_week.html", context, status=status)
