"""Purchases made elsewhere: the imported files, and the rows of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

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
class ImportRows:
    """A page of an import's rows in the file's order. ``older`` is the row number to go on after."""

    row: PurchaseImport
    purchases: Sequence[ExternalPurchase]
    older: int | None


def import_rows(authority: Authority, import_id: int, *, after: int = -1) -> ImportRows:
    """The rows of a file from behind row ``after``. Raises NotFound."""
    found = PurchaseImport.objects.filter(pk=import_id, authority=authority).first()
    if found is None:
        raise NotFound
    rows = list(
        ExternalPurchase.objects.filter(purchase_import=found, row_number__gt=after)
        .select_related("food")
        .defer("raw")
        .order_by("row_number")[: PAGE + 1]
    )
    older = rows[PAGE - 1].row_number if len(rows) > PAGE else None
    return ImportRows(row=found, purchases=rows[:PAGE], older=older)
