"""What catch weight brought over a ceiling, and what the officer decided about it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models.agreements import AgreementLot


class OvershootAssessment(models.Model):
    """Opened by the delivery that went over; the same one grows until an officer has decided.

    ``over_sek`` and ``over_kg`` are the most that lay over the ceilings while it was open.
    """

    class Way(models.TextChoices):
        RAISED = "raised"
        STAND = "stand"
        NEW_AGREEMENT = "new_agreement"

    agreement_lot = models.ForeignKey(AgreementLot, on_delete=models.PROTECT, related_name="overshoots")
    opened_at = models.DateTimeField(db_default=Now())
    over_sek = models.DecimalField(max_digits=14, decimal_places=2)
    over_kg = models.DecimalField(max_digits=14, decimal_places=3)
    ceiling_sek = models.DecimalField(max_digits=14, decimal_places=2)
    ceiling_kg = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    way = models.CharField(max_length=13, choices=Way, blank=True, default="", db_default="")
    paragraph = models.CharField(max_length=160, blank=True, default="", db_default="")
    reason = models.TextField(blank=True, default="", db_default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement_lot"], condition=Q(decided_at=None), name="one_open_overshoot_a_lot"
            ),
            models.CheckConstraint(name="overshoot_is_over", condition=Q(over_sek__gt=0) | Q(over_kg__gt=0)),
            models.CheckConstraint(
                name="overshoot_decided_whole",
                condition=Q(way="", decided_at=None, decided_by=None)
                | (~Q(way="") & ~Q(reason="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_lot}: {self.over_sek}"
