"""An agreement that was ended before its last day: by whom, from when, on which ground."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models.agreements import Agreement


class Termination(models.Model):
    """Never changed; the agreement's own last day follows it."""

    class Side(models.TextChoices):
        BUYER = "buyer"
        SUPPLIER = "supplier"
        BOTH = "both"

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="termination")
    side = models.CharField(max_length=8, choices=Side)
    last_day = models.DateField()
    clause = models.CharField(max_length=200)
    notice_days = models.PositiveSmallIntegerField(null=True)
    told_on = models.DateField(help_text="when the other party was told")
    paragraph = models.CharField(max_length=160, blank=True)
    reason = models.TextField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="termination_has_clause_and_reason", condition=~Q(clause="") & ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.last_day}"
