"""Reads about those who sell."""

from django.db.models import QuerySet

from config.ground.models import User
from config.ground.refusals import NotFound
from suppliers.models import Supplier


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
