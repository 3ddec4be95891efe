"""Who sits at an authority's desk: its officers, who act, and its auditors, who read."""

from dataclasses import dataclass

from config.ground.models import User
from config.ground.planned import columns_of, planned_rows, read_as
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


# Written out: every page of an authority asks it.
_SEAT = f"""
SELECT m.role, {columns_of(Authority, row="a")}
FROM market_authoritymember m
JOIN ground_user u ON u.id = m.user_id AND u.is_active
JOIN market_authority a ON a.id = m.authority_id
WHERE m.user_id = %(user)s AND m.authority_id = %(authority)s
"""


def seat_for(user: User, authority_id: int) -> Seat:
    """Raises NotFound for whoever is neither officer nor auditor of this authority."""
    _columns, rows = planned_rows(_SEAT, {"user": user.pk, "authority": authority_id})
    if not rows:
        raise NotFound
    role, *authority = rows[0]
    return Seat(
        authority=read_as(Authority, authority), user=user, may_act=role == AuthorityMember.Role.OFFICER
    )
