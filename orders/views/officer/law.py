"""The law as dated data: figures and paragraphs with their sources, confirmed by a person or not, and the own limits."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.ground.doors import actor_of, arrived_at
from config.ground.refusals import InvalidInput, Refusal
from market.actions.law import FigureDraft, confirm_law, enter_figure, set_own_limit
from market.models import LawFigure, LawParagraph
from market.refusals import FigureConfirmed, LaterFigureThere
from orders.forms.law import ConfirmForm, FigureForm, OwnLimitForm
from orders.queries.law import figure_row, law_seen, paragraph_row
from orders.queries.seats import Seat
from orders.views.officer.desk import acting_officer, crumbs, page, reading, today_of


@reading
def law(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/lag/``: every dated figure and paragraph, and the authority's own limits."""
    today = today_of(request)
    return page(request, seat, "law", section="law", law=law_seen(seat.authority, on=today), today=today)


@acting_officer
def figure(request: HttpRequest, seat: Seat, figure_id: int) -> HttpResponseBase:
    """``…/lag/belopp/<figure>/``: confirm it with one press and where it was read."""
    return _confirm(request, seat, figure_row(figure_id))


@acting_officer
def paragraph(request: HttpRequest, seat: Seat, paragraph_id: int) -> HttpResponseBase:
    """``…/lag/paragraf/<paragraph>/``: the same of a paragraph."""
    return _confirm(request, seat, paragraph_row(paragraph_id))


def _confirm(request: HttpRequest, seat: Seat, row: LawFigure | LawParagraph) -> HttpResponseBase:
    form = ConfirmForm(request.POST or None)
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            confirm_law(
                row=row,
                officer=seat.user,
                at=arrived_at(request),
                by=actor_of(request, reason=form.cleaned_data["reason"]),
            )
        except InvalidInput as faults:
            _tell(form, faults)
        except FigureConfirmed as refusal:
            refused = refusal
        else:
            messages.success(request, _("Bekräftat."))
            return redirect("officer:law", seat.authority.pk)
    return page(
        request,
        seat,
        "law_confirm",
        section="law",
        status=_status(form, refused),
        form=form,
        row=row,
        is_figure=isinstance(row, LawFigure),
        refusal=_words(refused),
        crumbs=_crumbs(seat, row.paragraph),
    )


@acting_officer
def new_figure(request: HttpRequest, seat: Seat, figure_id: int) -> HttpResponseBase:
    """``…/lag/belopp/<figure>/nytt/``: what follows a figure, or fills one that is missing. Nothing is overwritten."""
    row = figure_row(figure_id)
    first = {
        "valid_from": row.valid_from if row.value is None else today_of(request),
        "paragraph": row.paragraph,
    }
    form = FigureForm(request.POST or None, initial=first)
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            enter_figure(
                draft=FigureDraft(code=row.code, regime=row.regime, **form.cleaned_data),
                officer=seat.user,
                at=arrived_at(request),
                by=actor_of(request, reason=form.cleaned_data["source"]),
            )
        except InvalidInput as faults:
            _tell(form, faults)
        except LaterFigureThere as refusal:
            refused = refusal
        else:
            messages.success(request, _("Beloppet är inlagt och bekräftat av dig."))
            return redirect("officer:law", seat.authority.pk)
    return page(
        request,
        seat,
        "law_figure",
        section="law",
        status=_status(form, refused),
        form=form,
        row=row,
        refusal=_words(refused),
        crumbs=_crumbs(seat, _("Nytt belopp")),
    )


@acting_officer
def own_limit(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/lag/egen-grans/``: the authority's own stricter limit, from a day on."""
    form = OwnLimitForm(request.POST or None, initial={"first_day": today_of(request)})
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            set_own_limit(
                authority=seat.authority,
                officer=seat.user,
                by=actor_of(request, reason=form.cleaned_data["decision"]),
                **form.cleaned_data,
            )
        except InvalidInput as faults:
            _tell(form, faults)
        except LaterFigureThere as refusal:
            refused = refusal
        else:
            messages.success(request, _("Den egna gränsen är inlagd."))
            return redirect("officer:law", seat.authority.pk)
    return page(
        request,
        seat,
        "law_own",
        section="law",
        status=_status(form, refused),
        form=form,
        refusal=_words(refused),
        crumbs=_crumbs(seat, _("Egen gräns")),
    )


def _status(form: forms.Form, refused: Refusal | None) -> int:
    return refused.status if refused else 422 if form.errors else 200


def _tell(form: forms.Form, faults: InvalidInput) -> None:
    for name, sentences in faults.fields.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def _words(refusal: Refusal | None) -> dict[str, str] | None:
    if refusal is None:
        return None
    language = get_language() or "sv"
    return {"title": refusal.sentence(language), "text": refusal.next_step(language)}


def _crumbs(seat: Seat, last: str) -> list[dict[str, str]]:
    return crumbs(seat, (_("Lag och krav"), reverse("officer:law", args=[seat.authority.pk])), (last, ""))
