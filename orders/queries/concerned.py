"""Which kitchens have something ordered of a farm that is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from config.ground.models import User
from kitchens.models import KitchenMember
from market.rules.weeks import Period
from orders.models import CallOff
from suppliers.models import Supplier


def kitchens_concerned(supplier: Supplier, *, period: Period, today: date) -> list[int]:
    """Ids of the kitchens with open call-offs of the farm for the rest of the period. One statement."""
    return list(
        open_call_offs(supplier, period=period, today=today)
        .values_list("kitchen", flat=True)
        .order_by("kitchen")
        .distinct()
    )


def open_call_offs(supplier: Supplier, *, period: Period, today: date) -> "QuerySet[CallOff]":
    """Call-offs that stand and of which nothing has been left at the hub yet."""
    return CallOff.objects.filter(
        supplier=supplier,
        state=CallOff.State.PLACED,
        delivery_date__range=(max(period.first, today), period.last),
    ).exclude(quantity__handed_over__gt=0)


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who is told for a kitchen."""

    kitchen_id: int
    user: User


def readers_of(kitchen_ids: Sequence[int]) -> list[Reader]:
    """The kitchens' managers that have an address. One statement."""
    members = KitchenMember.objects.filter(
        kitchen__in=kitchen_ids,
        role=KitchenMember.Role.MANAGER,
        user__is_active=True,
        user__email__isnull=False,
    ).select_related("user")
    return [Reader(member.kitchen_id, member.user) for member in members.order_by("kitchen", "user")]
