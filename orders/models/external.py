"""What is bought elsewhere: ledgers and wholesalers' lines, beside the call-offs."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from market.models import Authority, ClimateFood, NeedCategory


class PurchaseImport(models.Model):
    """One imported file. Undone as a whole; the same file is refused while it stands."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.CharField(max_length=80)
    rows = models.IntegerField(help_text="rows of the file: those that became purchases and those refused")
    imported_at = models.DateTimeField(db_default=Now())
    imported_by = models.CharField(max_length=80)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "sha256"], name="import_once", condition=Q(undone_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class RefusedRow(models.Model):
    """A row of an imported file that could not be read: kept with its words, so that nothing of the file is lost."""

    purchase_import = models.ForeignKey(PurchaseImport, on_delete=models.PROTECT, related_name="refused_rows")
    row_number = models.IntegerField()
    line = models.IntegerField(help_text="line of the file where the row begins")
    column = models.TextField(blank=True, default="", help_text="empty when it is the row as such")
    words = models.TextField()
    words_en = models.TextField()
    raw = models.JSONField(help_text="the cells as they stand in the file")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purchase_import", "row_number"], name="refused_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.words}"


class ExternalPurchaseQuerySet(models.QuerySet["ExternalPurchase"]):
    def counting(self) -> "ExternalPurchaseQuerySet":
        """Rows of imports that stand. The rows of an import that was undone are kept, and count nowhere."""
        return self.filter(purchase_import__undone_at=None)


class ExternalPurchase(models.Model):
    """A line of somebody else's file: period, currency, quantity and unit as given, kg where it can be known."""

    purchase_import = models.ForeignKey(PurchaseImport, on_delete=models.PROTECT, related_name="purchases")
    row_number = models.IntegerField()
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", db_index=False)
    buyer = models.CharField(max_length=200)
    supplier_name = models.CharField(max_length=200, blank=True, default="")
    supplier_number = models.CharField(max_length=20, blank=True, default="")
    product_text = models.CharField(max_length=400)
    product_label = models.CharField(max_length=400, blank=True, default="")
    category = models.CharField(max_length=200, blank=True, default="")
    period_start = models.DateField()
    period_end = models.DateField()
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    quantity = models.DecimalField(max_digits=16, decimal_places=3, null=True)
    quantity_unit = models.CharField(max_length=20, blank=True, default="")
    kg = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    food = models.ForeignKey(
        ClimateFood, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    invoice_number = models.CharField(max_length=80, blank=True, default="", db_default="")
    marks = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="as the file says them"
    )
    raw = models.JSONField()

    objects = ExternalPurchaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purchase_import", "row_number"], name="external_row_once"),
            models.CheckConstraint(
                name="period_ends_after_it_begins", condition=Q(period_end__gte=models.F("period_start"))
            ),
        ]
        indexes = [models.Index(fields=["authority", "period_start"], name="external_by_period")]

    def __str__(self) -> str:
        return self.product_text


class ExternalNeed(models.Model):
    """Into which need purchases made elsewhere fall: by supplier, by the file's category (a ledger's account), by article, or by several of them.

    What is said more closely goes first: an article before a supplier, a supplier before a category.
    """

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="external_needs", db_index=False
    )
    supplier_number = models.CharField(max_length=20, blank=True, default="")
    category = models.CharField(max_length=200, blank=True, default="")
    product_text = models.CharField(max_length=400, blank=True, default="", db_default="")
    need_category = models.ForeignKey(NeedCategory, on_delete=models.PROTECT, related_name="external_needs")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "supplier_number", "category", "product_text"],
                name="external_need_once",
            ),
            models.CheckConstraint(
                name="external_need_says_something",
                condition=~Q(supplier_number="", category="", product_text=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_number} {self.category} → {self.need_category}"


class PurchaseMapping(models.Model):
    """How an authority reads a sender's files, as it answered the last time: the settings of a mapping, by a name."""

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="purchase_mappings", db_index=False
    )
    name = models.CharField(max_length=80)
    told = models.JSONField()
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "name"], name="purchase_mapping_once")]

    def __str__(self) -> str:
        return self.name
