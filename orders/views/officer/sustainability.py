"""Sustainability criteria as rows, a new version of one, and those that stand in an agreement."""

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.ground.doors import actor_of, arrived_at
from config.ground.refusals import InvalidInput, NotFound
from market.actions.sustainability import choose_criterion, enter_criterion, remove_criterion
from market.models import SustainabilityCriterion
from market.queries.names import goods_name
from market.queries.organic import uncertified_of
from market.queries.sustainability import agreement_of, chosen_of, criteria
from orders.forms.sustainability import KINDS, LEVELS, ChooseForm, CriterionForm
from orders.queries.seats import Seat
from orders.views.officer.desk import acting_officer, crumbs, page, reading, today_of
from suppliers.queries import product_groups

MOST_DIGITS = 19  # a key of the database is shorter


@reading
def sustainability(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/lag/hallbarhet/``: every version with level, text, proof, validity and source."""
    today, names = today_of(request), _group_names()
    return page(
        request,
        seat,
        "sustainability",
        section="law",
        criteria=[_told(row, names) | {"in_force": _holds(row, today)} for row in criteria()],
        crumbs=crumbs(seat, _law(seat), (_("Hållbarhetskriterier"), "")),
    )


@acting_officer
def new_criterion(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/lag/hallbarhet/nytt/``: a version as its publisher wrote it."""
    form = CriterionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enter_criterion(
                draft=form.draft(),
                officer=seat.user,
                on=today_of(request),
                at=arrived_at(request),
                by=actor_of(request),
            )
        except InvalidInput as faults:
            _tell(form, faults)
        else:
            messages.success(request, _("Kriteriet är inlagt."))
            return redirect("officer:sustainability", seat.authority.pk)
    here = reverse("officer:sustainability", args=[seat.authority.pk])
    return page(
        request,
        seat,
        "new_criterion",
        section="law",
        status=422 if form.errors else 200,
        form=form,
        crumbs=crumbs(seat, _law(seat), (_("Hållbarhetskriterier"), here), (_("Nytt kriterium"), "")),
    )


@acting_officer
def agreement_criteria(request: HttpRequest, seat: Seat, agreement_id: int) -> HttpResponseBase:
    """``…/avtal/<agreement>/hallbarhet/``: what stands in it; one is taken up, or one that was a mistake is taken out."""
    agreement, names = agreement_of(seat.authority, agreement_id), _group_names()
    form = ChooseForm(
        None if "remove" in request.POST else request.POST or None, criteria=criteria(on=today_of(request))
    )
    if request.method == "POST" and "remove" in request.POST:
        chosen = chosen_of(agreement).filter(pk=_key(request.POST["remove"])).first()
        if chosen is None:
            raise NotFound
        remove_criterion(chosen=chosen, officer=seat.user, at=arrived_at(request), by=actor_of(request))
        return redirect("officer:agreement_criteria", seat.authority.pk, agreement.pk)
    if request.method == "POST" and form.is_valid():
        choose_criterion(
            agreement=agreement,
            criterion=form.cleaned_data["criterion"],
            officer=seat.user,
            on=today_of(request),
            by=actor_of(request),
        )
        messages.success(request, _("Kriteriet står i avtalet."))
        return redirect("officer:agreement_criteria", seat.authority.pk, agreement.pk)
    return page(
        request,
        seat,
        "agreement_criteria",
        section="agreements",
        status=422 if request.method == "POST" else 200,
        form=form,
        agreement=agreement,
        chosen=[{"row": row, **_told(row.criterion, names)} for row in chosen_of(agreement)],
        uncertified=uncertified_of(agreement, on=today_of(request)),
        crumbs=crumbs(
            seat,
            (pgettext("flera", "Avtal"), reverse("officer:agreements", args=[seat.authority.pk])),
            (_("Hållbarhetskriterier"), ""),
        ),
    )


def _told(row: SustainabilityCriterion, groups: Mapping[str, str]) -> dict[str, object]:
    organic = [groups.get(code, code) for code in row.organic_groups]
    return {
        "criterion": row,
        "level": dict(LEVELS)[row.level],
        "kind": dict(KINDS)[row.kind],
        "organic": organic,
    }


def _group_names() -> dict[str, str]:
    return {group.code: goods_name(group) for group in product_groups()}


def _holds(row: SustainabilityCriterion, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)


def _key(text: str) -> int:
    """Raises NotFound for what is no key."""
    if not (text.isascii() and text.isdigit() and len(text) < MOST_DIGITS):
        raise NotFound
    return int(text)


def _law(seat: Seat) -> tuple[str, str]:
    return (_("Lag och krav"), reverse("officer:law", args=[seat.authority.pk]))


def _tell(form: Form, faults: InvalidInput) -> None:
    for name, sentences in faults.fields.items():
        for sentence in sentences:
            form.add_error(name, sentence)
