"""An agreement opened: value, options, changes; and the acts on them."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.ground import figures
from config.ground.doors import actor_of
from market.actions.changes import ChangeAsked, change_agreement, use_option
from market.actions.terminations import terminate_agreement
from market.rules.changes import Ground
from orders.forms.changes import ChangeForm, UseOptionForm
from orders.forms.terminations import TerminationForm
from orders.queries.agreement_page import agreement_of, agreement_page, option_of
from orders.queries.seats import Seat
from orders.views.officer.acts import form_page
from orders.views.officer.desk import acting_officer, crumbs, page, reading, today_of


@reading
def agreement(request: HttpRequest, seat: Seat, agreement_id: int) -> HttpResponseBase:
    """``…/avtal/<agreement>/``."""
    today = today_of(request)
    found = agreement_page(seat.authority, agreement_id=agreement_id, today=today)
    return page(
        request,
        seat,
        "agreement",
        section="agreements",
        found=found,
        today=today,
        crumbs=crumbs(
            seat,
            (pgettext("flera", "Avtal"), reverse("officer:agreements", args=[seat.authority.pk])),
            (found.agreement.title, ""),
        ),
    )


@acting_officer
def new_change(request: HttpRequest, seat: Seat, agreement_id: int) -> HttpResponseBase:
    """``…/avtal/<agreement>/andring/``: a change that raises no ceiling."""
    row = agreement_of(seat.authority, agreement_id)
    today = today_of(request)

    def do(told: dict[str, Any]) -> None:
        asked = ChangeAsked(
            ground=Ground(told["ground"]),
            clause=told["clause"],
            what=told["what"],
            first_day=told["first_day"],
        )
        change_agreement(
            agreement=row,
            asked=asked,
            less_sek=told["less_sek"] or Decimal(0),
            today=today,
            by=actor_of(request, reason=told["reason"]),
        )

    return form_page(
        request,
        seat,
        ChangeForm(request.POST or None, regime=row.regime, today=today),
        do=do,
        title=_("Ny ändring"),
        name=row.title,
        submit=_("Skriv in ändringen"),
        done=_("Ändringen är inskriven."),
        to=("officer:agreement", row.pk),
        section="agreements",
    )


@acting_officer
def terminate(request: HttpRequest, seat: Seat, agreement_id: int) -> HttpResponseBase:
    """``…/avtal/<agreement>/avsluta/``."""
    row = agreement_of(seat.authority, agreement_id)
    today = today_of(request)
    form = TerminationForm(request.POST or None, today=today)
    return form_page(
        request,
        seat,
        form,
        do=lambda told: terminate_agreement(
            agreement=row,
            asked=form.ending(),
            today=today,
            by=actor_of(request, reason=told["reason"][:300]),
        ),
        title=_("Avsluta avtalet i förtid"),
        name=row.title,
        lead=_(
            "Det som är beställt till senare dagar står kvar och visas på avtalets sida. Systemet avbeställer inget."
        ),
        submit=_("Avsluta avtalet"),
        done=_("Avtalet är avslutat. Nya avrop tas inte emot efter dess sista dag."),
        to=("officer:agreement", row.pk),
        section="agreements",
    )


@acting_officer
def option(request: HttpRequest, seat: Seat, option_id: int) -> HttpResponseBase:
    """``…/option/<option>/``: it is used."""
    row = option_of(seat.authority, option_id)
    return form_page(
        request,
        seat,
        UseOptionForm(request.POST or None),
        do=lambda told: use_option(
            option=row, today=today_of(request), by=actor_of(request, reason=told["reason"])
        ),
        title=_("Använd optionen: %(what)s") % {"what": row.what},
        name=row.agreement_lot.agreement.title,
        lead=_("%(value)s läggs till taket för %(lot)s. Värdet räknades in från början.")
        % {"value": figures.money(row.value_sek), "lot": row.agreement_lot.name},
        submit=_("Använd optionen"),
        done=_("Optionen är använd och taket är höjt."),
        to=("officer:agreement", row.agreement_lot.agreement_id),
        section="agreements",
    )
