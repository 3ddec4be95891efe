"""The register of direct awards and the documentation of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.ground.doors import actor_of
from config.ground.refusals import InvalidInput
from market.queries.signatures import waiting_for_second
from orders.actions.awards import Documented, document_award, map_external_need
from orders.forms.law import DocumentationForm, ExternalNeedForm
from orders.queries.awards import documentation_of, documentation_state, register
from orders.queries.menus_ahead import menus_ahead
from orders.queries.seats import Seat
from orders.queries.valuation import largest_unmapped, needs_seen
from orders.queries.why_acts import WhyAct, why_award, why_suspended
from orders.queries.why_documents import act_lead, act_parts
from orders.views.officer import files
from orders.views.officer.desk import (
    acting_officer,
    crumbs,
    csv_file,
    page,
    pdf_file,
    reading,
    today_of,
    wants_csv,
    wants_pdf,
)


@reading
def awards(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/direktupphandlingar/``: the register, also as a file."""
    found = register(seat.authority, today=today_of(request))
    if wants_csv(request):
        return csv_file(
            request,
            name=_("direktupphandlingar"),
            columns=files.award_columns(),
            rows=files.award_cells(found),
        )
    return page(
        request,
        seat,
        "awards",
        section="agreements",
        awards=found,
        waiting=waiting_for_second(seat.authority),
        crumbs=crumbs(
            seat,
            (pgettext("flera", "Avtal"), reverse("officer:agreements", args=[seat.authority.pk])),
            (_("Direktupphandlingar"), ""),
        ),
    )


@reading
def award_why(request: HttpRequest, seat: Seat, agreement_id: int) -> HttpResponseBase:
    """``…/direktupphandlingar/<agreement>/``: why the award was allowed, on one page."""
    found = why_award(seat.authority, agreement_id)
    if wants_pdf(request):
        return _act_paper(
            request, seat, found, name=_("direktupphandling-%(number)s") % {"number": agreement_id}
        )
    back = (_("Direktupphandlingar"), reverse("officer:awards", args=[seat.authority.pk]))
    return page(
        request,
        seat,
        "why",
        section="agreements",
        why=found,
        case_url=reverse("officer:agreement_case", args=[seat.authority.pk, agreement_id]),
        crumbs=crumbs(seat, back, (found.title, "")),
    )


@reading
def standing_why(request: HttpRequest, seat: Seat, standing_id: int) -> HttpResponseBase:
    """``…/avstangning/<standing>/``: why the supplier was suspended, on one page."""
    found = why_suspended(seat.authority, standing_id)
    if wants_pdf(request):
        return _act_paper(request, seat, found, name=_("avstangning-%(number)s") % {"number": standing_id})
    back = (_("Leverantörer"), reverse("officer:suppliers", args=[seat.authority.pk]))
    return page(
        request, seat, "why", section="suppliers", why=found, crumbs=crumbs(seat, back, (found.title, ""))
    )


def _act_paper(request: HttpRequest, seat: Seat, found: WhyAct, *, name: str) -> HttpResponseBase:
    return pdf_file(request, seat, name=name, title=found.title, lead=act_lead(), parts=act_parts(found))


@acting_officer
def needs(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/externa/behov/``: purchases elsewhere that lie in no need, the largest first, and where one of them belongs."""
    first = {name: request.GET.get(name, "") for name in ("supplier_number", "category", "product_text")}
    form = ExternalNeedForm(request.POST or None, authority=seat.authority, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            map_external_need(
                need=told["need_category"],
                supplier_number=told["supplier_number"],
                category=told["category"],
                product_text=told["product_text"],
                by=actor_of(request),
            )
        except InvalidInput as faults:
            for name, sentences in faults.fields.items():
                for sentence in sentences:
                    form.add_error(name, sentence)
        else:
            messages.success(
                request, _("Inköpen räknas nu till %(need)s.") % {"need": told["need_category"].name}
            )
            return redirect("officer:needs", seat.authority.pk)
    return page(
        request,
        seat,
        "needs",
        section="external",
        status=422 if form.errors else 200,
        form=form,
        needs=needs_seen(seat.authority, on=today_of(request)),
        menus=menus_ahead(seat.authority, on=today_of(request)),
        unmapped=largest_unmapped(seat.authority),
        crumbs=crumbs(
            seat,
            (_("Köpt utanför"), reverse("officer:external", args=[seat.authority.pk])),
            (_("Inköp och behov"), ""),
        ),
    )


@acting_officer
def documentation(request: HttpRequest, seat: Seat, agreement_id: int) -> HttpResponseBase:
    """``…/direktupphandlingar/<agreement>/dokumentation/``: UHM's least content. A late one stays writable."""
    today = today_of(request)
    doc = documentation_of(seat.authority, agreement_id)
    first = {
        name: getattr(doc, name) for name in ("object_text", "competition", "asked", "bids", "main_reason")
    }
    first["object_text"] = first["object_text"] or doc.agreement.title
    form = DocumentationForm(request.POST or None, initial=first | {"close": doc.closed_on is not None})
    if request.method == "POST" and form.is_valid():
        try:
            document_award(
                documentation=doc,
                told=Documented(**form.told()),
                close=form.cleaned_data["close"],
                officer=seat.user,
                today=today,
                by=actor_of(request),
            )
        except InvalidInput as faults:
            for name, sentences in faults.fields.items():
                for sentence in sentences:
                    form.add_error(name, sentence)
        else:
            messages.success(request, _("Dokumentationen är sparad."))
            return redirect("officer:awards", seat.authority.pk)
    return page(
        request,
        seat,
        "documentation",
        section="agreements",
        status=422 if form.errors else 200,
        form=form,
        doc=doc,
        award=doc.agreement,
        winner=doc.agreement.lots.get().parties.select_related("supplier").get().supplier,
        is_late=documentation_state(doc, today=today) == "late",
        crumbs=crumbs(
            seat,
            (_("Direktupphandlingar"), reverse("officer:awards", args=[seat.authority.pk])),
            (_("Dokumentation"), ""),
        ),
    )
