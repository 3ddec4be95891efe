"""When and where: closures, a farm's terms at a hub, delivery runs and a farm's cut-off in one."""

from django.db import models
from django.db.models import Q

from market.models.parties import Hub
from suppliers.models import Supplier


class HubClosure(models.Model):
    """A day on which a hub is closed though its calendar has it open."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="closures")
    day = models.DateField()
    reason = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "day"], name="hub_closure_once")]

    def __str__(self) -> str:
        return f"{self.hub} {self.day}"


class SupplierHubTerms(models.Model):
    """A farm's own terms at a hub: which of its days, how long before, from what value."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="hub_terms")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="supplier_terms")
    weekdays = models.CharField(max_length=7)
    lead_working_days = models.SmallIntegerField(default=2)
    cut_off_time = models.TimeField()
    minimum_order_sek = models.DecimalField(max_digits=10, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "hub"], name="hub_terms_once"),
            models.CheckConstraint(name="terms_weekdays", condition=Q(weekdays__regex="^[1-7]+$")),
            models.CheckConstraint(
                name="terms_not_negative", condition=Q(lead_working_days__gte=0, minimum_order_sek__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} – {self.hub}"


class SupplierPause(models.Model):
    """Days (both included) on which a farm delivers nowhere."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="pauses")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pause_ends_after_it_begins", condition=Q(last_day__gte=models.F("first_day"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.first_day}–{self.last_day}"


class DeliveryRun(models.Model):
    """A hub on a delivery date."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="runs")
    delivery_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hub", "delivery_date"], name="delivery_run_once"),
            models.UniqueConstraint(fields=["id", "delivery_date"], name="delivery_run_with_its_date"),
        ]

    def __str__(self) -> str:
        return f"{self.hub} {self.delivery_date}"


class SupplierRun(models.Model):
    """A farm in a delivery run: until when it takes orders, and whether they are closed.

    Placing locks this row in share mode, closing exclusively.
    """

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    delivery_run = models.ForeignKey(DeliveryRun, on_delete=models.PROTECT, related_name="supplier_runs")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="runs")
    delivery_date = models.DateField()
    cut_off = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN, db_default=State.OPEN)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery_run", "supplier"], name="supplier_run_once"),
            models.UniqueConstraint(fields=["id", "supplier", "delivery_date"], name="supplier_run_whole"),
            models.CheckConstraint(
                name="closed_run_has_its_time",
                condition=Q(state="open", closed_at=None) | Q(state="closed", closed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["cut_off"], name="supplier_runs_due", condition=Q(state="open")),
            models.Index(fields=["supplier", "delivery_date"], name="supplier_runs_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.delivery_date}"
