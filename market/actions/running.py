"""A running agreement is taken over: signed elsewhere, part of it already spent, ordered from here as of the cut-over."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, Once, acting
from market.actions.agreements import sign_agreement
from market.interchange.agreement_sheets import Opening
from market.models import Agreement, Authority, LotBalance, LotOpening
from market.rules.agreement_draft import AgreementDraft

NOTHING = Decimal(0)


def take_over_agreement(
    *,
    draft: AgreementDraft,
    openings: Sequence[Opening],
    cut_over_on: date,
    authority: Authority,
    signer: User,
    signed_at: datetime,
    once: Once | None = None,
    by: Actor,
) -> Agreement:
    """Write a running agreement with what is already spent of it; it is called off from here as of ``cut_over_on``.

    What is spent counts against the ceilings and the parties' shares from the first order on. Raises what
    ``sign_agreement`` raises, and InvalidInput for a cut-over outside the term or more spent than a ceiling allows.
    """
    faults: dict[str, list[str]] = {}
    if not draft.valid_from <= cut_over_on <= draft.valid_to:
        faults["cut_over_on"] = [_("Överlåtelsedagen ligger utanför avtalets tid.")]
    over = [lot.name for lot in draft.lots if _spent(openings, lot.name) > lot.ceiling_sek]
    over += [
        lot.name
        for lot in draft.lots
        if lot.ceiling_kg is not None and _spent_kg(openings, lot.name) > lot.ceiling_kg
    ]
    if over:
        words = _("Mer är redan avropat än taket medger i %(lots)s. Rätta siffrorna, eller höj taket först.")
        faults["sheet"] = [words % {"lots": ", ".join(dict.fromkeys(over))}]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by, once=once) as act:
        if act.reply is not None:
            return Agreement.objects.get(pk=act.reply["agreement"])
        agreement = sign_agreement(draft=draft, signer=signer, signed_at=signed_at, by=by)
        agreement.cut_over_on = cut_over_on
        agreement.save(update_fields=["cut_over_on"])
        _open_balances(agreement, openings, authority=authority)
        act.answer({"agreement": agreement.pk})
    return agreement


def _spent(openings: Sequence[Opening], lot: str) -> Decimal:
    return sum((each.spent_sek for each in openings if each.lot == lot), NOTHING)


def _spent_kg(openings: Sequence[Opening], lot: str) -> Decimal:
    return sum((each.spent_kg for each in openings if each.lot == lot), NOTHING)


def _open_balances(agreement: Agreement, openings: Sequence[Opening], *, authority: Authority) -> None:
    """The rows that the balances begin with, and the balances: the lot's, the authority's, each party's."""
    lots = {lot.name: lot for lot in agreement.lots.all()}
    rows = LotOpening.objects.bulk_create(
        LotOpening(
            agreement_lot=lots[each.lot.strip()],
            authority=authority,
            supplier_id=each.supplier_id,
            spent_sek=each.spent_sek,
            spent_kg=each.spent_kg,
        )
        for each in openings
    )
    for row in rows:
        for whose in (
            {"authority": None, "supplier": None},
            {"authority": authority},
            {"supplier": row.supplier_id},
        ):
            LotBalance.objects.filter(agreement_lot=row.agreement_lot_id, **whose).update(
                committed_sek=F("committed_sek") + row.spent_sek,
                committed_kg=F("committed_kg") + row.spent_kg,
            )
