"""Who may reach which authority and hub. What somebody may not know of is not found."""

from config.ground.models import User
from config.ground.refusals import NotAllowed, NotFound
from market.models import Authority, AuthorityMember, Hub, HubWorker


def authority_for(user: User, pk: int, *, role: str = "") -> Authority:
    """The authority of which ``user`` is a member, in ``role`` where one is asked for.

    Raises NotFound for an outsider, NotAllowed for a member in another role: she knows of it already.
    """
    member = (
        AuthorityMember.objects.filter(user=user, user__is_active=True, authority=pk)
        .select_related("authority")
        .first()
    )
    if member is None:
        raise NotFound
    if role and member.role != role:
        raise NotAllowed
    return member.authority


def hub_for(user: User, pk: int) -> Hub:
    """The hub at which ``user`` works. Raises NotFound."""
    worker = HubWorker.objects.filter(user=user, user__is_active=True, hub=pk).select_related("hub").first()
    if worker is None:
        raise NotFound
    return worker.hub
