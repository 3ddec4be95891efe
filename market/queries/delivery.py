"""Delivery days to come at a hub, with the cut-offs of the farms that drive there."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, Q

from market.models import AuthorityMember, DeliveryRun, SupplierHubTerms
from suppliers.models import Supplier


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A delivery day of a hub. ``first`` and ``last`` are the cut-offs of the farms that still take orders."""

    day: date
    farms: int
    open_farms: int
    first_cut_off: datetime | None
    last_cut_off: datetime | None

    @property
    def is_open(self) -> bool:
        return self.open_farms > 0


def coming_days(*, hub_id: int, today: date, now: datetime, most: int) -> list[ComingDay]:
    """The hub's next delivery days, today's included."""
    still_open = Q(supplier_runs__state="open", supplier_runs__cut_off__gte=now)
    runs = (
        DeliveryRun.objects.filter(hub_id=hub_id, delivery_date__gte=today)
        .annotate(
            farms=Count("supplier_runs"),
            open_farms=Count("supplier_runs", filter=still_open),
            first_cut_off=Min("supplier_runs__cut_off", filter=still_open),
            last_cut_off=Max("supplier_runs__cut_off"),
        )
        .order_by("delivery_date")
    )
    return [
        ComingDay(
            day=run.delivery_date,
            farms=run.farms,
            open_farms=run.open_farms,
            first_cut_off=run.first_cut_off,
            last_cut_off=run.last_cut_off,
        )
        for run in runs[:most]
    ]


@dataclass(frozen=True, slots=True)
class Officer:
    name: str
    email: str
    phone: str


def officers_of(authority_id: int) -> list[Officer]:
    """Whom a kitchen asks when only an agreement can change the answer."""
    members = AuthorityMember.objects.filter(
        authority=authority_id, role=AuthorityMember.Role.OFFICER, user__is_active=True
    )
    rows = members.order_by("pk").values_list("user__name", "user__email", "user__phone")
    return [Officer(name=name, email=email or "", phone=phone) for name, email, phone in rows[:3]]


def next_open_day(*, hub_id: int, today: date, now: datetime) -> date | None:
    """The first delivery day of the hub for which somebody still takes orders."""
    days = coming_days(hub_id=hub_id, today=today, now=now, most=14)
    return next((each.day for each in days if each.is_open), None)


def hubs_of_farm(supplier: Supplier) -> list[int]:
    """The hubs that the farm delivers to by its own terms."""
    return list(SupplierHubTerms.objects.filter(supplier=supplier).values_list("hub", flat=True))
