"""Why an officer used words in a requirement that the house warned about."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models.law import Regime
from market.models.parties import Authority


class CriteriaReason(models.Model):
    """The text as it was read, what was found in it that day with its paragraph, and the officer's reason. Never changed."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="criteria_reasons")
    text = models.TextField()
    use = models.CharField(max_length=20)
    regime = models.CharField(max_length=12, choices=Regime)
    found = models.JSONField(help_text="words, matter and paragraph of each finding")
    reason = models.TextField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(name="criteria_reason_is_said", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.authority}: {self.text[:40]}"
