"""A farm's files, and its offers as rows of a file."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from config.ground.models import StoredFile
from config.ground.refusals import NotFound
from config.ground.tables import Cell, Column
from market.actions.lists import SHELF
from market.models import ListImport, Offer, Product
from market.queries.names import allergen_name
from market.rules.weeks import Period
from suppliers.models import Supplier

LATEST = 10


def list_file_for(supplier: Supplier, pk: int) -> StoredFile:
    """A file that the farm has handed in. Raises NotFound."""
    found = StoredFile.objects.filter(pk=pk, shelf=SHELF, shelf_id=supplier.pk).first()
    if found is None:
        raise NotFound
    return found


def import_for(supplier: Supplier, pk: int) -> ListImport:
    """Raises NotFound."""
    found = ListImport.objects.select_related("file").filter(pk=pk, supplier=supplier).first()
    if found is None:
        raise NotFound
    return found


def imports_of(supplier: Supplier) -> QuerySet[ListImport]:
    """All that the farm has read in, without the files' content."""
    return ListImport.objects.filter(supplier=supplier).select_related("file").defer("file__content")


def latest_imports(supplier: Supplier) -> Sequence[ListImport]:
    """The newest first, without the files' content."""
    rows = ListImport.objects.filter(supplier=supplier).select_related("file", "imported_by")
    return list(rows.defer("file__content").order_by("-pk")[:LATEST])


def all_products() -> Sequence[Product]:
    """What a row may be said to be, in Swedish order; what is merged into other goods is those."""
    return list(Product.objects.filter(merged_into=None).only("name_sv", "name_en").order_by("sort_key"))


def list_columns() -> list[Column]:
    """The headings of a list that goes out; the same that a list that comes in is known by."""
    return [
        Column(_("Vara")),
        Column(_("Förpackning")),
        Column(_("Mängd"), places=3, idle_zeros=False),
        Column(_("Pris, kr exkl. moms"), places=4, idle_zeros=False),
        Column(_("Innehåller allergen")),
    ]


def list_rows(supplier: Supplier, *, period: Period) -> Iterator[Sequence[Cell]]:
    """What the farm has out for the period: what is there in base units, its own price. One statement."""
    offers = Offer.objects.filter(
        supplier=supplier, withdrawn_at=None, pool__valid_from=period.first, pool__valid_to=period.last
    ).select_related("pool", "product", "pack")
    for offer in offers.order_by("product__sort_key", "pack__base_per_pack"):
        yield (
            offer.product.name_sv,
            offer.pack.name_sv,
            offer.pool.quantity,
            offer.own_price_sek,
            ", ".join(allergen_name(code) for code in offer.contains),
        )
