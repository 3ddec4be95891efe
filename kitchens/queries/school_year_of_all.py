"""An authority's school year: who may lay it, its kitchens, and the periods that they have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from config.ground.models import User
from config.ground.refusals import NotAllowed, NotFound
from kitchens.models import Kitchen, KitchenClosure, SchoolTerm
from kitchens.rules.school_year import What
from market.models import Authority, AuthorityMember

SHOWN_BACK = timedelta(days=60)


def authority_to_lay_for(user: User, pk: int) -> Authority:
    """For the authority's officer. Raises NotFound; NotAllowed for its auditor."""
    member = (
        AuthorityMember.objects.filter(user=user, user__is_active=True, authority=pk)
        .select_related("authority")
        .first()
    )
    if member is None:
        raise NotFound
    if member.role != AuthorityMember.Role.OFFICER:
        raise NotAllowed
    return member.authority


@dataclass(frozen=True, slots=True)
class CommonPeriod:
    """A period that so many of the kitchens have, alike in name and days."""

    what: What
    name: str
    first_day: date
    last_day: date
    kitchens: int

    @property
    def key(self) -> str:
        return f"{self.what}:{self.first_day}:{self.last_day}:{self.name}"


@dataclass(frozen=True, slots=True)
class YearOfAll:
    kitchens: Sequence[Kitchen]
    periods: Sequence[CommonPeriod]


def year_of_all(authority: Authority, *, today: date) -> YearOfAll:
    """Three statements. What ended two months ago is left out."""
    periods = [
        CommonPeriod(what, *row)
        for what, table in ((What.TERM, SchoolTerm), (What.CLOSURE, KitchenClosure))
        for row in table.objects.filter(kitchen__authority=authority, last_day__gte=today - SHOWN_BACK)
        .values("name", "first_day", "last_day")
        .annotate(kitchens=Count("pk"))
        .order_by("first_day", "name")
        .values_list("name", "first_day", "last_day", "kitchens")
    ]
    return YearOfAll(list(Kitchen.objects.filter(authority=authority).order_by("sort_key")), periods)
