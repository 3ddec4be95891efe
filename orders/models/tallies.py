"""Tallies: kg and SEK by key, fed by keys that changed. The climate factor is joined when they are read."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kitchens.models import Kitchen
from market.models import AgreementLot, Authority, ClimateFood, Product
from suppliers.models import Supplier


class Basis(models.TextChoices):
    """Which of the views a figure is of. Views are never added."""

    ORDERED = "ordered", "beställt"
    DELIVERED = "delivered", "levererat"
    SERVED = "served", "serverat"
    WASTED = "wasted", "svinn"


WEIGHED_BASES = frozenset([Basis.SERVED, Basis.WASTED])  # what a kitchen weighs; the other two are call-offs


class Tally(models.Model):
    """kg and SEK (excl. VAT) of a day, kitchen, supplier, product, lot, marks and origin, on one basis.

    The origin is as promised; of what is delivered it is that of the goods lot which came, where one was told.
    Of what was ordered it also counts how its lines came: answered by the farm, received by the kitchen, arrived on a known
    day, and of those on time; received in full; turned away in part or whole. On other bases these are 0.
    """

    day = models.DateField()
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", db_index=False)
    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="+", db_index=False)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    agreement_lot = models.ForeignKey(
        AgreementLot, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    marks = models.CharField(max_length=80, blank=True, default="")
    origin_country = models.CharField(
        max_length=2, blank=True, default="", db_default="", help_text="empty: not known"
    )
    origin_place = models.CharField(max_length=80, blank=True, default="", db_default="")
    passed_over = models.CharField(
        max_length=24,
        blank=True,
        default="",
        db_default="",
        help_text="the rule by which a farm or an agreement that was earlier in turn was passed over; empty: none was",
    )
    basis = models.CharField(max_length=10, choices=Basis)
    kg = models.DecimalField(max_digits=16, decimal_places=3, help_text="of the lines whose weight is known")
    net_sek = models.DecimalField(max_digits=16, decimal_places=2)
    net_sek_without_kg = models.DecimalField(max_digits=16, decimal_places=2, default=0, db_default=0)
    lines = models.IntegerField()
    lines_without_kg = models.IntegerField(default=0, db_default=0)
    answered = models.IntegerField(default=0, db_default=0)
    received = models.IntegerField(default=0, db_default=0)
    arrived = models.IntegerField(default=0, db_default=0)
    on_time = models.IntegerField(default=0, db_default=0)
    in_full = models.IntegerField(default=0, db_default=0)
    rejected = models.IntegerField(default=0, db_default=0)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("kitchen", "day", "basis", "supplier", "product", "agreement_lot"),
                    *("marks", "origin_country", "origin_place", "passed_over"),
                ],
                name="tally_once",
            ),
        ]
        indexes = [models.Index(fields=["authority", "basis", "day"], name="tallies_by_authority")]

    def __str__(self) -> str:
        return f"{self.day} {self.kitchen} {self.basis}"


class TallyMonth(models.Model):
    """Tallies of all an authority's kitchens in a delivery month: what they sum to by the other keys. ``day`` is its first."""

    day = models.DateField(help_text="the first of the month")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", db_index=False)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    agreement_lot = models.ForeignKey(
        AgreementLot, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    marks = models.CharField(max_length=80, blank=True, default="")
    origin_country = models.CharField(max_length=2, blank=True, default="")
    origin_place = models.CharField(max_length=80, blank=True, default="")
    passed_over = models.CharField(max_length=24, blank=True, default="")
    basis = models.CharField(max_length=10, choices=Basis)
    kg = models.DecimalField(max_digits=18, decimal_places=3)
    net_sek = models.DecimalField(max_digits=18, decimal_places=2)
    net_sek_without_kg = models.DecimalField(max_digits=18, decimal_places=2)
    lines = models.IntegerField()
    lines_without_kg = models.IntegerField()
    answered = models.IntegerField(default=0, db_default=0)
    received = models.IntegerField(default=0, db_default=0)
    arrived = models.IntegerField(default=0, db_default=0)
    on_time = models.IntegerField(default=0, db_default=0)
    in_full = models.IntegerField(default=0, db_default=0)
    rejected = models.IntegerField(default=0, db_default=0)

    class Meta:
        verbose_name_plural = "month tallies"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("authority", "basis", "day", "supplier", "product", "agreement_lot"),
                    *("marks", "origin_country", "origin_place", "passed_over"),
                ],
                name="month_tally_once",
            ),
            models.CheckConstraint(name="month_tally_is_a_first", condition=Q(day__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m} {self.authority} {self.basis}"


class TallyPrice(models.Model):
    """What an authority's days of a delivery month paid a kg, price by price: their middle and their ends can be told from it.

    Of each day's tally the part whose weight is known, where that weighs and costs something; ``days`` is how many tallies
    came to the very price ``per_kg``. ``day`` is the month's first.
    """

    day = models.DateField(help_text="the first of the month")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", db_index=False)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    agreement_lot = models.ForeignKey(
        AgreementLot, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    marks = models.CharField(max_length=80, blank=True, default="")
    passed_over = models.CharField(max_length=24, blank=True, default="")
    basis = models.CharField(max_length=10, choices=Basis)
    per_kg = models.DecimalField(max_digits=36, decimal_places=16, help_text="SEK excl. VAT")
    days = models.IntegerField()
    kg = models.DecimalField(max_digits=18, decimal_places=3)
    net_sek = models.DecimalField(max_digits=18, decimal_places=2)
    lines = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("authority", "basis", "day", "product", "supplier", "agreement_lot"),
                    *("marks", "passed_over", "per_kg"),
                ],
                name="price_tally_once",
            ),
            models.CheckConstraint(name="price_tally_is_a_first", condition=Q(day__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m} {self.product} {self.per_kg}"


class TallyDirty(models.Model):
    """A day of a kitchen whose tallies must be made anew."""

    day = models.DateField()
    kitchen = models.ForeignKey(
        Kitchen, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    marked_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.day} {self.kitchen_id}"


class ExternalTally(models.Model):
    """External purchases at their own grain: period, buyer, category and food, in the file's currency.

    A line without a weight, or bought and weighing 0, is one without kg: its amount stands in ``amount_without_kg`` too.
    """

    purchase_import = models.ForeignKey("PurchaseImport", on_delete=models.PROTECT, related_name="tallies")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()
    buyer = models.CharField(max_length=200)
    category = models.CharField(max_length=200)
    food = models.ForeignKey(ClimateFood, null=True, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    kg = models.DecimalField(max_digits=18, decimal_places=4)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    amount_without_kg = models.DecimalField(max_digits=18, decimal_places=2, default=0, db_default=0)
    lines = models.IntegerField()
    lines_without_kg = models.IntegerField()
    lines_without_amount = models.IntegerField()

    class Meta:
        verbose_name_plural = "external tallies"

    def __str__(self) -> str:
        return f"{self.period_start} {self.buyer} {self.category}"
