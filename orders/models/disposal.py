"""Disposal (gallring): how long an authority keeps what, by which decision, and what was disposed of.

Nothing else of the house is deleted for its age. A rule is dated: a new decision begins where the old one ends.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models import Authority
from market.models.dated import Dated, DatedQuerySet, ends_after_it_begins, one_at_a_time


class RetentionRule(Dated):
    """``months`` that a kind is kept, by a decision of the authority (arkivlagen 1990:782 10 §)."""

    class Kind(models.TextChoices):
        TRAIL_IMAGES = "trail_images", "ändringsloggens tidigare lägen"
        REFUSED_LINES = "refused_lines", "rader som fick avslag"

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="retention_rules")
    kind = models.CharField(max_length=20, choices=Kind)
    months = models.SmallIntegerField()
    decision = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("one_retention_rule_at_a_time", "authority", "kind"),
            ends_after_it_begins("retention_rule_dates"),
            models.CheckConstraint(name="kept_a_year_at_least", condition=Q(months__gte=12)),
            models.CheckConstraint(name="retention_rests_on_a_decision", condition=~Q(decision="")),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.kind}: {self.months}"


class Disposal(models.Model):
    """What one run disposed of by one rule: everything of the kind from before ``before``. Append-only."""

    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="disposals")
    before = models.DateTimeField()
    rows = models.IntegerField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(name="disposed_of_something", condition=Q(rows__gt=0))]

    def __str__(self) -> str:
        return f"{self.rule} {self.before}: {self.rows}"
