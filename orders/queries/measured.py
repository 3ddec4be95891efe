"""Whose rounds and weighings a person may read, and for which kitchens an officer may tell of new ones."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from config.ground.models import User
from config.ground.refusals import NotAllowed, NotFound
from kitchens.models import Kitchen
from market.models import AuthorityMember
from orders.models import DrivenRound, Weighing

Row = TypeVar("Row", bound=Model)


def _seats(user: User) -> "QuerySet[AuthorityMember, Any]":
    return AuthorityMember.objects.filter(user=user, user__is_active=True)


def _of_days(rows: "QuerySet[Row]", day: str, first: date | None, last: date | None) -> "QuerySet[Row]":
    if first is not None:
        rows = rows.filter(**{f"{day}__gte": first})
    return rows if last is None else rows.filter(**{f"{day}__lte": last})


def rounds_seen_by(
    user: User, *, authority: int | None = None, first: date | None = None, last: date | None = None
) -> "QuerySet[DrivenRound]":
    """The standing rounds of her authorities, by delivery day."""
    rows = DrivenRound.objects.filter(authority__in=_seats(user).values("authority"), retired_at=None)
    rows = rows if authority is None else rows.filter(authority=authority)
    return _of_days(rows.prefetch_related("stops"), "delivery_date", first, last)


def round_for(user: User, pk: int) -> DrivenRound:
    """Raises NotFound."""
    return _one(rounds_seen_by(user), pk)


def weighings_seen_by(
    user: User,
    *,
    authority: int | None = None,
    kitchen: int | None = None,
    kind: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> "QuerySet[Weighing]":
    """The standing weighings of her authorities' kitchens, by their last day."""
    rows = Weighing.objects.filter(authority__in=_seats(user).values("authority"), retired_at=None)
    wanted = {"authority": authority, "kitchen": kitchen, "kind": kind}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    return _of_days(rows.prefetch_related("lines"), "last_day", first, last)


def weighing_for(user: User, pk: int) -> Weighing:
    """Raises NotFound."""
    return _one(weighings_seen_by(user), pk)


def _one(rows: "QuerySet[Row]", pk: int) -> Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def kitchens_to_measure(user: User, pks: Sequence[int]) -> list[Kitchen]:
    """Kitchens of one authority, for its officer. Raises NotFound for what is not hers, NotAllowed for an auditor."""
    kitchens = list(
        Kitchen.objects.filter(pk__in=set(pks), authority__in=_seats(user).values("authority"))
        .select_related("authority", "hub")
        .order_by("pk")
    )
    authorities = {kitchen.authority_id for kitchen in kitchens}
    if len(kitchens) != len(set(pks)) or len(authorities) != 1:
        raise NotFound
    acts = _seats(user).filter(authority__in=authorities, role=AuthorityMember.Role.OFFICER)
    if not acts.exists():
        raise NotAllowed
    return kitchens
