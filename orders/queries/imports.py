"""Purchases made elsewhere: the imported files, and the rows of a file or a period."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from config.ground.refusals import NotFound
from market.models import Authority
from orders.models import ExternalPurchase, PurchaseImport
from orders.rules.coverage import share

PAGE = 50


@dataclass(frozen=True, slots=True)
class ImportSheet:
    """An imported file and what its rows tell. Amounts are per currency on its periods, never summed here."""

    row: PurchaseImport
    purchases: int
    refused: int
    kg: Decimal
    kg_mapped: Decimal

    @property
    def stands(self) -> bool:
        return self.row.undone_at is None

    @property
    def mapped_share(self) -> Decimal | None:
        """Share of the known weight whose food is mapped to the climate set."""
        return share(self.kg_mapped, of=self.kg)


def imports_of(authority: Authority) -> tuple[ImportSheet, ...]:
    """Every file of the authority, the newest first; those that were undone are kept and count nowhere."""
    imports = list(PurchaseImport.objects.filter(authority=authority).order_by("-imported_at", "-pk"))
    sums: dict[int, tuple[int, Decimal | None, Decimal | None]] = {
        pk: (purchases, weight, mapped)
        for pk, purchases, weight, mapped in ExternalPurchase.objects.filter(purchase_import__in=imports)
        .values_list("purchase_import")
        .annotate(
            purchases=Count("pk"),
            weight=Sum("kg"),
            mapped=Sum("kg", filter=Q(food__isnull=False)),
        )
    }
    return tuple(_sheet(each, *sums.get(each.pk, (0, None, None))) for each in imports)


def _sheet(
    row: PurchaseImport, purchases: int, weight: Decimal | None, mapped: Decimal | None
) -> ImportSheet:
    return ImportSheet(
        row=row,
        purchases=purchases,
        refused=row.rows - purchases,
        kg=weight or Decimal(0),
        kg_mapped=mapped or Decimal(0),
    )


@dataclass(frozen=True, slots=True)
class WantedPurchases:
    """Rows of a file (also of one that was undone), or the counting rows of a period in a currency."""

    import_id: int | None = None
    first: date = date.min
    last: date = date.max
    currency: str = ""


@dataclass(frozen=True, slots=True)
class PurchasesPage:
    """In the order in which they were read. ``older`` is the key to go on behind."""

    purchases: tuple[ExternalPurchase, ...]
    older: int | None


def purchases_page(authority: Authority, wanted: WantedPurchases, *, after: int = 0) -> PurchasesPage:
    rows = list(_purchases(authority, wanted).filter(pk__gt=after)[: PAGE + 1])
    return PurchasesPage(purchases=tuple(rows[:PAGE]), older=rows[PAGE - 1].pk if len(rows) > PAGE else None)


def all_purchases(authority: Authority, wanted: WantedPurchases) -> Iterator[ExternalPurchase]:
    """Every row, for a file; memory stays flat."""
    return _purchases(authority, wanted).iterator(chunk_size=1000)


def _purchases(authority: Authority, wanted: WantedPurchases) -> QuerySet[ExternalPurchase]:
    rows = ExternalPurchase.objects.filter(authority=authority).select_related("food").defer("raw")
    if wanted.import_id is not None:
        return rows.filter(purchase_import=wanted.import_id).order_by("pk")
    return rows.filter(
        purchase_import__undone_at=None,
        period_start=wanted.first,
        period_end=wanted.last,
        currency=wanted.currency,
    ).order_by("pk")


def import_of(authority: Authority, import_id: int) -> PurchaseImport:
    """An imported file of the authority. Raises NotFound."""
    found = PurchaseImport.objects.filter(pk=import_id, authority=authority).first()
    if found is None:
        raise NotFound
    return found
