"""What kitchens ordered: an order, its lines, and the call-offs that the agreements made of them."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Now

from config.ground.models import User
from kitchens.models import Kitchen
from market.models import (
    Agreement,
    AgreementLot,
    AgreementPrice,
    Authority,
    Offer,
    Pack,
    Product,
    StockPool,
    SupplierRun,
    VatClass,
)
from suppliers.models import Supplier


class Order(models.Model):
    """A kitchen's binding order for a delivery date."""

    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="orders", db_index=False)
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="orders", db_index=False, db_constraint=False
    )
    delivery_date = models.DateField()
    version = models.IntegerField(default=1, db_default=1)
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    arrived_at = models.DateTimeField(help_text="when it reached the door: this decides what was in time")
    placed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["id", "kitchen", "authority", "delivery_date"], name="order_whole"
            ),
        ]
        indexes = [
            models.Index(fields=["kitchen", "delivery_date"], name="orders_by_day"),
            models.Index(fields=["authority", "delivery_date"], name="orders_by_authority"),
        ]

    def __str__(self) -> str:
        return f"{self.kitchen} {self.delivery_date} #{self.pk}"


class OrderLineQuerySet(models.QuerySet["OrderLine"]):
    def standing(self) -> "OrderLineQuerySet":
        """What is ordered now. A changed line is a new one: it stands where its goods first stood in the order."""
        of_its_goods = OrderLine.objects.filter(order=OuterRef("order"), product=OuterRef("product"))
        first = Subquery(of_its_goods.order_by("position").values("position")[:1])
        return self.filter(removed_at=None).order_by(first)


class OrderLine(models.Model):
    """A wanted quantity of a product, in its base unit. ``delivery_date`` goes along so that lines can be parted by it."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    position = models.SmallIntegerField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    accept_part = models.BooleanField(default=True, db_default=True)
    note = models.CharField(max_length=200, blank=True, default="", db_default="")
    delivery_date = models.DateField()
    removed_at = models.DateTimeField(null=True)

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "order"], name="line_with_its_order"),
            models.UniqueConstraint(
                fields=["order", "product"], name="product_once_an_order", condition=Q(removed_at=None)
            ),
            models.CheckConstraint(name="line_quantity_is_positive", condition=Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.position}: {self.product}"


class CallOff(models.Model):
    """A call-off (avrop): what a line became under one agreement lot with one supplier.

    From the cut-off it is a frozen promise. Its links can't contradict each other: composite foreign keys hold
    authority, kitchen, date, lot, party, run, pool and pack together (see the migration).
    """

    class State(models.TextChoices):
        PLACED = "placed"
        REPLACED = "replaced"
        CANCELLED = "cancelled"

    order_line = models.ForeignKey(
        OrderLine, on_delete=models.PROTECT, related_name="call_offs", db_constraint=False
    )
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="call_offs", db_constraint=False, db_index=False
    )
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    kitchen = models.ForeignKey(
        Kitchen, on_delete=models.PROTECT, related_name="call_offs", db_constraint=False, db_index=False
    )
    delivery_date = models.DateField()
    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="call_offs", db_constraint=False, db_index=False
    )
    supplier_run = models.ForeignKey(
        SupplierRun, on_delete=models.PROTECT, related_name="call_offs", db_constraint=False, db_index=False
    )
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    agreement_lot = models.ForeignKey(
        AgreementLot, on_delete=models.PROTECT, related_name="call_offs", db_constraint=False, db_index=False
    )
    agreement_price = models.ForeignKey(
        AgreementPrice, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+", db_index=False)
    pool = models.ForeignKey(
        StockPool, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    pack = models.ForeignKey(
        Pack, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    vat_class = models.ForeignKey(VatClass, on_delete=models.PROTECT, related_name="+", db_index=False)
    packs = models.IntegerField()
    base_quantity = models.DecimalField(max_digits=14, decimal_places=3)
    kg = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    price_sek = models.DecimalField(max_digits=12, decimal_places=4)
    price_per = models.CharField(max_length=4, choices=AgreementPrice.Per)
    net_sek = models.DecimalField(max_digits=14, decimal_places=2)
    promise = models.JSONField(help_text="pack, origin, marks, allergens, legal basis, food: as promised")
    promise_key = models.CharField(
        max_length=32, help_text="digest of the promise; equal promises share a line"
    )
    finding = models.JSONField(help_text="rule-set version, inputs and verdicts of its judgement")
    state = models.CharField(max_length=9, choices=State, default=State.PLACED, db_default=State.PLACED)
    placed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="call_off_of_whole_packs", condition=Q(packs__gt=0)),
            models.CheckConstraint(name="call_off_has_a_price", condition=Q(price_sek__gt=0, net_sek__gte=0)),
        ]
        indexes = [
            models.Index(fields=["supplier_run"], name="call_offs_to_close", condition=Q(state="placed")),
            models.Index(fields=["kitchen", "delivery_date"], name="call_offs_by_day"),
            models.Index(
                fields=["agreement_lot", "delivery_date", "id"], include=["state"], name="call_offs_of_a_lot"
            ),
            models.Index(fields=["authority", "delivery_date", "id"], name="call_offs_by_authority"),
            models.Index(
                fields=["authority", "supplier", "delivery_date", "id"], name="call_offs_of_a_supplier"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.packs} × {self.pack} ({self.supplier})"


class RefusedLine(models.Model):
    """A line that was asked for and refused, with its finding: the officer's and the kitchen's record."""

    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="refused_lines")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    delivery_date = models.DateField()
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    missing = models.DecimalField(max_digits=12, decimal_places=3)
    finding = models.JSONField()
    refused_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="missing_within_wanted", condition=Q(missing__lte=F("quantity"), missing__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.missing}"
