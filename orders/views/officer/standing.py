"""How a supplier stands: its page, declarations, matters with hearing and decision, conflicts of interest."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from config.ground.doors import actor_of
from market.actions.declarations import ask_for_declaration, receive_declaration
from market.actions.interests import declare_interest, withdraw_interest
from market.actions.matters import (
    Shown,
    decide_matter,
    hear_supplier,
    leave_unheard,
    open_matter,
    record_answer,
    record_cleaning,
)
from market.models import StandingMatter
from market.queries.standing import is_in_a_dis, officers_besides
from market.rules.standing import TAX, Cleaning, Ground
from orders.forms.standing import (
    AnswerForm,
    AskDeclarationForm,
    CleaningForm,
    DecisionForm,
    DeclarationForm,
    HearingForm,
    InterestForm,
    MatterForm,
    UnheardForm,
    WithdrawForm,
)
from orders.queries.seats import Seat
from orders.queries.supplier_page import interest_of, matter_of, matter_seen, supplier_page
from orders.queries.suppliers import supplier_of
from orders.queries.why import trail_of
from orders.views.officer.acts import form_page
from orders.views.officer.desk import acting_officer, crumbs, page, reading, today_of
from suppliers.models import Supplier


@reading
def supplier(request: HttpRequest, seat: Seat, supplier_id: int) -> HttpResponseBase:
    """``…/leverantorer/<supplier>/``: how it stands here, and what of it is on its way."""
    found = supplier_page(seat.authority, supplier_id, today=today_of(request))
    return page(
        request,
        seat,
        "supplier",
        section="suppliers",
        found=found,
        today=today_of(request),
        crumbs=_crumbs(seat, found.supplier.name),
    )


@reading
def matter(request: HttpRequest, seat: Seat, matter_id: int) -> HttpResponseBase:
    """``…/arende/<matter>/``: ground, hearing, what was shown, decision, and the trail."""
    row = matter_of(seat.authority, matter_id)
    seen = matter_seen(row, on=today_of(request))
    return page(
        request,
        seat,
        "matter",
        section="suppliers",
        seen=seen,
        matter=row,
        trail=trail_of(("market_standingmatter", row.pk)),
        crumbs=_crumbs(seat, seen.ground, of=row),
    )


@acting_officer
def declaration(request: HttpRequest, seat: Seat, supplier_id: int) -> HttpResponseBase:
    """``…/leverantorer/<supplier>/forsakran/``: a self-declaration that has come in."""
    row = supplier_of(seat.authority, supplier_id)
    form = DeclarationForm(request.POST or None, today=today_of(request))
    return form_page(
        request,
        seat,
        form,
        do=lambda told: receive_declaration(
            authority=seat.authority,
            supplier=row,
            today=today_of(request),
            officer=seat.user,
            by=actor_of(request),
            **told,
        ),
        title=_("Egenförsäkran"),
        name=row.name,
        submit=_("Spara"),
        done=_("Egenförsäkran är sparad."),
        to=("officer:supplier", row.pk),
    )


@acting_officer
def ask_declaration(request: HttpRequest, seat: Seat, supplier_id: int) -> HttpResponseBase:
    """``…/forsakran/be-om/``: ask for a fresh one, by letter. Call-offs go on meanwhile."""
    row, today = supplier_of(seat.authority, supplier_id), today_of(request)
    in_dis = is_in_a_dis(authority_id=seat.authority.pk, supplier_id=row.pk, on=today)
    form = AskDeclarationForm(request.POST if request.method == "POST" else None, today=today, in_dis=in_dis)
    return form_page(
        request,
        seat,
        form,
        do=lambda told: ask_for_declaration(
            authority=seat.authority,
            supplier=row,
            due_on=told.get("due_on"),
            today=today,
            officer=seat.user,
            by=actor_of(request),
        ),
        title=_("Be om ny egenförsäkran"),
        name=row.name,
        lead=_("Gården har avtal i ett DIS: lagen anger tiden. Nya avrop stoppas inte.")
        if in_dis
        else _("Gården får frågan som brev. Nya avrop stoppas inte."),
        submit=_("Be om egenförsäkran"),
        done=_sent(row),
        to=("officer:supplier", row.pk),
    )


@acting_officer
def new_matter(request: HttpRequest, seat: Seat, supplier_id: int) -> HttpResponseBase:
    """``…/leverantorer/<supplier>/arende/``."""
    row = supplier_of(seat.authority, supplier_id)
    form = MatterForm(request.POST or None)
    return form_page(
        request,
        seat,
        form,
        do=lambda told: open_matter(
            authority=seat.authority,
            supplier=row,
            ground=Ground(told["ground"]),
            facts=told["facts"],
            today=today_of(request),
            officer=seat.user,
            by=actor_of(request),
        ),
        title=_("Öppna ett ärende"),
        name=row.name,
        lead=_("Inget som är beställt avbeställs. En konkurs pausar nya avrop tills du har beslutat."),
        submit=_("Öppna ärendet"),
        done=_("Ärendet är öppnat."),
        to=("officer:supplier", row.pk),
    )


@acting_officer
def interest(request: HttpRequest, seat: Seat, supplier_id: int) -> HttpResponseBase:
    """``…/leverantorer/<supplier>/jav/``: the officer is too near the farm; another takes over."""
    row = supplier_of(seat.authority, supplier_id)
    free = officers_besides(authority_id=seat.authority.pk, supplier_id=row.pk, user_id=seat.user.pk)
    form = InterestForm(request.POST or None, others=[member.user_id for member in free])
    return form_page(
        request,
        seat,
        form,
        do=lambda told: declare_interest(
            authority=seat.authority,
            supplier=row,
            today=today_of(request),
            officer=seat.user,
            by=actor_of(request, reason=told["relation"]),
            **told,
        ),
        title=_("Anmäl jäv"),
        name=row.name,
        lead=_(
            "Du undertecknar och beslutar sedan inget om gården. Öppna ärenden går till den som tar över."
        ),
        submit=_("Anmäl jäv"),
        done=_("Jävet är anmält."),
        to=("officer:supplier", row.pk),
    )


@acting_officer
def withdraw(request: HttpRequest, seat: Seat, interest_id: int) -> HttpResponseBase:
    """``…/jav/<interest>/``: another officer has seen that the bond is no more."""
    row = interest_of(seat.authority, interest_id)
    form = WithdrawForm(request.POST or None)
    return form_page(
        request,
        seat,
        form,
        do=lambda told: withdraw_interest(
            interest=row,
            today=today_of(request),
            officer=seat.user,
            by=actor_of(request, reason=told["reason"]),
        ),
        title=_("Jävet finns inte längre"),
        name=f"{row.officer.name}, {row.supplier.name}",
        lead=_("Det tas bort av någon annan än den som anmälde det."),
        submit=_("Ta bort jävet"),
        done=_("Jävet är borttaget."),
        to=("officer:supplier", row.supplier_id),
    )


@acting_officer
def hear(request: HttpRequest, seat: Seat, matter_id: int) -> HttpResponseBase:
    """``…/arende/<matter>/hor/``."""
    row = matter_of(seat.authority, matter_id)
    form = HearingForm(request.POST or None, today=today_of(request))
    return _matter_form(
        request,
        seat,
        form,
        row,
        do=lambda told: hear_supplier(
            matter=row, today=today_of(request), officer=seat.user, by=actor_of(request), **told
        ),
        title=_("Hör gården"),
        submit=_("Skicka till gården"),
        done=_sent(row.supplier),
    )


@acting_officer
def unheard(request: HttpRequest, seat: Seat, matter_id: int) -> HttpResponseBase:
    """``…/arende/<matter>/ohord/``: why the farm can't be heard first."""
    row = matter_of(seat.authority, matter_id)
    form = UnheardForm(request.POST or None)
    return _matter_form(
        request,
        seat,
        form,
        row,
        do=lambda told: leave_unheard(
            matter=row, reason=told["unheard_reason"], officer=seat.user, by=actor_of(request)
        ),
        title=_("Besluta utan att höra gården"),
        submit=_("Spara skälet"),
        done=_("Skälet är sparat."),
    )


