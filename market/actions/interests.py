"""An officer declares a conflict of interest, and another takes the supplier's matters over."""

from datetime import date

from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import Actor, acting
from market.actions.standing import require_officer
from market.models import Authority, InterestDeclaration, StandingMatter
from market.queries.standing import officers_besides
from suppliers.models import Supplier


def declare_interest(
    *,
    authority: Authority,
    supplier: Supplier,
    relation: str,
    hand_to: User | None,
    today: date,
    officer: User,
    by: Actor,
) -> InterestDeclaration:
    """From now on the officer signs, decides and changes nothing about the supplier; open matters go to ``hand_to``.

    ``hand_to`` may be None only where the authority has no other officer who is free to act. A second declaration of
    the same supplier replaces the first one's words. Raises InvalidInput, NotAllowed.
    """
    require_officer(officer, authority)
    others = {
        member.user_id
        for member in officers_besides(authority_id=authority.pk, supplier_id=supplier.pk, user_id=officer.pk)
    }
    faults: dict[str, list[str]] = {}
    if not relation.strip():
        faults["relation"] = [_("Skriv hur du är knuten till gården.")]
    if hand_to is None and others:
        faults["hand_to"] = [_("Välj vem som tar över.")]
    if hand_to is not None and hand_to.pk not in others:
        faults["hand_to"] = [_("Den personen kan inte ta över: välj en annan upphandlare utan eget jäv.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by):
        row, _made = InterestDeclaration.objects.update_or_create(
            authority=authority,
            officer=officer,
            supplier=supplier,
            withdrawn_on=None,
            defaults={"relation": relation.strip(), "handed_to": hand_to, "declared_on": today},
        )
        if hand_to is not None:
            StandingMatter.objects.filter(
                authority=authority, supplier=supplier, handled_by=officer, outcome=""
            ).update(handled_by=hand_to)
    return row


def withdraw_interest(*, interest: InterestDeclaration, today: date, officer: User, by: Actor) -> None:
    """Another officer has seen that the bond is no more; the reason is the actor's.

    Raises InvalidInput without a reason, NotAllowed for whoever declared it and for no officer.
    """
    if not by.reason.strip():
        raise InvalidInput(fields={"reason": [_("Skriv varför jävet inte längre finns.")]})
    require_officer(officer, interest.authority)
    if officer.pk == interest.officer_id:
        raise NotAllowed
    with acting(by):
        InterestDeclaration.objects.filter(pk=interest.pk, withdrawn_on=None).update(withdrawn_on=today)
