"""Reads about those who sell."""

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from config.ground.models import User
from config.ground.refusals import NotFound
from suppliers.models import Certificate, ProductGroup, Supplier
from suppliers.rules.certificates import LABELS

SOON = timedelta(days=60)
LATELY = timedelta(days=30)


def supplier_for(user: User, pk: int) -> Supplier:
    """The supplier that ``user`` acts for. Raises NotFound, also where it is there but somebody else's."""
    found = Supplier.objects.filter(pk=pk, members__user=user, members__user__is_active=True).first()
    if found is None:
        raise NotFound
    return found


def public_suppliers(*, name: str | None = None) -> QuerySet[Supplier]:
    """Suppliers with their certificates. A sole trader's personal number and everybody's address are not read."""
    rows = Supplier.objects.defer("personal_number", "email", "phone", "address").prefetch_related(
        "certificates__product_groups"
    )
    return rows if name is None else rows.filter(name__icontains=name)


def public_supplier(pk: int) -> Supplier:
    """Raises NotFound."""
    found = public_suppliers().filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def certificates_of(supplier: Supplier) -> list[Certificate]:
    """All of a farm's labels and permits with what they cover, those that end last first. Two statements."""
    rows = Certificate.objects.filter(supplier=supplier).prefetch_related("product_groups")
    return list(rows.order_by(F("valid_to").desc(nulls_first=True), "kind", "pk"))


def certificate_for(supplier: Supplier, pk: int) -> Certificate:
    """Raises NotFound."""
    found = Certificate.objects.filter(supplier=supplier, pk=pk).first()
    if found is None:
        raise NotFound
    return found


def product_groups() -> list[ProductGroup]:
    """The groups that a certificate may cover, wide before narrow."""
    return list(ProductGroup.objects.order_by("pk"))


def ending_certificates(supplier: Supplier, *, today: date) -> list[Certificate]:
    """Labels and permits that end within two months, or ended in the last one; the nearest first."""
    ending = Certificate.objects.filter(
        supplier=supplier, valid_to__gte=today - LATELY, valid_to__lte=today + SOON
    )
    return list(ending.order_by("valid_to", "pk"))


def labels_on(supplier: Supplier, *, today: date) -> list[str]:
    """The labels of which the farm holds a certificate today; what they cover is judged by product and day."""
    held = Certificate.objects.filter(supplier=supplier, kind__in=LABELS, valid_from__lte=today)
    held = held.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    return sorted(set(held.values_list("kind", flat=True)))


def labels_covering(supplier: Supplier, group: ProductGroup, *, first: date, last: date) -> list[str]:
    """The labels that a certificate of the farm covers for the group on some day of the time."""
    path = _path_of(group)
    held = Certificate.objects.filter(
        supplier=supplier, kind__in=LABELS, valid_from__lte=last, scopes__product_group__in=path
    )
    held = held.filter(Q(valid_to=None) | Q(valid_to__gte=first))
    return sorted(set(held.values_list("kind", flat=True)))


def _path_of(group: ProductGroup) -> list[int]:
    """The group and those above it: the register is a few dozen groups, read at once."""
    parents = dict(ProductGroup.objects.values_list("pk", "parent"))
    path: list[int] = []
    at: int | None = group.pk
    while at is not None:
        path.append(at)
        at = parents[at]
    return path
