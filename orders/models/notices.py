"""What a farm tells of its orders outside the purchase order's page."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from kitchens.models import Kitchen
from orders.models.purchasing import PurchaseOrder
from suppliers.models import Supplier


class LinkUse(models.Model):
    """The link in a purchase order's letter was used: it answers once."""

    purchase_order = models.OneToOneField(PurchaseOrder, on_delete=models.PROTECT, related_name="link_use")
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.purchase_order_id} {self.used_at}"


class FarmNotice(models.Model):
    """A farm can't bring more in a period; one row a kitchen that has something ordered of it then.

    ``ordered_too``: the farm does not expect to bring what is ordered either. Its answer to the purchase order counts;
    this is a warning ahead of it.
    """

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="notices")
    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="farm_notices")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=300)
    ordered_too = models.BooleanField()
    told_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="notice_dates", condition=Q(last_day__gte=F("first_day"))),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id} → {self.kitchen_id}: {self.first_day}"
