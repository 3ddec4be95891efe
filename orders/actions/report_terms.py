"""What an authority lays down for its reports: what it calls local, and its goals. Dated; a new one ends the one before."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.models import Authority
from orders.models import LocalDefinition, ReportGoal

ONE_DAY = timedelta(days=1)


def define_local(
    *,
    authority: Authority,
    words: str,
    places: Sequence[str],
    decision: str,
    first_day: date,
    officer: User,
    by: Actor,
) -> LocalDefinition:
    """From that day goods from these places of origin count as local in follow-up. Raises InvalidInput."""
    named = sorted({place.strip() for place in places if place.strip()})
    faults = _lacking(words=words, decision=decision)
    if not named:
        faults["places"] = [_("Fyll i detta.")]
    with acting(by):
        rows = LocalDefinition.objects.select_for_update(no_key=True).filter(authority=authority)
        if rows.filter(valid_from__gte=first_day).exists():
            faults["first_day"] = [_("En regel börjar redan den dagen eller senare.")]
        if faults:
            raise InvalidInput(fields=faults)
        rows.on(first_day).update(valid_to=first_day - ONE_DAY)
        return LocalDefinition.objects.create(
            authority=authority,
            words=words.strip(),
            places=named,
            decision=decision.strip(),
            valid_from=first_day,
            entered_by=officer,
        )


def set_goal(
    *,
    authority: Authority,
    measure: str,
    value: Decimal,
    decision: str,
    first_day: date,
    officer: User,
    by: Actor,
) -> ReportGoal:
    """A goal from that day on: kg CO2e per kg, or a share of one. Raises InvalidInput."""
    faults = _lacking(decision=decision)
    if value < 0 or (measure != ReportGoal.Measure.CO2E_PER_KG and value > 1):
        faults["value"] = [_("En andel är mellan 0 och 100 %.")]
    with acting(by):
        rows = ReportGoal.objects.select_for_update(no_key=True).filter(authority=authority, measure=measure)
        if rows.filter(valid_from__gte=first_day).exists():
            faults["first_day"] = [_("En regel börjar redan den dagen eller senare.")]
        if faults:
            raise InvalidInput(fields=faults)
        rows.on(first_day).update(valid_to=first_day - ONE_DAY)
        return ReportGoal.objects.create(
            authority=authority,
            measure=measure,
            value=value,
            decision=decision.strip(),
            valid_from=first_day,
            entered_by=officer,
        )


def _lacking(**texts: str) -> dict[str, list[str]]:
    return {name: [_("Fyll i detta.")] for name, text in texts.items() if not text.strip()}