@acting_officer
def answer(request: HttpRequest, seat: Seat, matter_id: int) -> HttpResponseBase:
    """``…/arende/<matter>/svar/``: what the farm answered."""
    row = matter_of(seat.authority, matter_id)
    form = AnswerForm(request.POST or None, today=today_of(request))
    return _matter_form(
        request,
        seat,
        form,
        row,
        do=lambda told: record_answer(
            matter=row, today=today_of(request), officer=seat.user, by=actor_of(request), **told
        ),
        title=_("Gårdens svar"),
        submit=_("Spara"),
        done=_("Svaret är sparat."),
    )


@acting_officer
def cleaning(request: HttpRequest, seat: Seat, matter_id: int) -> HttpResponseBase:
    """``…/arende/<matter>/sjalvsanering/``: what the farm has shown."""
    row = matter_of(seat.authority, matter_id)
    form = CleaningForm(request.POST or None, today=today_of(request), is_tax=Ground(row.ground) in TAX)
    return _matter_form(
        request,
        seat,
        form,
        row,
        do=lambda told: record_cleaning(
            matter=row,
            shown=Shown(**told | {"kind": Cleaning(told["kind"])}),
            officer=seat.user,
            by=actor_of(request),
        ),
        title=_("Självsanering"),
        lead=_("Det du sparar har du sett och bedömt som tillräckligt (13 kap. 5 § LOU)."),
        submit=_("Spara"),
        done=_("Det gården har visat är sparat."),
    )


@acting_officer
def decide(request: HttpRequest, seat: Seat, matter_id: int) -> HttpResponseBase:
    """``…/arende/<matter>/beslut/``."""
    row = matter_of(seat.authority, matter_id)
    form = DecisionForm(request.POST or None, today=today_of(request))
    return _matter_form(
        request,
        seat,
        form,
        row,
        do=lambda _told: decide_matter(
            matter=row,
            decision=form.decision(),
            today=today_of(request),
            officer=seat.user,
            by=actor_of(request, reason=form.cleaned_data["reason"][:300]),
        ),
        title=_("Beslut"),
        lead=_("Det som redan är beställt ska levereras och betalas, vad du än beslutar."),
        submit=_("Besluta"),
        done=_("Beslutet är fattat."),
    )


def _sent(farm: Supplier) -> str:
    if farm.email:
        return _("Sparat. Gården får det som brev med e-post.")
    return _("Sparat. Gården har ingen e-postadress här: skicka det med posten.")


def _matter_form(
    request: HttpRequest, seat: Seat, form: forms.Form, row: StandingMatter, **words: Any
) -> HttpResponseBase:
    return form_page(request, seat, form, name=row.supplier.name, to=("officer:matter", row.pk), **words)


def _crumbs(seat: Seat, last: str, *, of: StandingMatter | None = None) -> list[dict[str, str]]:
    between = (
        [(of.supplier.name, reverse("officer:supplier", args=[seat.authority.pk, of.supplier_id]))]
        if of
        else []
    )
    return crumbs(
        seat,
        (_("Leverantörer"), reverse("officer:suppliers", args=[seat.authority.pk])),
        *between,
        (last, ""),
    )
