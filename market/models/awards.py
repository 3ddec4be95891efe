"""What a direct award rests on: the value of its need as it was assessed, and its documentation."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models.agreements import Agreement
from market.models.products import NeedCategory


class ValueAssessment(models.Model):
    """The three figures of 5 kap. 11 § LOU as they stood when the award was signed, and the officer's choice among them.

    Never changed afterwards: what was known at the value time (5:5) stays what the award rests on.
    """

    class Basis(models.TextChoices):
        BACK_12 = "back_12", "tolv månader bakåt"
        FINANCIAL_YEAR = "financial_year", "förra räkenskapsåret"
        AHEAD_12 = "ahead_12", "tolv månader framåt"
        OWN = "own", "egen uppskattning"

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="assessment")
    need_category = models.ForeignKey(NeedCategory, on_delete=models.PROTECT, related_name="assessments")
    valued_on = models.DateField()
    back_12_sek = models.DecimalField(max_digits=16, decimal_places=2)
    financial_year_sek = models.DecimalField(max_digits=16, decimal_places=2)
    ahead_12_sek = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    months_covered = models.SmallIntegerField(help_text="of the 24 before, those with purchases imported")
    unmapped_sek = models.DecimalField(
        max_digits=16, decimal_places=2, help_text="imported purchases of these months that lie in no need"
    )
    basis = models.CharField(max_length=16, choices=Basis)
    own_sek = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    value_sek = models.DecimalField(max_digits=16, decimal_places=2)
    reason = models.TextField(blank=True, default="")
    looked_split = models.BooleanField(default=False)
    covered_by = models.TextField(blank=True, default="", help_text="agreements that already had the goods")
    covered_reason = models.TextField(blank=True, default="")
    limit_sek = models.DecimalField(max_digits=16, decimal_places=2)
    paragraph = models.CharField(max_length=80)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assessed_below_its_limit", condition=Q(value_sek__lt=models.F("limit_sek"))
            ),
            models.CheckConstraint(
                name="own_figure_has_its_reason",
                condition=~Q(basis="own") | (Q(own_sek__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_category} {self.valued_on}: {self.value_sek}"


class AwardDocumentation(models.Model):
    """The documentation of a direct award (19 a kap. 11 § LOU) with UHM's least content; open until it is closed.

    Authority, winner, value and time stand in the agreement. It stays writable when it is late, and says so.
    """

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="documentation")
    due_on = models.DateField()
    paragraph = models.CharField(max_length=80)
    object_text = models.TextField(blank=True, default="")
    competition = models.TextField(blank=True, default="", help_text="how competition was used")
    asked = models.TextField(blank=True, default="", help_text="who was asked")
    bids = models.SmallIntegerField(null=True, help_text="how many bid")
    main_reason = models.TextField(blank=True, default="", help_text="why this supplier")
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documentation_closed_whole",
                condition=Q(closed_on=None, closed_by=None)
                | (
                    Q(closed_on__isnull=False, closed_by__isnull=False, bids__isnull=False)
                    & ~Q(object_text="")
                    & ~Q(competition="")
                    & ~Q(asked="")
                    & ~Q(main_reason="")
                ),
            ),
            models.CheckConstraint(
                name="documented_bids_not_negative", condition=Q(bids=None) | Q(bids__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.due_on}"
