"""A running agreement is taken over: a look at what the sheet says, its questions, and then all of it or nothing."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from config.ground.doors import actor_of, once_of
from config.ground.refusals import InvalidInput, Refusal
from market.actions.running import take_over_agreement
from market.queries.agreement_wording import fault_words
from market.queries.posting_words import price_question
from market.queries.running import PriceQuestion, price_questions
from market.refusals import LawFigureMissing, RegimeNotKnown, RegimeTooLow
from orders.forms.running import TakeOverForm
from orders.queries.seats import Seat
from orders.views.officer.desk import acting_officer, crumbs, page, today_of

ANSWERED = "svarat"


@acting_officer
def take_over(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/avtal/ta-over/``: terms and price list; ``do=in`` writes what the look has shown without a question left."""
    form = TakeOverForm(
        request.POST or None, request.FILES or None, authority=seat.authority, today=today_of(request)
    )
    refused: Refusal | None = None
    questions: list[PriceQuestion] = []
    is_whole = False
    if request.method == "POST" and form.is_valid() and form.reading is not None:
        answered = set(request.POST.getlist(ANSWERED))
        questions = price_questions(form.reading.prices, authority=seat.authority)
        unanswered = [each for each in questions if each.key not in answered]
        is_whole = not form.reading.faults and not form.reading.asks_vat
        if request.POST.get("do") == "in" and is_whole and not unanswered:
            try:
                agreement = take_over_agreement(
                    draft=form.draft(),
                    openings=form.reading.openings,
                    cut_over_on=form.cleaned_data["cut_over_on"],
                    authority=seat.authority,
                    signer=seat.user,
                    signed_at=form.signed_at,
                    once=once_of(request, endpoint="take_over", body=sorted(form.data.items())),
                    by=actor_of(request, reason=_("Övertaget avtal")),
                )
            except (RegimeTooLow, RegimeNotKnown, LawFigureMissing) as refusal:
                refused = refusal
            except InvalidInput as faults:
                _tell(form, faults)
            else:
                messages.success(request, _("Avtalet ”%(title)s” är inlagt.") % {"title": agreement.title})
                return redirect("officer:agreements", seat.authority.pk)
    language = get_language() or "sv"
    return page(
        request,
        seat,
        "take_over",
        section="agreements",
        status=(refused.status if refused else 422) if form.is_bound and (form.errors or refused) else 200,
        form=form,
        reading=form.reading,
        faults=[(fault, fault_words(fault)) for fault in form.reading.faults] if form.reading else [],
        questions=[(each, price_question(each.doubt), each.key) for each in questions],
        answered=request.POST.getlist(ANSWERED),
        may_be_written=is_whole and not form.errors,
        once=uuid.uuid4(),
        refusal=refused
        and {"title": refused.sentence(language), "text": refused.next_step(language), "code": refused.code},
        crumbs=crumbs(
            seat,
            (pgettext("flera", "Avtal"), reverse("officer:agreements", args=[seat.authority.pk])),
            (_("Lägg in ett avtal som gäller"), ""),
        ),
    )


def _tell(form: TakeOverForm, faults: InvalidInput) -> None:
    """What the draft or its lots are at fault with: at the field, or at the sheet where it comes of that."""
    for name, sentences in faults.fields.items():
        where = name if name in form.fields else "sheet"
        for sentence in sentences:
            form.add_error(where, f"{_lot_of(form, name)}{sentence}")


def _lot_of(form: TakeOverForm, name: str) -> str:
    """``lots.1.parties`` is told by the lot's name."""
    parts = name.split(".")
    if parts[0] != "lots" or len(parts) < 2 or form.reading is None:  # noqa: PLR2004  # lots.<number>.<field>
        return ""
    return f"{form.reading.lots[int(parts[1])].name}: "
