"""Sustainability criteria as rows: id, version, level, text, proof, validity; and which an agreement took up."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models.agreements import Agreement
from market.models.dated import ends_after_it_begins
from market.models.law import Sourced, confirmed_with_time


class SustainabilityCriterion(Sourced):
    """One version of a criterion as its text stood. A changed text is a new version; the old stays for who took it up.

    ``level`` is that of Upphandlingsmyndigheten. ``code`` is the id that its publisher gave it, or the house's own where
    the source tells none. ``organic_groups`` are the codes of the product groups whose goods must be organic by it; a group
    covers those below it.
    """

    class Level(models.TextChoices):
        BASIC = "basic", "bas"
        ADVANCED = "advanced", "avancerad"
        SPEARHEAD = "spearhead", "spjutspets"

    class Kind(models.TextChoices):
        SPECIFICATION = "specification", "teknisk specifikation"
        AWARD = "award", "tilldelningskriterium"
        CONTRACT_TERM = "contract_term", "särskilt kontraktsvillkor"

    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    level = models.CharField(max_length=10, choices=Level)
    kind = models.CharField(max_length=14, choices=Kind)
    title = models.CharField(max_length=160)
    text = models.TextField(help_text="word for word as it is put into the documents")
    proof = models.TextField(help_text="what shows that it is met")
    organic_groups = ArrayField(
        models.CharField(max_length=40), default=list, db_default=[], help_text="goods that must be organic"
    )

    class Meta:
        verbose_name_plural = "sustainability criteria"
        constraints = [
            models.UniqueConstraint(fields=["code", "version", "level"], name="criterion_version_once"),
            ends_after_it_begins("sustainability_criterion_dates"),
            confirmed_with_time("sustainability_criterion_confirmed_with_time"),
            models.CheckConstraint(
                name="an_award_criterion_demands_nothing",
                condition=~Q(kind="award") | Q(organic_groups=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}:{self.version} ({self.level})"


class AgreementCriterion(models.Model):
    """A criterion that stands in an agreement or award. One that was taken up by mistake is marked so, never deleted."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="criteria")
    criterion = models.ForeignKey(SustainabilityCriterion, on_delete=models.PROTECT, related_name="chosen")
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "agreement criteria"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "criterion"],
                name="criterion_chosen_once",
                condition=Q(removed_at=None),
            ),
            models.CheckConstraint(
                name="criterion_removed_by_somebody",
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.criterion}"
