"""Who sits at an authority's desk: its officers, who act, and its auditors, who read."""

from dataclasses import dataclass

from config.ground.models import User
from config.ground.refusals import NotAllowed, NotFound
from market.models import Authority, AuthorityMember


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place at one authority. ``may_act`` is the officer's alone."""

    authority: Authority
    user: User
    may_act: bool

    def check_may_act(self) -> None:
        """Raises NotAllowed for an auditor, who knows of the page and may change nothing."""
        if not self.may_act:
            raise NotAllowed


def seat_for(user: User, authority_id: int) -> Seat:
    """Raises NotFound for whoever is neither officer nor auditor of this authority."""
    member = (
        AuthorityMember.objects.filter(user=user, user__is_active=True, authority=authority_id)
        .select_related("authority")
        .first()
    )
    if member is None:
        raise NotFound
    return Seat(authority=member.authority, user=user, may_act=member.role == AuthorityMember.Role.OFFICER)
