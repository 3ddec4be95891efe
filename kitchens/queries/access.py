"""Which kitchen a person may see, and what her role may do there."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from config.ground.models import User
from config.ground.refusals import NotAllowed, NotFound
from kitchens.models import Kitchen, KitchenMember
from market.models import AuthorityMember


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


def kitchen_for(user: User, pk: int) -> KitchenAccess:
    """The kitchen and the person's role there. Raises NotFound, also where it is there but not hers."""
    mine = KitchenMember.objects.filter(kitchen=OuterRef("pk"), user=user).values("role")
    authoritys = AuthorityMember.objects.filter(authority=OuterRef("authority"), user=user).values("role")
    kitchen = (
        Kitchen.objects.select_related("hub", "authority")
        .annotate(asked_by=Coalesce(Subquery(mine[:1]), Subquery(authoritys[:1])))
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
