"""A farm's own terms at the hubs, its pauses, and the days on which hubs are closed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from config.ground.refusals import NotFound
from market.models import Hub, HubClosure, SupplierHubTerms, SupplierPause, SupplierRun
from suppliers.models import Supplier

CLOSURES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class HubTerms:
    """``terms`` None: the farm does not deliver there."""

    hub: Hub
    terms: SupplierHubTerms | None


def terms_of(supplier: Supplier) -> list[HubTerms]:
    """Every hub, those that the farm delivers to first. Two statements."""
    own = {terms.hub_id: terms for terms in SupplierHubTerms.objects.filter(supplier=supplier)}
    hubs = [HubTerms(hub, own.get(hub.pk)) for hub in Hub.objects.order_by("sort_key")]
    return sorted(hubs, key=lambda each: (each.terms is None, each.hub.sort_key))


def hub_named(pk: int) -> Hub:
    """Raises NotFound."""
    found = Hub.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def pauses_of(supplier: Supplier, *, today: date) -> list[SupplierPause]:
    return list(SupplierPause.objects.filter(supplier=supplier, last_day__gte=today).order_by("first_day"))


def own_terms(supplier: Supplier) -> QuerySet[SupplierHubTerms]:
    """The farm's terms at the hubs that it delivers to."""
    return SupplierHubTerms.objects.filter(supplier=supplier)


def own_pauses(supplier: Supplier) -> QuerySet[SupplierPause]:
    """The farm's pauses, those that are over among them."""
    return SupplierPause.objects.filter(supplier=supplier)


def closures_ahead(*, today: date) -> list[HubClosure]:
    rows = HubClosure.objects.filter(day__gte=today).select_related("hub")
    return list(rows.order_by("day", "hub__sort_key")[:CLOSURES_SHOWN])


def runs_in(supplier: Supplier, *, first: date, last: date) -> int:
    """Deliveries that are planned already on those days: a pause does not take them away."""
    return SupplierRun.objects.filter(supplier=supplier, delivery_date__range=(first, last)).count()
