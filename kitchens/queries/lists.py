"""Which kitchens stand in a person's lists."""

from typing import Any

from django.db.models import Q, QuerySet

from config.ground.models import User
from kitchens.models import Kitchen, KitchenMember
from market.models import AuthorityMember


def kitchens_of(user: User) -> "QuerySet[KitchenMember, Any]":
    """The kitchens that she works in, for a subquery."""
    return KitchenMember.objects.filter(user=user).values("kitchen")


def authorities_of(user: User) -> "QuerySet[AuthorityMember, Any]":
    """The authorities that she is officer or auditor of, for a subquery."""
    return AuthorityMember.objects.filter(user=user).values("authority")


def kitchens_seen_by(
    user: User, *, authority: int | None = None, hub: int | None = None
) -> QuerySet[Kitchen]:
    """Her own kitchens, and all of an authority that she is officer or auditor of."""
    rows = Kitchen.objects.filter(Q(pk__in=kitchens_of(user)) | Q(authority__in=authorities_of(user)))
    wanted = {"authority": authority, "hub": hub}
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})
