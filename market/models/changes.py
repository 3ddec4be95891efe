"""What is changed of a running agreement, and the options that its value held from the start."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models.agreements import Agreement, AgreementLot
from market.models.law import Regime


class AgreementChange(models.Model):
    """A change with what it was judged by. Never altered: a change that was wrong is followed by another."""

    class Ground(models.TextChoices):
        CLAUSE = "clause"
        MINOR = "minor"
        ADDITIONAL = "additional"
        UNFORESEEN = "unforeseen"
        SUPPLIER = "supplier"
        NOT_ESSENTIAL = "not_essential"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="changes")
    agreement_lot = models.ForeignKey(
        AgreementLot,
        null=True,
        on_delete=models.PROTECT,
        related_name="changes",
        help_text="whose ceiling it raised",
    )
    first_day = models.DateField()
    what = models.CharField(max_length=300)
    value_sek = models.DecimalField(max_digits=14, decimal_places=2, help_text="excl. VAT; below zero: less")
    ground = models.CharField(max_length=13, choices=Ground)
    clause = models.CharField(max_length=200)
    regime = models.CharField(max_length=12, choices=Regime)
    paragraph = models.CharField(max_length=160, blank=True)
    original_sek = models.DecimalField(max_digits=14, decimal_places=2)
    sum_sek = models.DecimalField(max_digits=14, decimal_places=2, help_text="what was judged")
    limit_sek = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    reason = models.TextField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="change_has_clause_and_reason", condition=~Q(clause="") & ~Q(reason="")
            ),
            models.CheckConstraint(
                name="a_value_rises_with_a_ceiling",
                condition=Q(value_sek__lte=0) | Q(agreement_lot__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.what} {self.value_sek}"


class AgreementOption(models.Model):
    """An option or extension, counted in the agreement's value from the start (5 kap. 3 § LOU); used, it raises a ceiling."""

    agreement_lot = models.ForeignKey(AgreementLot, on_delete=models.PROTECT, related_name="options")
    what = models.CharField(max_length=160)
    clause = models.CharField(max_length=200)
    value_sek = models.DecimalField(max_digits=14, decimal_places=2)
    last_day = models.DateField(help_text="to be used on this day at the latest")
    extends_to = models.DateField(null=True, help_text="the agreement's last day when it is used")
    used_on = models.DateField(null=True)
    used_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="option_has_a_value", condition=Q(value_sek__gt=0) & ~Q(clause="")),
            models.CheckConstraint(
                name="option_used_by_somebody",
                condition=Q(used_on=None, used_by=None) | Q(used_on__isnull=False, used_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_lot}: {self.what}"
