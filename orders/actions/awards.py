"""A direct award from need to signature, and its documentation.

The value of the need is assessed (5:11), the sum of the need's ceilings judged under its lock (19 a:2), what looks like
a split or a purchase beside a framework asks for its reason, and above the amount the documentation task is opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import Actor, Once, acting
from market.actions.agreements import sign_agreement
from market.actions.signatures import countersign, sign_first
from market.models import (
    Agreement,
    AuthorityMember,
    AwardDocumentation,
    NeedCategory,
    ValueAssessment,
)
from market.queries.law import binding_figure, law_figure
from market.refusals import DirectAwardLimit
from market.rules.agreement_draft import AgreementDraft
from market.rules.assessment import Assessment, Award, Choice, Fault, assess, looks_cut_up, looks_split
from market.rules.calendar import STOCKHOLM
from market.rules.valuation import LawFigure, documentation_due_on, needs_documentation
from orders.models import ExternalNeed
from orders.queries.awards import already_covered, awards_of_need
from orders.queries.valuation import NeedFigures, invoices_between, need_figures


@dataclass(frozen=True, slots=True)
class AwardBasis:
    """What the officer says of the value, beside the agreement's draft."""

    choice: Choice
    ahead_12_sek: Decimal | None = None
    covered_reason: str = ""


def sign_award(
    *,
    draft: AgreementDraft,
    basis: AwardBasis,
    signer: User,
    signed_at: datetime,
    once: Once | None = None,
    by: Actor,
) -> Agreement:
    """Sign a direct award of one authority and keep what it rests on.

    Over the authority's amount for two persons it waits unsigned for ``countersign_award``. Raises InvalidInput (with
    the fields of the form), DirectAwardLimit, LawFigureMissing, MandateTooLow, ConflictOfInterest, SupplierExcluded,
    NotAllowed, NotFound.
    """
    on = signed_at.astimezone(STOCKHOLM).date()
    with acting(by, once=once) as act:
        if act.reply is not None:
            return Agreement.objects.get(pk=act.reply["agreement"])
        agreement = sign_agreement(draft=draft, signer=signer, signed_at=signed_at, by=by)
        need = NeedCategory.objects.select_related("authority").get(agreements=agreement)
        found = need_figures(need, on=on, ahead_12_sek=basis.ahead_12_sek)
        limit = binding_figure(authority_ids=[need.authority_id], code="direct_award_limit", on=on)
        awards = awards_of_need(need, on=on)
        assessed = _assessed(need, found, basis.choice, limit=limit, draft=draft)
        is_split = looks_split(awards, limit_sek=limit.value) or _is_cut_up(need, on=on)
        covering = already_covered(need.authority, _products(draft), on=on)
        _ask_for_reasons(basis, is_split=is_split, awards=awards, covering=covering)
        ValueAssessment.objects.create(
            agreement=agreement,
            need_category=need,
            valued_on=on,
            back_12_sek=found.figures.back_12_sek,
            financial_year_sek=found.figures.financial_year_sek,
            ahead_12_sek=found.figures.ahead_12_sek,
            months_covered=found.figures.months_covered,
            unmapped_sek=found.unmapped_sek,
            basis=basis.choice.basis.value,
            own_sek=basis.choice.own_sek,
            value_sek=assessed.value_sek,
            reason=basis.choice.reason.strip(),
            looked_split=is_split,
            covered_by=", ".join(covering),
            covered_reason=basis.covered_reason.strip(),
            limit_sek=limit.value,
            paragraph=limit.paragraph,
            decided_by=signer,
        )
        if sign_first(agreement=agreement, signer=signer, signed_at=signed_at, by=by):
            _open_documentation(agreement, value_sek=assessed.value_sek, signed_on=on)
        act.answer({"agreement": agreement.pk})
    return agreement


def countersign_award(*, agreement: Agreement, signer: User, signed_at: datetime, by: Actor) -> Agreement:
    """The second person signs; the documentation's days count from now. Raises as ``countersign``."""
    with acting(by):
        signed = countersign(agreement=agreement, signer=signer, signed_at=signed_at, by=by)
        value = ValueAssessment.objects.get(agreement=signed)
        on = signed_at.astimezone(STOCKHOLM).date()
        _open_documentation(signed, value_sek=value.value_sek, signed_on=on)
    return signed


def _is_cut_up(need: NeedCategory, *, on: date) -> bool:
    """Whether what was bought elsewhere looks like one purchase in pieces below the amount to document from."""
    amount = law_figure(code="documentation_amount", on=on).value
    return looks_cut_up(invoices_between(need, on=on, least=amount / 2, most=amount), amount_sek=amount)


