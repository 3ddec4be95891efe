"""What a kitchen weighed of its goods after they came: served, wasted, and what lay in stock."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, TruncMonth

from config.ground.models import User
from kitchens.models import Kitchen
from market.models import Authority, Product


class Weighing(models.Model):
    """kg by product as bought: served or wasted on some days of one month, or in stock when a day was over.

    A stock count is whole: goods without a line were not there, and a count without lines is an empty store. Told again
    for the same days a weighing takes the old one's place, which is kept with the time until which it was believed.
    """

    class Kind(models.TextChoices):
        SERVED = "served", "serverat"
        WASTED = "wasted", "svinn"
        STOCK = "stock", "lager"

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="weighings")
    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="weighings")
    kind = models.CharField(max_length=6, choices=Kind)
    first_day = models.DateField()
    last_day = models.DateField()
    note = models.CharField(max_length=200, blank=True, default="")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kitchen", "kind", "first_day", "last_day"],
                name="weighing_once",
                condition=Q(retired_at=None),
            ),
            models.CheckConstraint(
                name="weighed_within_a_month",
                condition=Q(last_day__gte=F("first_day"))
                & Q(first_day__gte=TruncMonth("last_day", output_field=models.DateField())),
            ),
            models.CheckConstraint(
                name="stock_is_of_a_day", condition=~Q(kind="stock") | Q(first_day=F("last_day"))
            ),
            models.CheckConstraint(
                name="weighing_retired_after_recorded",
                condition=Q(retired_at=None) | Q(retired_at__gte=F("recorded_at")),
            ),
        ]
        indexes = [models.Index(fields=["authority", "kind", "last_day"], name="weighings_by_authority")]

    def __str__(self) -> str:
        return f"{self.kitchen} {self.kind} {self.first_day}–{self.last_day}"


class WeighingLine(models.Model):
    weighing = models.ForeignKey(Weighing, on_delete=models.PROTECT, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    kg = models.DecimalField(max_digits=12, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["weighing", "product"], name="weighed_once"),
            models.CheckConstraint(name="weighed_from_zero", condition=Q(kg__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.kg}"
