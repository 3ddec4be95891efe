"""Opening the small-lot pot of a procurement, and taking a lot of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.actions.standing import require_officer
from market.models import Authority, SmallLot, SmallLotPot
from market.queries.law import law_figure
from market.refusals import SmallLotRefused
from market.rules.small_lots import Fault, may_take_lot


@dataclass(frozen=True, slots=True)
class PotDraft:
    """``whole_sek``: the value of the whole procurement, all lots and options, SEK excl. VAT."""

    title: str
    case_number: str
    whole_sek: Decimal


def open_pot(
    *, authority: Authority, draft: PotDraft, valued_on: date, officer: User, by: Actor
) -> SmallLotPot:
    """Keep the whole's value with the figures in force on the day it was valued.

    Raises InvalidInput, NotAllowed, LawFigureMissing: the amount in SEK is published, never computed from the one in EUR.
    """
    faults = {
        name: [_("Fyll i detta.")] for name in ("title", "case_number") if not getattr(draft, name).strip()
    }
    if draft.whole_sek <= 0:
        faults["whole_sek"] = [_("Beloppet måste vara mer än noll.")]
    if faults:
        raise InvalidInput(fields=faults)
    require_officer(officer, authority)
    amount = law_figure(code="small_lot_amount_sek", on=valued_on)
    share = law_figure(code="small_lot_share", on=valued_on)
    with acting(by):
        return SmallLotPot.objects.create(
            authority=authority,
            title=draft.title.strip(),
            case_number=draft.case_number.strip(),
            valued_on=valued_on,
            whole_sek=draft.whole_sek,
            amount_sek=amount.value,
            share=share.value,
            paragraph=amount.paragraph,
            opened_by=officer,
        )


def take_lot(
    *, pot: SmallLotPot, name: str, lot_sek: Decimal, reason: str, officer: User, by: Actor
) -> SmallLot:
    """Take a lot of the pot; two officers who take at once wait for each other. Its arithmetic stays with it.

    Raises InvalidInput, NotAllowed, SmallLotRefused (too large, or the pot does not reach).
    """
    faults: dict[str, list[str]] = {}
    if not name.strip():
        faults["name"] = [_("Fyll i detta.")]
    elif SmallLot.objects.filter(pot=pot, name=name.strip()).exists():
        faults["name"] = [_("Två delkontrakt kan inte heta likadant.")]
    if not reason.strip():
        faults["reason"] = [_("Skriv varför det är ett eget delkontrakt och hur det köps.")]
    if lot_sek <= 0:
        faults["lot_sek"] = [_("Beloppet måste vara mer än noll.")]
    if faults:
        raise InvalidInput(fields=faults)
    require_officer(officer, pot.authority)
    with acting(by):
        held = _hold(pot.pk)
        verdict = may_take_lot(
            lot_sek,
            lots_before=list(held.lots.values_list("lot_sek", flat=True)),
            whole_sek=held.whole_sek,
            amount_sek=held.amount_sek,
            share=held.share,
        )
        if not verdict.allowed:
            too_large = Fault.LOT_TOO_LARGE in verdict.faults
            raise SmallLotRefused(
                lot_sek=lot_sek,
                most_sek=held.amount_sek if too_large else verdict.pot_sek - verdict.used_sek,
                paragraph=held.paragraph,
            )
        return SmallLot.objects.create(
            pot=held,
            name=name.strip(),
            lot_sek=lot_sek,
            pot_sek=verdict.pot_sek,
            used_before_sek=verdict.used_sek,
            left_sek=verdict.left_sek,
            reason=reason.strip(),
            decided_by=officer,
        )


def _hold(pk: int) -> SmallLotPot:
    """The pot's row, held until the transaction ends."""
    return SmallLotPot.objects.select_for_update(no_key=True).get(pk=pk)
