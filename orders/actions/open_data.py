"""An authority decides to publish its purchases as open data, and ends it."""

from datetime import date

from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, acting
from market.models import Authority
from orders.models import OpenDataDecision


def decide_open_data(
    *, authority: Authority, decision: str, officer: User, today: date, by: Actor
) -> OpenDataDecision:
    """From today on. Raises InvalidInput without a decision, or where one stands already."""
    if not decision.strip():
        raise InvalidInput(fields={"decision": [_("Skriv vilket beslut publiceringen vilar på.")]})
    with acting(by):
        standing = (
            OpenDataDecision.objects.select_for_update(no_key=True).filter(authority=authority).on(today)
        )
        if standing.exists():
            raise InvalidInput(fields={"decision": [_("Inköpen är redan publicerade.")]})
        return OpenDataDecision.objects.create(
            authority=authority,
            decision=decision.strip(),
            valid_from=today,
            valid_to=None,
            entered_by=officer,
        )


def end_open_data(*, authority: Authority, today: date, by: Actor) -> OpenDataDecision:
    """The figures are gone from the public page tomorrow. Raises NotFound where nothing is published."""
    with acting(by):
        standing = (
            OpenDataDecision.objects.select_for_update(no_key=True)
            .filter(authority=authority, valid_to=None)
            .first()
        )
        if standing is None:
            raise NotFound
        standing.valid_to = max(today, standing.valid_from)
        standing.save(update_fields=["valid_to"])
        return standing
