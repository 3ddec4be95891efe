"""``/gard/<id>/villkor/``: a farm's terms at each hub, and its pauses."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from config.ground.refusals import NotFound
from market.actions.delivery_terms import end_pause, pause_supplier, set_hub_terms
from market.forms.terms import PauseForm, TermsForm
from market.queries.terms import closures_ahead, hub_named, pauses_of, runs_in, terms_of
from market.rules.calendar import STOCKHOLM
from suppliers.models import Supplier
from suppliers.queries import supplier_for

LONGEST_KEY = 18


def _farm(request: HttpRequest, supplier_id: int) -> Supplier:
    supplier = supplier_for(user_of(request), supplier_id)
    stand_at(request, supplier.name)
    return supplier


def _today(request: HttpRequest) -> date:
    return arrived_at(request).astimezone(STOCKHOLM).date()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """A POST sets the terms of one hub, ``nav``."""
    supplier = _farm(request, supplier_id)
    if request.method != "POST":
        return _page(request, supplier)
    named = request.POST.get("nav", "")
    if not (named.isascii() and named.isdigit() and len(named) <= LONGEST_KEY):
        raise NotFound
    hub = hub_named(int(named))
    form = TermsForm(hub, None, request.POST)
    if not form.is_valid():
        return _page(request, supplier, faulty=form, status=422)
    set_hub_terms(supplier=supplier, hub=hub, **form.terms, by=actor_of(request))
    messages.success(request, _("Villkoren vid %(hub)s är sparade.") % {"hub": hub.name})
    return redirect("market:terms", supplier_id)


@login_required
@require_POST
def pause(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """``…/villkor/paus/``: days on which the farm delivers nowhere."""
    supplier = _farm(request, supplier_id)
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _page(request, supplier, pause_form=form, status=422)
    pause_supplier(supplier=supplier, **form.cleaned_data, by=actor_of(request))
    first, last = form.cleaned_data["first_day"], form.cleaned_data["last_day"]
    messages.success(request, _("Pausen är sparad."))
    if planned := runs_in(supplier, first=first, last=last):
        told = ngettext(
            "%(count)s leveransdag är redan planerad då. Ta tillbaka veckan under Det du har ute.",
            "%(count)s leveransdagar är redan planerade då. Ta tillbaka veckorna under Det du har ute.",
            planned,
        )
        messages.warning(request, told % {"count": planned})
    return redirect("market:terms", supplier_id)


@login_required
@require_POST
def pause_end(request: HttpRequest, supplier_id: int, pause_id: int) -> HttpResponse:
    """``…/villkor/paus/<pause>/ta-bort/``."""
    supplier = _farm(request, supplier_id)
    end_pause(supplier=supplier, pause_id=pause_id, by=actor_of(request))
    messages.success(request, _("Pausen är borttagen."))
    return redirect("market:terms", supplier_id)


def _page(
    request: HttpRequest,
    supplier: Supplier,
    *,
    faulty: TermsForm | None = None,
    pause_form: PauseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = _today(request)
    forms = [
        faulty if faulty and faulty.hub == each.hub else TermsForm(each.hub, each.terms)
        for each in terms_of(supplier)
    ]
    context = {
        "supplier": supplier,
        "forms": forms,
        "pauses": pauses_of(supplier, today=today),
        "pause_form": pause_form or PauseForm(),
        "closures": closures_ahead(today=today),
    }
    return render(request, "market/terms.html", context, status=status)
