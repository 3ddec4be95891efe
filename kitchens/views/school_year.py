"""A kitchen's school year: terms and closures, entered and taken out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from kitchens.actions.school_year import add_closure, add_term, remove_closure, remove_term
from kitchens.forms.school_year import PeriodForm
from kitchens.models import Kitchen
from kitchens.queries.access import kitchen_for
from kitchens.queries.school_year import school_year as year_of
from kitchens.views.payback import accepted
from market.rules.calendar import STOCKHOLM


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def school_year(request: HttpRequest, kitchen_id: int) -> HttpResponse:
    """``/kok/<id>/lasar/``: the menu's calendar and rolling weeks leave what is closed here."""
    access = kitchen_for(user_of(request), kitchen_id)
    stand_at(request, access.kitchen.name)
    did = request.POST.get("do", "")
    forms = {
        name: PeriodForm(request.POST if did == name else None, auto_id=f"{name}_%s")
        for name in ("termin", "lov")
    }
    if request.method == "POST":
        access.check_may_fill()
        if _act(request, access.kitchen, did, forms):
            return redirect("kitchens:school_year", kitchen_id)
    today = arrived_at(request).astimezone(STOCKHOLM).date()
    told = {"access": access, "year": year_of(access.kitchen, today=today), "forms": forms}
    status = 422 if request.method == "POST" else 200
    return render(request, "kitchens/school_year.html", told, status=status)


def _act(request: HttpRequest, kitchen: Kitchen, did: str, forms: dict[str, PeriodForm]) -> bool:
    """Whether it was done. Raises NotFound for a term or closure that is not there."""
    by = actor_of(request)
    what, _colon, number = did.partition(":")
    if number.isascii() and number.isdigit() and what in {"bort-termin", "bort-lov"}:
        if what == "bort-termin":
            remove_term(kitchen=kitchen, term_id=int(number[:18]), by=by)
        else:
            remove_closure(kitchen=kitchen, closure_id=int(number[:18]), by=by)
        messages.success(request, _("Borttaget."))
        return True
    form = forms.get(did)
    if form is None:
        return False
    done = accepted(
        form,
        lambda: (
            add_term(kitchen=kitchen, term=form.period, by=by)
            if did == "termin"
            else add_closure(kitchen=kitchen, closure=form.period, by=by)
        ),
    )
    if done:
        messages.success(request, _("Sparat."))
    return done
