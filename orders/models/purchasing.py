"""Purchase orders: from the cut-off, what a farm is to bring for an authority in a run."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models import Authority, Pack, Product, SupplierRun
from orders.models.ordering import CallOff
from suppliers.models import Supplier


class PurchaseOrder(models.Model):
    """One a farm, run and buying authority (each authority is a buyer of its own)."""

    class Answer(models.TextChoices):
        NONE = "none"
        FULL = "full"
        PART = "part"
        DECLINED = "declined"

    number = models.CharField(max_length=40, unique=True)
    supplier_run = models.ForeignKey(
        SupplierRun, on_delete=models.PROTECT, related_name="purchase_orders", db_constraint=False
    )
    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="purchase_orders", db_index=False
    )
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="purchase_orders")
    delivery_date = models.DateField()
    net_sek = models.DecimalField(max_digits=14, decimal_places=2)
    minimum_met = models.BooleanField(default=True)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.NONE, db_default=Answer.NONE)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answer_reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier_run", "authority"], name="purchase_order_once"),
            models.UniqueConstraint(fields=["id", "supplier", "authority"], name="purchase_order_whole"),
            models.CheckConstraint(
                name="answer_with_its_time",
                condition=Q(answer="none", answered_at=None)
                | (~Q(answer="none") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["supplier", "delivery_date"], name="purchase_orders_by_day")]

    def __str__(self) -> str:
        return self.number


class PurchaseOrderLine(models.Model):
    """Call-offs of the same offer, price and promise, added up. Append-only."""

    purchase_order = models.ForeignKey(PurchaseOrder, on_delete=models.PROTECT, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="+", db_index=False)
    offer_id = models.BigIntegerField()
    agreement_lot_id = models.BigIntegerField()
    agreement_price_id = models.BigIntegerField()
    vat_class_id = models.BigIntegerField()
    promise_key = models.CharField(max_length=32)
    promise = models.JSONField()
    packs = models.IntegerField()
    base_quantity = models.DecimalField(max_digits=14, decimal_places=3)
    kg = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    price_sek = models.DecimalField(max_digits=12, decimal_places=4)
    price_per = models.CharField(max_length=4)
    net_sek = models.DecimalField(max_digits=14, decimal_places=2)
    delivery_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "purchase_order"], name="purchase_order_line_of_its_order")
        ]

    def __str__(self) -> str:
        return f"{self.packs} × {self.pack}"


class PurchaseOrderLink(models.Model):
    """Ties a kitchen's call-off to the purchase-order line that it became part of. Append-only."""

    call_off = models.OneToOneField(CallOff, on_delete=models.PROTECT, related_name="link")
    purchase_order_line = models.ForeignKey(PurchaseOrderLine, on_delete=models.PROTECT, related_name="links")
    delivery_date = models.DateField()

    def __str__(self) -> str:
        return f"{self.call_off_id} → {self.purchase_order_line_id}"
