"""Suspending a supplier at an authority, and lifting it."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import Actor, acting
from market.models import Authority, AuthorityMember, Standing
from suppliers.models import Supplier


def suspend_supplier(
    *,
    authority: Authority,
    supplier: Supplier,
    clause: str,
    first_day: date,
    last_day: date | None = None,
    officer: User,
    by: Actor,
) -> Standing:
    """No new call-offs of the supplier at this authority on these days; what is ordered stands.

    Raises InvalidInput (a suspension rests on a clause), NotAllowed (no officer of the authority).
    """
    faults: dict[str, list[str]] = {}
    if not clause.strip():
        faults["clause"] = [_("Skriv den klausul i avtalet som avstängningen vilar på.")]
    if last_day is not None and last_day < first_day:
        faults["last_day"] = [_("Sista dagen ligger före den första.")]
    if faults:
        raise InvalidInput(fields=faults)
    if not AuthorityMember.objects.filter(
        user=officer, authority=authority, role=AuthorityMember.Role.OFFICER
    ).exists():
        raise NotAllowed
    with acting(by):
        return Standing.objects.create(
            authority=authority,
            supplier=supplier,
            clause=clause.strip(),
            decided_by=officer,
            valid_from=first_day,
            valid_to=last_day,
        )


def lift_suspension(*, standing: Standing, first_free_day: date, by: Actor) -> None:
    """The supplier may be called off from again on ``first_free_day``.

    A suspension that has not begun by then is taken away; the trail keeps it.
    """
    with acting(by):
        if first_free_day <= standing.valid_from:
            standing.delete()
            return
        standing.valid_to = first_free_day - timedelta(days=1)
        standing.save(update_fields=["valid_to"])
