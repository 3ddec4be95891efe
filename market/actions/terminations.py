"""Ending an agreement before its last day. Nothing that is ordered is cancelled by it."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.actions.changes import held_agreement
from market.models import Agreement, Termination
from market.queries.changes import paragraph_of_change
from market.refusals import AgreementEnded
from market.rules.termination import Ending, Fault, ending_faults

SENTENCES: Mapping[Fault, object] = {
    Fault.MISSING: gettext_lazy("Fyll i detta."),
    Fault.BACKWARDS: gettext_lazy("Dagen stämmer inte: ett avtal upphör i dag eller senare, efter beskedet."),
    Fault.AFTER_ITS_END: gettext_lazy("Avtalet har löpt ut den dagen, så det behöver inte sägas upp."),
    Fault.BEFORE_ITS_START: gettext_lazy("Avtalet har inte börjat gälla den dagen."),
    Fault.NOTICE_TOO_SHORT: gettext_lazy("Uppsägningstiden i klausulen räcker längre än den dagen."),
}


def terminate_agreement(*, agreement: Agreement, asked: Ending, today: date, by: Actor) -> Termination:
    """From the day after ``asked.last_day`` nothing is called off or newly ordered for delivery.

    What is ordered for later stands until the parties say otherwise. Raises InvalidInput, AgreementEnded (ended or
    never signed), ConflictOfInterest.
    """
    with acting(by):
        held = held_agreement(agreement.pk, user_id=by.person_id)
        if held.terminated_on is not None or held.signed_at is None:
            raise AgreementEnded
        faults: dict[str, list[str]] = {}
        for name, fault in ending_faults(
            asked, valid_from=held.valid_from, valid_to=held.valid_to, today=today
        ):
            faults.setdefault(name, []).append(str(SENTENCES[fault]))
        if faults:
            raise InvalidInput(fields=faults)
        Agreement.objects.filter(pk=held.pk).update(terminated_on=asked.last_day)
        return Termination.objects.create(
            agreement=held,
            side=asked.side,
            last_day=asked.last_day,
            clause=asked.clause.strip(),
            notice_days=asked.notice_days,
            told_on=asked.told_on,
            paragraph=paragraph_of_change("termination", regime=held.regime, on=today),
            reason=asked.reason.strip(),
            decided_by_id=by.person_id,
        )
