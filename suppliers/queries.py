"""Reads about those who sell."""

from collections.abc import Collection
from datetime import date, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q, QuerySet, Value

from config.ground.models import User
from config.ground.refusals import NotFound
from suppliers.models import Certificate, ProductGroup, Supplier
from suppliers.rules.certificates import LABELS, CertificateKind
from suppliers.rules.certificates import Certificate as Held

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


def label_certificates(supplier_ids: Collection[int]) -> dict[int, list[Held]]:
    """All label certificates of these farms, of all times, as the rules read them. One statement."""
    rows = (
        Certificate.objects.filter(supplier__in=supplier_ids, kind__in=LABELS)
        .annotate(codes=ArrayAgg("scopes__product_group__code", default=Value([])))
        .order_by("pk")
    )
    held: dict[int, list[Held]] = {}
    for row in rows:
        held.setdefault(row.supplier_id, []).append(
            Held(
                kind=CertificateKind(row.kind),
                number=row.number,
                issuer=row.issuer,
                product_groups=frozenset(row.codes),
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
        )
    return held


def group_paths() -> dict[int, tuple[str, ...]]:
    """Each group's code and those of the groups above it, by the group's id. One statement: they are a few dozen."""
    groups = {
        pk: (code, parent) for pk, code, parent in ProductGroup.objects.values_list("pk", "code", "parent")
    }
    paths: dict[int, tuple[str, ...]] = {}
    for pk in groups:
        codes: list[str] = []
        at: int | None = pk
        while at is not None:
            code, at = groups[at]
            codes.append(code)
        paths[pk] = tuple(codes)
    return paths
