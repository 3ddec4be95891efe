"""The officer decides about what went over a ceiling. Goods that came are never sent back for it."""

from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.actions.changes import held_agreement
from market.models import AgreementLot, LotBalance, OvershootAssessment
from market.queries.changes import paragraph_of_change
from market.refusals import OvershootDecided
from market.rules.calendar import STOCKHOLM
from market.rules.changes import Ground

BY_ACT = {OvershootAssessment.Way.STAND, OvershootAssessment.Way.NEW_AGREEMENT}


def decide_overshoot(*, assessment: OvershootAssessment, way: str, now: datetime, by: Actor) -> None:
    """Let it stand, or procure anew; either way the lot stays stopped. Raising the ceiling is an act of its own.

    Raises InvalidInput (no reason, another way), OvershootDecided, ConflictOfInterest.
    """
    faults: dict[str, list[str]] = {}
    if way not in BY_ACT:
        faults["way"] = [_("Välj ett av sätten. Taket höjs på sin egen sida.")]
    if not by.reason.strip():
        faults["reason"] = [_("Skriv varför.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by):
        agreement = held_agreement(assessment.agreement_lot.agreement_id, user_id=by.person_id)
        on = now.astimezone(STOCKHOLM).date()
        paragraph = paragraph_of_change(Ground.CLAUSE, regime=agreement.regime, on=on)
        is_open = OvershootAssessment.objects.filter(pk=assessment.pk, decided_at=None)
        if not is_open.update(
            way=way, paragraph=paragraph, reason=by.reason.strip(), decided_at=now, decided_by=by.person_id
        ):
            raise OvershootDecided


def close_by_raise(*, lot: AgreementLot, paragraph: str, now: datetime, by: Actor) -> None:
    """The ceiling was raised: an open assessment whose goods now fit is decided by that."""
    fits = LotBalance.objects.filter(
        Q(ceiling_kg=None) | Q(committed_kg__lte=F("ceiling_kg")),
        agreement_lot=lot,
        authority=None,
        supplier=None,
        committed_sek__lte=F("ceiling_sek"),
    )
    if fits.exists():
        OvershootAssessment.objects.filter(agreement_lot=lot, decided_at=None).update(
            way=OvershootAssessment.Way.RAISED,
            paragraph=paragraph,
            reason=by.reason.strip(),
            decided_at=now,
            decided_by=by.person_id,
        )
