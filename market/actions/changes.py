"""Changing a running agreement: each change judged with those before it, each option used once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, acting
from market.models import Agreement, AgreementChange, AgreementLot, AgreementOption, LotBalance
from market.queries.changes import change_before, change_limits, paragraph_of_change
from market.queries.standing import check_no_interest
from market.refusals import ChangeTooLarge
from market.rules.changes import ChangeVerdict, Fault, Ground, judge_change

NOTHING = Decimal(0)

SENTENCES: Mapping[Fault, object] = {
    Fault.GROUND_OF_ANOTHER_REGIME: gettext_lazy(
        "Den grunden finns bara i 17 kap. LOU, som gäller från tröskelvärdet. Här är det avtalets klausul som räknas."
    ),
    Fault.VALUE_NEEDS_ITS_GROUND: gettext_lazy("En ändring av värdet behöver en grund som gäller värdet."),
    Fault.SHARE_UNKNOWN: gettext_lazy(
        "Andelen i lagen saknas för den dagen. Lägg in den under Lag och krav."
    ),
}


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """A change as the officer writes it. The reason is the actor's."""

    ground: Ground
    clause: str
    what: str
    first_day: date


def change_agreement(
    *, agreement: Agreement, asked: ChangeAsked, less_sek: Decimal = NOTHING, today: date, by: Actor
) -> AgreementChange:
    """A change that raises no ceiling; ``less_sek`` is what the agreement's value falls by.

    Raises InvalidInput, ChangeTooLarge, ConflictOfInterest.
    """
    with acting(by):
        held = held_agreement(agreement.pk, user_id=by.person_id)
        return write_change(agreement=held, lot=None, asked=asked, value_sek=-less_sek, today=today, by=by)


def write_change(
    *,
    agreement: Agreement,
    lot: AgreementLot | None,
    asked: ChangeAsked,
    value_sek: Decimal,
    today: date,
    by: Actor,
) -> AgreementChange:
    """Judge the change with all before it and write it; the agreement's row is held. Raises InvalidInput, ChangeTooLarge."""
    faults = {name: [_("Fyll i detta.")] for name in ("clause", "what") if not getattr(asked, name).strip()}
    if not by.reason.strip():
        faults["reason"] = [_("Fyll i detta.")]
    if asked.first_day < today:
        faults["first_day"] = [_("En ändring gäller från i dag eller senare.")]
    if faults:
        raise InvalidInput(fields=faults)
    before = change_before(agreement.pk)
    verdict = judge_change(
        asked.ground, value_sek, regime=agreement.regime, before=before, limits=change_limits(today)
    )
    paragraph = paragraph_of_change(asked.ground, regime=agreement.regime, on=today)
    _refuse(verdict, paragraph=paragraph)
    return AgreementChange.objects.create(
        agreement=agreement,
        agreement_lot=lot,
        first_day=asked.first_day,
        what=asked.what.strip(),
        value_sek=value_sek,
        ground=asked.ground,
        clause=asked.clause.strip(),
        regime=agreement.regime,
        paragraph=paragraph,
        original_sek=before.original_sek,
        sum_sek=verdict.sum_sek,
        limit_sek=verdict.limit_sek,
        reason=by.reason.strip(),
        decided_by_id=by.person_id,
    )


def _refuse(verdict: ChangeVerdict, *, paragraph: str) -> None:
    told = [fault for fault in verdict.stops if fault in SENTENCES]
    if told:
        raise InvalidInput(fields={"ground": [str(SENTENCES[fault]) for fault in told]})
    if verdict.stops and verdict.limit_sek is not None:
        raise ChangeTooLarge(sum_sek=verdict.sum_sek, limit_sek=verdict.limit_sek, paragraph=paragraph)


def use_option(*, option: AgreementOption, today: date, by: Actor) -> AgreementLot:
    """The option is used: its value, counted from the start, is room under the lot's ceiling from now on.

    Raises InvalidInput (used already, too late, no reason), ConflictOfInterest, NotFound.
    """
    if not by.reason.strip():
        raise InvalidInput(fields={"reason": [_("Fyll i detta.")]})
    with acting(by):
        agreement = held_agreement(option.agreement_lot.agreement_id, user_id=by.person_id)
        if agreement.signed_at is None or agreement.terminated_on is not None:
            raise InvalidInput(fields={"reason": [_("Avtalet gäller inte, så optionen kan inte användas.")]})
        if option.last_day < today:
            raise InvalidInput(fields={"reason": [_("Optionens sista dag har passerat.")]})
        free = AgreementOption.objects.filter(pk=option.pk, used_on=None)
        if not free.update(used_on=today, used_by=by.person_id, reason=by.reason.strip()):
            raise InvalidInput(fields={"reason": [_("Optionen är redan använd.")]})
        lot = option.agreement_lot
        higher = {"ceiling_sek": F("ceiling_sek") + option.value_sek}
        AgreementLot.objects.filter(pk=lot.pk).update(**higher)
        LotBalance.objects.filter(agreement_lot=lot, authority=None, supplier=None).update(**higher)
        if option.extends_to is not None and option.extends_to > agreement.valid_to:
            Agreement.objects.filter(pk=agreement.pk).update(valid_to=option.extends_to)
        lot.refresh_from_db(fields=["ceiling_sek"])
    return lot


def held_agreement(pk: int, *, user_id: int) -> Agreement:
    """The agreement's row, held until the transaction ends. Raises NotFound, ConflictOfInterest."""
    agreement = Agreement.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if agreement is None:
        raise NotFound
    named = tuple(agreement.named.values_list("authority", flat=True))
    suppliers = list(agreement.lots.values_list("parties__supplier", flat=True))
    check_no_interest(authority_ids=named, supplier_ids=[each for each in suppliers if each], user_id=user_id)
    return agreement
