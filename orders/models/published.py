"""Figures that were said aloud: climate figures with all that is needed to say them again, and whole reports as told."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models import Authority, FactorSet
from market.rules.climate import Footprint
from orders.models.tallies import Basis


class PublishedTally(models.Model):
    """kg CO2e of an authority's goods in a period on one basis by one factor set, as it was published.

    Append-only. ``recorded_until`` is the time up to which mappings and factors were taken, ``movements_until`` the last
    movement; counted again by the same keys it comes out the same to the last digit (``manage.py verify_tally``). A correction is a new row that points
    to the old. ``low`` and ``high`` bound 19 of 20 cases, None where a factor's uncertainty was not stated.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="published_tallies")
    basis = models.CharField(max_length=10, choices=Basis)
    period_first = models.DateField()
    period_last = models.DateField()
    factor_set = models.ForeignKey(FactorSet, on_delete=models.PROTECT, related_name="+")
    recorded_until = models.DateTimeField()
    movements_until = models.BigIntegerField(help_text="the last movement that was taken")
    lines = models.IntegerField()
    lines_covered = models.IntegerField()
    lines_without_kg = models.IntegerField()
    lines_sha256 = models.CharField(max_length=64)
    co2e_kg = models.DecimalField(max_digits=32, decimal_places=15)
    kg_total = models.DecimalField(max_digits=18, decimal_places=3)
    kg_covered = models.DecimalField(max_digits=18, decimal_places=3)
    net_sek_total = models.DecimalField(max_digits=18, decimal_places=2)
    net_sek_covered = models.DecimalField(max_digits=18, decimal_places=2)
    low = models.DecimalField(max_digits=20, decimal_places=3, null=True)
    high = models.DecimalField(max_digits=20, decimal_places=3, null=True)
    seed = models.IntegerField(
        null=True, help_text="of the draws behind low and high; None: they were not drawn"
    )
    code_version = models.CharField(max_length=60)
    reason = models.CharField(max_length=300, blank=True, default="")
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "published tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "basis", "period_first", "period_last"],
                name="published_once",
                condition=Q(supersedes=None),
            ),
            models.UniqueConstraint(
                fields=["id", "authority", "basis", "period_first", "period_last"],
                name="published_with_its_period",
            ),
            models.CheckConstraint(
                name="published_period_ends_after_it_begins", condition=Q(period_last__gte=F("period_first"))
            ),
            models.CheckConstraint(
                name="published_correction_has_its_reason", condition=Q(supersedes=None) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.basis} {self.period_first}–{self.period_last}"

    @property
    def covered_share_mass(self) -> Decimal | None:
        """As the rule tells it: none where more went back than came."""
        return Footprint(kg_total=self.kg_total, kg_covered=self.kg_covered).covered_share_mass


class PublishedReport(models.Model):
    """A report of a period that is over, as it was told when it was published. Append-only.

    ``question`` is the address's question (``from=2026-01&to=2026-12&basis=delivered&by=supplier``), ``told`` the whole report,
    ``told_sha256`` of its figures alone. When the same question later gives other figures the old version stands, and a
    correction is a new row that points to it with its reason.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="published_reports")
    slug = models.CharField(max_length=40)
    question = models.CharField(max_length=300)
    period_first = models.DateField()
    period_last = models.DateField()
    told = models.JSONField()
    told_sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True, default="")
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "slug", "question"],
                name="published_report_once",
                condition=Q(supersedes=None),
            ),
            models.CheckConstraint(
                name="published_report_period", condition=Q(period_last__gte=F("period_first"))
            ),
            models.CheckConstraint(
                name="report_correction_has_its_reason", condition=Q(supersedes=None) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.slug} {self.question}"