def _products(draft: AgreementDraft) -> set[int]:
    return {product for lot in draft.lots for product in lot.product_ids}


def _assessed(
    need: NeedCategory, found: NeedFigures, choice: Choice, *, limit: LawFigure, draft: AgreementDraft
) -> Assessment:
    assessed = assess(found.figures, choice, ceilings_sek=draft.value_sek, limit_sek=limit.value)
    words = {
        Fault.OWN_FIGURE_NEEDED: (
            "basis",
            _("Ofullständigt underlag: %(months)s av 24 månader är importerade. Ange en egen uppskattning.")
            % {"months": found.figures.months_covered},
        ),
        Fault.FIGURE_NOT_KNOWN: ("own_sek", _("Ange beloppet som värdet ska räknas på.")),
        Fault.REASON_NEEDED: ("value_reason", _("Skriv varför värdet räknas så.")),
    }
    if assessed.faults:
        fields: dict[str, list[str]] = {}
        for fault in assessed.faults:
            name, sentence = words[fault]
            fields.setdefault(name, []).append(sentence)
        raise InvalidInput(fields=fields)
    if not assessed.is_below:
        raise DirectAwardLimit(
            need=need.name, sum_sek=assessed.value_sek, limit_sek=limit.value, paragraph=limit.paragraph
        )
    return assessed


def _ask_for_reasons(
    basis: AwardBasis, *, is_split: bool, awards: list[Award], covering: Sequence[str]
) -> None:
    fields: dict[str, list[str]] = {}
    if is_split and not basis.choice.reason.strip():
        told = {"count": len(awards)}
        fields["value_reason"] = [
            _(
                "Behovet ser uppdelat ut: %(count)s direktupphandlingar på ett år, eller flera lika stora fakturor på en månad. Skriv varför det inte är en uppdelning (5 kap. 7 a § LOU)."
            )
            % told
        ]
    if covering and not basis.covered_reason.strip():
        fields["covered_reason"] = [
            _("Varorna finns redan i ett annat avtal. Skriv varför de ändå får köpas här.")
        ]
    if fields:
        raise InvalidInput(fields=fields)


def _open_documentation(agreement: Agreement, *, value_sek: Decimal, signed_on: date) -> None:
    amount = law_figure(code="documentation_amount", on=signed_on)
    if needs_documentation(value_sek, amount):
        days = law_figure(code="documentation_days", on=signed_on)
        AwardDocumentation.objects.create(
            agreement=agreement,
            due_on=documentation_due_on(signed_on=signed_on, days=days),
            paragraph=amount.paragraph,
        )


@dataclass(frozen=True, slots=True)
class Documented:
    """UHM's least content; authority, winner, value and time stand in the agreement."""

    object_text: str
    competition: str
    asked: str
    bids: int | None
    main_reason: str


def document_award(
    *, documentation: AwardDocumentation, told: Documented, close: bool, officer: User, today: date, by: Actor
) -> AwardDocumentation:
    """Write the documentation; ``close`` says that it is ready. Late ones stay writable. Raises InvalidInput, NotAllowed."""
    named = documentation.agreement.named.values("authority")
    if not AuthorityMember.objects.filter(
        user=officer, user__is_active=True, authority__in=named, role=AuthorityMember.Role.OFFICER
    ).exists():
        raise NotAllowed
    written: dict[str, object] = {
        "object_text": told.object_text.strip(),
        "competition": told.competition.strip(),
        "asked": told.asked.strip(),
        "bids": told.bids,
        "main_reason": told.main_reason.strip(),
    }
    if close:
        missing = [name for name, value in written.items() if value in {None, ""}]
        if missing:
            raise InvalidInput(fields={name: [_("Fyll i detta.")] for name in missing})
        written |= {"closed_on": today, "closed_by": officer}
    with acting(by):
        AwardDocumentation.objects.filter(pk=documentation.pk).update(**written)
        documentation.refresh_from_db()
    return documentation


def map_external_need(
    *,
    need: NeedCategory,
    supplier_number: str = "",
    category: str = "",
    product_text: str = "",
    by: Actor,
) -> ExternalNeed:
    """Purchases elsewhere of this supplier, this category, this article, or several together, fall into the need from now on.

    Raises InvalidInput when none is said.
    """
    if not any(each.strip() for each in (supplier_number, category, product_text)):
        raise InvalidInput(fields={"category": [_("Ange leverantör, kategori eller artikel.")]})
    with acting(by):
        row, _made = ExternalNeed.objects.update_or_create(
            authority=need.authority,
            supplier_number=supplier_number.strip(),
            category=category.strip(),
            product_text=product_text.strip(),
            defaults={"need_category": need},
        )
    return row
