"""Who may reach which kitchen. What somebody may not know of is not found."""

from config.ground.models import User
from config.ground.refusals import NotAllowed, NotFound
from kitchens.models import Kitchen, KitchenMember


def kitchen_for(user: User, pk: int, *, role: str = "") -> Kitchen:
    """The kitchen that ``user`` belongs to, as manager or staff, for reading and writing.

    With ``role`` only who has it there. Raises NotFound for others, NotAllowed for a member in another role.
    """
    member = (
        KitchenMember.objects.filter(user=user, user__is_active=True, kitchen=pk)
        .select_related("kitchen__hub", "kitchen__authority")
        .first()
    )
    if member is None:
        raise NotFound
    if role and member.role != role:
        raise NotAllowed
    return member.kitchen


def kitchen_to_read(user: User, pk: int) -> Kitchen:
    """The kitchen for reading only: its own people, and officers and auditors of its authority. Raises NotFound."""
    kitchens = Kitchen.objects.select_related("hub", "authority")
    own = kitchens.filter(pk=pk, members__user=user, members__user__is_active=True)
    over = kitchens.filter(pk=pk, authority__members__user=user, authority__members__user__is_active=True)
    found = own.first() or over.first()
    if found is None:
        raise NotFound
    return found
