"""An officer keeps her reason for words that the house warned about."""

from datetime import date

from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.models import Authority, CriteriaReason
from market.queries.criteria import read_criteria
from market.rules.criteria_matters import Use


def keep_reason(
    *, authority: Authority, text: str, use: Use, regime: str, today: date, by: Actor
) -> CriteriaReason:
    """The reason is the actor's. The text is read again, so that what is kept is what was found.

    Raises InvalidInput: no reason, nothing that needs one, or words that no reason makes good.
    """
    reading = read_criteria(text, use=use, regime=regime, on=today)
    fault = ""
    if reading.blocks:
        fault = _("Ett skäl hjälper inte här: ändra texten.")
    elif not reading.needs_reason:
        fault = _("Texten behöver inget skäl.")
    elif not by.reason.strip():
        fault = _("Skriv varför orden behövs.")
    if fault:
        raise InvalidInput(fields={"reason": [fault]})
    with acting(by):
        return CriteriaReason.objects.create(
            authority=authority,
            text=text,
            use=use.value,
            regime=regime,
            found=[
                {"text": each.text, "matter": each.matter, "paragraph": each.paragraph}
                for each in reading.findings
            ],
            reason=by.reason.strip(),
            decided_by_id=by.person_id,
        )
