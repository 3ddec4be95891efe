"""What was handed out of a case on request, and what was withheld of it on which ground.

Who asked is not kept: an authority may not ask (2 kap. 18 § TF).
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models import Agreement, Authority
from orders.models.ordering import Order
from orders.rules.secrecy import Ground, Secret
from suppliers.models import Supplier


class CaseExport(models.Model):
    """One handing out of a case's rows. ``sha256`` is that of the file, which is not kept. Append-only."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="case_exports")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="exports")
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="exports")
    rows = models.IntegerField()
    rows_masked = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="export_of_one_case",
                condition=Q(agreement__isnull=False, order=None) | Q(agreement=None, order__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.agreement or self.order}"


class CaseMask(models.Model):
    """A decision to withhold one kind of secret, of one supplier or of all, with its ground and reason. Append-only."""

    export = models.ForeignKey(CaseExport, on_delete=models.PROTECT, related_name="masks")
    secret = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Secret])
    supplier = models.ForeignKey(
        Supplier, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ground = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Ground])
    paragraph = models.CharField(max_length=160)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["export", "secret", "supplier"], name="masked_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="mask_has_its_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.export}: {self.secret} ({self.paragraph})"
