"""What truly happened to promised goods: movements, and the papers that booked them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from kitchens.models import Kitchen
from market.models import Hub, Product
from orders.models.ordering import CallOff
from orders.models.purchasing import PurchaseOrder, PurchaseOrderLine
from orders.rules.movements import MovementKind
from suppliers.models import Supplier


class GoodsLot(models.Model):
    """A lot of goods (parti) as it was handed over: where from, which mark, until when it keeps."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="goods_lots")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    origin_country = models.CharField(max_length=2)
    origin_place = models.CharField(max_length=80, blank=True, default="")
    marks = ArrayField(models.CharField(max_length=20), default=list)
    best_before = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "product", "number"], name="goods_lot_once")
        ]

    def __str__(self) -> str:
        return self.number


class Movement(models.Model):
    """A booked quantity of one call-off. Append-only: what was wrong is booked back with a negative row.

    ``source`` is the key of what booked it; the same source can't book the same kind on a call-off twice.
    """

    call_off = models.ForeignKey(CallOff, on_delete=models.PROTECT, related_name="movements", db_index=False)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in MovementKind])
    packs = models.DecimalField(max_digits=12, decimal_places=3)
    kg = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    net_sek = models.DecimalField(max_digits=14, decimal_places=2)
    vat_rate = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    goods_lot = models.ForeignKey(GoodsLot, null=True, on_delete=models.PROTECT, related_name="movements")
    delivery_date = models.DateField()
    at = models.DateTimeField(db_default=Now())
    source = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call_off", "kind", "source"], name="movement_once"),
            models.CheckConstraint(
                name="a_document_is_never_rubbed_out",
                condition=~Q(kind__in=["invoiced", "credited"]) | Q(packs__gte=0, net_sek__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.packs}"


class CallOffQuantity(models.Model):
    """The sums of a call-off's movements, cached for people to see; ``prove_balances`` compares them nightly."""

    call_off = models.OneToOneField(CallOff, on_delete=models.PROTECT, related_name="quantity")
    confirmed = models.DecimalField(max_digits=12, decimal_places=3, db_default=0, default=0)
    declined = models.DecimalField(max_digits=12, decimal_places=3, db_default=0, default=0)
    handed_over = models.DecimalField(max_digits=12, decimal_places=3, db_default=0, default=0)
    delivered = models.DecimalField(max_digits=12, decimal_places=3, db_default=0, default=0)
    delivered_kg = models.DecimalField(max_digits=14, decimal_places=3, db_default=0, default=0)
    delivered_sek = models.DecimalField(max_digits=14, decimal_places=2, db_default=0, default=0)
    rejected = models.DecimalField(max_digits=12, decimal_places=3, db_default=0, default=0)
    returned = models.DecimalField(max_digits=12, decimal_places=3, db_default=0, default=0)

    def __str__(self) -> str:
        return f"{self.call_off_id}"


class HandOver(models.Model):
    """A farm's goods taken over at a hub, for one purchase order."""

    purchase_order = models.OneToOneField(PurchaseOrder, on_delete=models.PROTECT, related_name="hand_over")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="hand_overs")
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    note = models.CharField(max_length=300, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.purchase_order}"


class HandOverLine(models.Model):
    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="lines")
    purchase_order_line = models.OneToOneField(
        PurchaseOrderLine, on_delete=models.PROTECT, related_name="hand_over"
    )
    packs = models.IntegerField()
    kg = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    temperature_c = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    goods_lot = models.ForeignKey(GoodsLot, null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.CheckConstraint(name="hand_over_not_negative", condition=Q(packs__gte=0))]

    def __str__(self) -> str:
        return f"{self.packs} × {self.purchase_order_line}"


class Receipt(models.Model):
    """A kitchen's receipt of a delivery day's goods, in one go or several."""

    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="receipts")
    delivery_date = models.DateField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    note = models.CharField(max_length=300, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.kitchen} {self.delivery_date}"


class ReceiptLine(models.Model):
    """What came of one call-off, what was turned away and why, and how warm it was."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="lines")
    call_off = models.OneToOneField(CallOff, on_delete=models.PROTECT, related_name="receipt_line")
    delivered = models.IntegerField()
    rejected = models.IntegerField(default=0)
    kg = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    temperature_c = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="receipt_not_negative", condition=Q(delivered__gte=0, rejected__gte=0)
            ),
            models.CheckConstraint(name="rejection_has_its_reason", condition=Q(rejected=0) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.delivered} × {self.call_off}"


class GoodsReturn(models.Model):
    """Goods sent back after receipt."""

    call_off = models.ForeignKey(CallOff, on_delete=models.PROTECT, related_name="returns")
    packs = models.IntegerField()
    reason = models.CharField(max_length=300)
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="return_of_something", condition=Q(packs__gt=0) & ~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.packs} × {self.call_off}"
