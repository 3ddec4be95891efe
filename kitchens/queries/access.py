"""Which kitchen a person may see, and what her role may do there."""

from dataclasses import dataclass
from enum import StrEnum

from config.ground.models import User
from config.ground.planned import columns_of, planned_rows, read_as
from config.ground.refusals import NotAllowed, NotFound
from kitchens.models import Kitchen
from market.models import Authority, Hub


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
_KITCHEN = f"""
SELECT coalesce(
         (SELECT role FROM kitchens_kitchenmember WHERE kitchen_id = k.id AND user_id = %(user)s),
         (SELECT role FROM market_authoritymember WHERE authority_id = k.authority_id AND user_id = %(user)s)),
       {columns_of(Kitchen, row="k")}, {columns_of(Hub, row="h")}, {columns_of(Authority, row="a")}
FROM kitchens_kitchen k
JOIN market_hub h ON h.id = k.hub_id
JOIN market_authority a ON a.id = k.authority_id
WHERE k.id = %(kitchen)s
"""
_HUB_AT = 1 + len(Kitchen._meta.concrete_fields)  # noqa: SLF001
_AUTHORITY_AT = _HUB_AT + len(Hub._meta.concrete_fields)  # noqa: SLF001


def kitchen_for(user: User, pk: int) -> KitchenAccess:
    """The kitchen and the person's role there. Raises NotFound, also where it is there but not hers."""
    _columns, rows = planned_rows(_KITCHEN, {"user": user.pk, "kitchen": pk})
    if not rows or rows[0][0] is None or not user.is_active:
        raise NotFound
    kitchen = read_as(Kitchen, rows[0][1:_HUB_AT])
    kitchen.hub = read_as(Hub, rows[0][_HUB_AT:_AUTHORITY_AT])
    kitchen.authority = read_as(Authority, rows[0][_AUTHORITY_AT:])
    return KitchenAccess(kitchen=kitchen, role=KitchenRole(rows[0][0]))


def member_kitchen_for(user: User, pk: int, *, role: str = "") -> Kitchen:
    """The kitchen for one who acts in it: manager or staff, with ``role`` manager only its manager.

    Raises NotFound, and NotAllowed for one who may only read it.
    """
    access = kitchen_for(user, pk)
    if role == KitchenRole.MANAGER:
        access.check_may_order()
    access.check_may_fill()
    return access.kitchen
