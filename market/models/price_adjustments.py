"""Why a price of an agreement changed: its ground, clause and arithmetic. The price itself is a dated row."""

from django.db import models
from django.db.models import Q

from config.ground.models import User
from market.models.agreements import AgreementPrice


class PriceAdjustment(models.Model):
    """What an adjusted price rests on. Never changed: what was adjusted wrongly is adjusted anew from a later day."""

    class Ground(models.TextChoices):
        INDEX = "index", "index enligt avtalet"
        CLAUSE = "clause", "annan klausul i avtalet"
        AGREED = "agreed", "skriftlig överenskommelse"

    price = models.OneToOneField(AgreementPrice, on_delete=models.PROTECT, related_name="adjustment")
    ground = models.CharField(max_length=6, choices=Ground)
    clause = models.CharField(max_length=200, help_text="the clause, or the document in which both agreed")
    index_name = models.CharField(max_length=120, blank=True, default="")
    index_before = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    index_now = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    agreed_on = models.DateField(null=True)
    reason = models.TextField(blank=True, default="")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="adjustment_has_a_clause", condition=~Q(clause="")),
            models.CheckConstraint(
                name="index_adjustment_has_its_figures",
                condition=~Q(ground="index") | Q(index_before__gt=0, index_now__gt=0),
            ),
            models.CheckConstraint(
                name="agreed_adjustment_has_its_day",
                condition=~Q(ground="agreed") | Q(agreed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.price} {self.ground}"
