"""Price and availability lists that a farm hands in as a file, what each changed, and how its files are to be read."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config.ground.models import StoredFile, User
from market.models.stock import Offer, StockPool
from suppliers.models import Supplier


class ListMapping(models.Model):
    """How a farm's files are read, as it answered the last time: ``columns`` are headings by field, ``products`` ids by name.

    None in ``price_has_vat`` and ``counts_packs`` is not answered yet.
    """

    supplier = models.OneToOneField(Supplier, on_delete=models.PROTECT, related_name="list_mapping")
    columns = models.JSONField(default=dict)
    products = models.JSONField(default=dict)
    price_has_vat = models.BooleanField(null=True)
    counts_packs = models.BooleanField(null=True)

    def __str__(self) -> str:
        return f"{self.supplier_id}: {self.columns}"


class ListImport(models.Model):
    """One file read in as a whole, for delivery on the days of a period."""

    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="list_imports", db_index=False
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_to = models.DateField()
    rows = models.IntegerField()
    imported_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(db_default=Now())
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "sha256", "valid_from"], name="list_once", condition=Q(undone_at=None)
            ),
            models.CheckConstraint(name="list_dates", condition=Q(valid_to__gte=F("valid_from"))),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id} {self.valid_from}"


class ListChange(models.Model):
    """What an import did to one stock, or to one pack of it. Append-only. ``quantity_before`` None: the stock was new."""

    list_import = models.ForeignKey(ListImport, on_delete=models.PROTECT, related_name="changes")
    pool = models.ForeignKey(StockPool, on_delete=models.PROTECT, related_name="+")
    quantity_before = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    quantity_after = models.DecimalField(max_digits=14, decimal_places=3)
    made = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="+")
    replaced = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.pool_id}: {self.quantity_before} → {self.quantity_after}"
