"""By which an officer binds the authority: a direct award signed, a ceiling raised. Both are judged by the action."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from config.ground.doors import actor_of, arrived_at, once_of
from config.ground.refusals import InvalidInput, Refusal
from market.actions.agreements import raise_ceiling
from market.queries.law import binding_figure
from market.refusals import (
    CeilingNotRaised,
    ChangeTooLarge,
    ConflictOfInterest,
    DirectAwardLimit,
    LawFigureMissing,
    MandateTooLow,
    OrganicNotCertified,
    SecondSignatureNeeded,
    SupplierExcluded,
)
from market.rules.changes import Ground
from market.rules.valuation import LawFigure
from orders.actions.awards import sign_award
from orders.forms.changes import set_grounds
from orders.forms.officer import AwardForm, CeilingForm
from orders.queries.lots import lot_page, lot_to_change
from orders.queries.menus_ahead import menus_ahead
from orders.queries.seats import Seat
from orders.queries.valuation import needs_seen
from orders.views.officer.desk import acting_officer, crumbs, page, today_of

LIMIT = "direct_award_limit"


@acting_officer
def award(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/direktupphandling/``: a short form; signing judges the direct-award limit."""
    today = today_of(request)
    form = AwardForm(request.POST or None, authority=seat.authority, today=today)
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            agreement = sign_award(
                draft=form.draft(),
                basis=form.award_basis(),
                signer=seat.user,
                signed_at=arrived_at(request),
                once=once_of(request, endpoint="direct_award", body=sorted(form.data.items())),
                by=actor_of(request, reason=form.cleaned_data["reason"][:300]),
            )
        except (
            DirectAwardLimit,
            LawFigureMissing,
            MandateTooLow,
            ConflictOfInterest,
            SupplierExcluded,
            OrganicNotCertified,
        ) as refusal:
            refused = refusal
        except InvalidInput as faults:
            _tell(form, faults)
        else:
            if agreement.signed_at is None:
                words = _("”%(title)s” väntar på en andra underskrift, av någon annan än dig.")
                messages.success(request, words % {"title": agreement.title})
                return redirect("officer:awards", seat.authority.pk)
            messages.success(
                request, _("Direktupphandlingen ”%(title)s” är undertecknad.") % {"title": agreement.title}
            )
            return redirect("officer:lot", seat.authority.pk, agreement.lots.get().pk)
    return page(
        request,
        seat,
        "award",
        section="agreements",
        status=(refused.status if refused else 422) if form.is_bound else 200,
        form=form,
        limit=_limit(seat, today),
        needs=needs_seen(seat.authority, on=today),
        menus=menus_ahead(seat.authority, on=today),
        once=uuid.uuid4(),
        refusal=_words(refused),
        crumbs=crumbs(
            seat,
            (pgettext("flera", "Avtal"), reverse("officer:agreements", args=[seat.authority.pk])),
            (_("Direktupphandling"), ""),
        ),
    )


def _tell(form: AwardForm | CeilingForm, faults: InvalidInput) -> None:
    """The draft's own faults, at the field that they are of."""
    for name, sentences in faults.fields.items():
        field = name.rpartition(".")[2]
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


@acting_officer
def ceiling(request: HttpRequest, seat: Seat, lot_id: int) -> HttpResponseBase:
    """``…/avtal/delkontrakt/<lot>/tak/``: a higher ceiling; of a direct award it is judged as when it was signed."""
    today = today_of(request)
    row = lot_to_change(seat.authority, lot_id)
    form = CeilingForm(request.POST or None)
    set_grounds(form, row.agreement.regime)
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            raise_ceiling(
                lot=row,
                ceiling_sek=form.cleaned_data["ceiling_sek"],
                ceiling_kg=form.cleaned_data["ceiling_kg"],
                ground=Ground(form.cleaned_data["ground"]),
                clause=form.cleaned_data["clause"],
                today=today,
                by=actor_of(request, reason=form.cleaned_data["reason"]),
            )
        except (
            DirectAwardLimit,
            LawFigureMissing,
            CeilingNotRaised,
            ChangeTooLarge,
            MandateTooLow,
            SecondSignatureNeeded,
            ConflictOfInterest,
        ) as refusal:
            refused = refusal
        except InvalidInput as faults:
            _tell(form, faults)
        else:
            messages.success(request, _("Taket för %(lot)s är höjt.") % {"lot": row.name})
            return redirect("officer:lot", seat.authority.pk, lot_id)
    found = lot_page(seat.authority, lot_id=lot_id, today=today)
    lot_url = reverse("officer:lot", args=[seat.authority.pk, lot_id])
    return page(
        request,
        seat,
        "ceiling",
        section="agreements",
        status=(refused.status if refused else 422) if form.is_bound else 200,
        form=form,
        found=found,
        limit=_limit(seat, today) if found.agreement.kind == "direct_award" else None,
        refusal=_words(refused),
        crumbs=crumbs(
            seat,
            (pgettext("flera", "Avtal"), reverse("officer:agreements", args=[seat.authority.pk])),
            (found.lot.name, lot_url),
            (_("Höj takvärdet"), ""),
        ),
    )


def _limit(seat: Seat, day: date) -> LawFigure | None:
    """The direct-award limit that binds that day; None where no figure is known, which signing then refuses."""
    try:
        return binding_figure(authority_ids=[seat.authority.pk], code=LIMIT, on=day)
    except LawFigureMissing:
        return None


def _words(refusal: Refusal | None) -> dict[str, str] | None:
    if refusal is None:
        return None
    language = get_language() or "sv"
    return {"title": refusal.sentence(language), "text": refusal.next_step(language), "code": refusal.code}
