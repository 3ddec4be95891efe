"""Suspending a supplier at an authority, and lifting it."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import Actor, acting
from market.models import Authority, AuthorityMember, Standing, StandingMatter
from market.queries.standing import check_no_interest
from suppliers.models import Supplier


def require_officer(user: User, authority: Authority) -> None:
    """Raises NotAllowed for whoever is no active officer of the authority."""
    if not AuthorityMember.objects.filter(
        user=user, user__is_active=True, authority=authority, role=AuthorityMember.Role.OFFICER
    ).exists():
        raise NotAllowed


def suspend_supplier(
    *,
    authority: Authority,
    supplier: Supplier,
    clause: str,
    first_day: date,
    last_day: date | None = None,
    unheard_reason: str = "",
    officer: User,
    by: Actor,
) -> Standing:
    """No new call-offs of the supplier at this authority on these days; what is ordered stands.

    At once, so the supplier has not been heard: ``unheard_reason`` says why that could not wait. A supplier that is
    heard first is suspended by ``matters.decide_matter``.

    Raises InvalidInput (a suspension rests on a clause, and on a hearing or a reason), NotAllowed (no officer of the
    authority), ConflictOfInterest.
    """
    faults: dict[str, list[str]] = {}
    if not clause.strip():
        faults["clause"] = [_("Skriv den klausul i avtalet som avstängningen vilar på.")]
    if last_day is not None and last_day < first_day:
        faults["last_day"] = [_("Sista dagen ligger före den första.")]
    if not unheard_reason.strip():
        faults["unheard_reason"] = [
            _("Gården är inte hörd. Öppna ett ärende och hör den, eller skriv varför det inte kan vänta.")
        ]
    if faults:
        raise InvalidInput(fields=faults)
    require_officer(officer, authority)
    with acting(by):
        check_no_interest(authority_ids=[authority.pk], supplier_ids=[supplier.pk], user_id=officer.pk)
        return Standing.objects.create(
            authority=authority,
            supplier=supplier,
            clause=clause.strip(),
            unheard_reason=unheard_reason.strip(),
            decided_by=officer,
            valid_from=first_day,
            valid_to=last_day,
        )


def suspended_by_matter(
    matter: StandingMatter, *, clause: str, first_day: date, last_day: date | None
) -> None:
    """The suspension that a decided matter brings; called inside its act."""
    assert matter.decided_by is not None  # noqa: S101  # narrows: only a decided matter suspends
    Standing.objects.create(
        authority=matter.authority,
        supplier=matter.supplier,
        clause=clause.strip(),
        matter=matter,
        unheard_reason=matter.unheard_reason,
        decided_by=matter.decided_by,
        valid_from=first_day,
        valid_to=last_day,
    )


def lift_suspension(*, standing: Standing, first_free_day: date, by: Actor) -> None:
    """The supplier may be called off from again on ``first_free_day``.

    A suspension that has not begun by then is taken away; the trail keeps it. Raises ConflictOfInterest.
    """
    with acting(by):
        check_no_interest(
            authority_ids=[standing.authority_id], supplier_ids=[standing.supplier_id], user_id=by.user_id
        )
        if first_free_day <= standing.valid_from:
            standing.delete()
            return
        standing.valid_to = first_free_day - timedelta(days=1)
        standing.save(update_fields=["valid_to"])
