"""What a kitchen wants by habit or ahead: standing lists to order from, and forecasts, which bind nobody."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config.ground.sorting import swedish_key
from kitchens.models.kitchens import Kitchen
from market.models import Product


class StandingList(models.Model):
    """A named list of lines that a kitchen orders again and again: "Måndagar", "Soppa och bröd"."""

    kitchen = models.ForeignKey(
        Kitchen, on_delete=models.PROTECT, related_name="standing_lists", db_index=False
    )
    name = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=80, editable=False)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kitchen", "name"], name="standing_list_name_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: object) -> None:
        self.sort_key = swedish_key(self.name)
        super().save(**kwargs)  # type: ignore[arg-type]


class StandingListLine(models.Model):
    """A line of a standing list, in the product's base unit."""

    standing_list = models.ForeignKey(
        StandingList, on_delete=models.CASCADE, related_name="lines", db_index=False
    )
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    accept_part = models.BooleanField(default=True, db_default=True)
    note = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standing_list", "product"], name="standing_line_once"),
            models.CheckConstraint(name="standing_quantity_is_positive", condition=Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.quantity}"


class Forecast(models.Model):
    """What a kitchen believes that it will want in a week. Not binding: no agreement, price or stock knows of it."""

    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="forecasts", db_index=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="forecasts")
    week = models.DateField(help_text="its Monday")
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kitchen", "week", "product"], name="forecast_once"),
            models.CheckConstraint(name="forecast_is_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="forecast_week_is_a_monday", condition=Q(week__week_day=2)),
        ]
        indexes = [models.Index(F("week"), F("product"), name="forecasts_of_a_week")]

    def __str__(self) -> str:
        return f"{self.kitchen} {self.week}: {self.product} {self.quantity}"
