"""Which kitchen a person may see, and what her role may do there."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import CharField
from django.db.models.expressions import RawSQL

from config.ground.models import User
from config.ground.refusals import NotAllowed, NotFound
from kitchens.models import Kitchen


class KitchenRole(StrEnum):
    MANAGER = "manager"
    STAFF = "staff"
    OFFICER = "officer"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class KitchenAccess:
    """A kitchen as one person may use it. Officers and auditors of its authority read and change nothing."""

    kitchen: Kitchen
    role: KitchenRole

    @property
    def may_fill(self) -> bool:
        """Fill the basket, receive and return goods."""
        return self.role in {KitchenRole.MANAGER, KitchenRole.STAFF}

    @property
    def may_order(self) -> bool:
        return self.role is KitchenRole.MANAGER

    def check_may_fill(self) -> None:
        """Raises NotAllowed for one who may only read."""
        if not self.may_fill:
            raise NotAllowed

    def check_may_order(self) -> None:
        """Raises NotAllowed for all but the kitchen's manager: an order binds."""
        if not self.may_order:
            raise NotAllowed


# Written out: every page of a kitchen asks it, and putting it together took longer than the answer.
_ROLE = """coalesce(
  (SELECT role FROM kitchens_kitchenmember WHERE kitchen_id = kitchens_kitchen.id AND user_id = %s),
  (SELECT role FROM market_authoritymember WHERE authority_id = kitchens_kitchen.authority_id AND user_id = %s))"""


def kitchen_for(user: User, pk: int) -> KitchenAccess:
    """The kitchen and the person's role there. Raises NotFound, also where it is there but not hers."""
    kitchen = (
        Kitchen.objects.select_related("hub", "authority")
        .annotate(asked_by=RawSQL(_ROLE, [user.pk, user.pk], output_field=CharField(null=True)))  # noqa: S611  # one text, its values are parameters
        .filter(pk=pk)
        .first()
    )
    if kitchen is None or kitchen.asked_by is None or not user.is_active:
        raise NotFound
    return KitchenAccess(kitchen=kitchen, role=KitchenRole(kitchen.asked_by))


def member_kitchen_for(user: User, pk: int, *, role: str = "") -> Kitchen:
    """The kitchen for one who acts in it: manager or staff, with ``role`` manager only its manager.

    Raises NotFound, and NotAllowed for one who may only read it.
    """
    access = kitchen_for(user, pk)
    if role == KitchenRole.MANAGER:
        access.check_may_order()
    access.check_may_fill()
    return access.kitchen
