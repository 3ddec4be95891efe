"""Suppliers of the authority's agreements; an officer suspends one with a clause, and lifts it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from config.ground.doors import actor_of
from market.actions.standing import lift_suspension, suspend_supplier
from orders.forms.officer import LiftForm, SuspensionForm
from orders.queries.seats import Seat
from orders.queries.suppliers import standing_of, supplier_of, suppliers_of
from orders.views.officer.desk import acting_officer, crumbs, page, reading, today_of


@reading
def suppliers(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/leverantorer/``: who may sell to the authority, under which lots, and who is suspended."""
    today = today_of(request)
    return page(
        request,
        seat,
        "suppliers",
        section="suppliers",
        suppliers=suppliers_of(seat.authority, today=today),
        today=today,
    )


@acting_officer
def suspend(request: HttpRequest, seat: Seat, supplier_id: int) -> HttpResponseBase:
    """``…/leverantorer/<supplier>/stang-av/``."""
    supplier = supplier_of(seat.authority, supplier_id)
    form = SuspensionForm(request.POST or None, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        suspend_supplier(
            authority=seat.authority,
            supplier=supplier,
            clause=form.cleaned_data["clause"],
            first_day=form.cleaned_data["first_day"],
            last_day=form.cleaned_data["last_day"],
            unheard_reason=form.cleaned_data["unheard_reason"],
            officer=seat.user,
            by=actor_of(request, reason=form.cleaned_data["clause"]),
        )
        messages.success(request, _("%(supplier)s är avstängd från nya avrop.") % {"supplier": supplier.name})
        return redirect("officer:suppliers", seat.authority.pk)
    return page(
        request,
        seat,
        "suspend",
        section="suppliers",
        status=422 if form.is_bound else 200,
        form=form,
        supplier=supplier,
        crumbs=_crumbs(seat, supplier.name),
    )


@acting_officer
def lift(request: HttpRequest, seat: Seat, standing_id: int) -> HttpResponseBase:
    """``…/avstangning/<standing>/lyft/``."""
    standing = standing_of(seat.authority, standing_id)
    form = LiftForm(request.POST or None, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        lift_suspension(
            standing=standing,
            first_free_day=form.cleaned_data["first_free_day"],
            by=actor_of(request, reason=form.cleaned_data["reason"]),
        )
        messages.success(
            request, _("Avstängningen av %(supplier)s är lyft.") % {"supplier": standing.supplier.name}
        )
        return redirect("officer:suppliers", seat.authority.pk)
    return page(
        request,
        seat,
        "lift",
        section="suppliers",
        status=422 if form.is_bound else 200,
        form=form,
        standing=standing,
        crumbs=_crumbs(seat, standing.supplier.name),
    )


def _crumbs(seat: Seat, last: str) -> list[dict[str, str]]:
    return crumbs(
        seat, (_("Leverantörer"), reverse("officer:suppliers", args=[seat.authority.pk])), (last, "")
    )
