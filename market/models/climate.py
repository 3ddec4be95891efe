"""Climate factors: foods, sets with version and source, and factors that are never overwritten but followed."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now


class ClimateFood(models.Model):
    """A food that factors are of. Rows of an imported file that match none of ours get a food of their own."""

    key = models.CharField(max_length=120, unique=True)
    name_sv = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    category = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name_sv


class FactorGrade(models.Model):
    """How sure a factor of this grade is taken to be: a geometric standard deviation by the pedigree matrix.

    The scores are a judgement, dated and with its source, not confirmed by anybody yet.
    """

    code = models.CharField(max_length=2, unique=True)
    scores = models.CharField(
        max_length=20, help_text="reliability, completeness, time, geography, technology"
    )
    basic = models.DecimalField(max_digits=6, decimal_places=3)
    gsd = models.DecimalField(max_digits=8, decimal_places=4)
    name_sv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    source = models.TextField()
    checked_on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(name="grade_gsd_from_one", condition=Q(gsd__gte=1))]

    def __str__(self) -> str:
        return self.code


class FactorSet(models.Model):
    """A set of factors that go together; a tally has exactly one.

    ``family`` names the publication whose versions may be set beside each other (AGB31, DSK12-DK); ``diff`` is what
    changed against the set that it was imported beside.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    version = models.CharField(max_length=40)
    family = models.CharField(max_length=40, blank=True, default="", db_default="")
    source = models.TextField()
    licence = models.CharField(max_length=200)
    boundary = models.TextField(blank=True, default="")
    land_use_change = models.CharField(max_length=200, blank=True, default="", db_default="")
    holds_last_leg = models.BooleanField(default=False, db_default=False)
    valid_from = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    file_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    file_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    mapping = models.JSONField(null=True, help_text="how the municipality's own file was read")
    diff = models.JSONField(null=True)
    is_active = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_active"], name="one_active_set", condition=Q(is_active=True)),
        ]

    def __str__(self) -> str:
        return self.code


class FactorQuerySet(models.QuerySet["ClimateFactor"]):
    def standing(self) -> "FactorQuerySet":
        """The versions that hold now: no later one has taken their place."""
        return self.filter(superseded_at=None)


class ClimateFactor(models.Model):
    """kg CO2e per kg of a food in a set; zero is a value, a missing row is not.

    A correction is a new version that points to the old; the old one keeps its figure and gets the time from which it
    was no longer believed, so that what was published by it can be computed again. ``valid_from`` and ``valid_to`` are
    days of the goods, None without bound.
    """

    factor_set = models.ForeignKey(FactorSet, on_delete=models.PROTECT, related_name="factors")
    food = models.ForeignKey(ClimateFood, on_delete=models.PROTECT, related_name="factors")
    kg_co2e_per_kg = models.DecimalField(max_digits=20, decimal_places=12)
    luc_kg_co2e_per_kg = models.DecimalField(max_digits=20, decimal_places=12, null=True)
    low = models.DecimalField(max_digits=20, decimal_places=12, null=True)
    high = models.DecimalField(max_digits=20, decimal_places=12, null=True)
    gsd = models.DecimalField(max_digits=8, decimal_places=4, null=True, help_text="None: that of the grade")
    grade = models.CharField(max_length=2)
    basis = models.CharField(max_length=200)
    note = models.TextField(blank=True, default="")
    version = models.IntegerField(default=1, db_default=1)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())
    superseded_at = models.DateTimeField(null=True)
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    file_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    file_row = models.IntegerField(null=True)

    objects = FactorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["factor_set", "food", "version"], name="factor_version_once"),
            ExclusionConstraint(
                name="one_factor_at_a_time",
                expressions=[
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    ("factor_set", RangeOperators.EQUAL),
                    ("food", RangeOperators.EQUAL),
                ],
                condition=Q(superseded_at=None),
            ),
            models.CheckConstraint(
                name="factor_superseded_after_recorded",
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("recorded_at")),
            ),
            models.CheckConstraint(name="factor_gsd_from_one", condition=Q(gsd=None) | Q(gsd__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.factor_set} {self.food}"
