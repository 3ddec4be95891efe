"""Climate factors: foods, sets with version and source, one factor a food and set."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class ClimateFood(models.Model):
    key = models.CharField(max_length=60, unique=True)
    name_sv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    category = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name_sv


class FactorSet(models.Model):
    """A set of factors that go together; a tally has exactly one."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    version = models.CharField(max_length=40)
    source = models.TextField()
    licence = models.CharField(max_length=200)
    boundary = models.TextField(blank=True, default="")
    valid_from = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    is_active = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_active"], name="one_active_set", condition=Q(is_active=True)),
        ]

    def __str__(self) -> str:
        return self.code


class ClimateFactor(models.Model):
    """kg CO2e per kg of a food in a set; zero is a value, a missing row is not."""

    factor_set = models.ForeignKey(FactorSet, on_delete=models.PROTECT, related_name="factors")
    food = models.ForeignKey(ClimateFood, on_delete=models.PROTECT, related_name="factors")
    kg_co2e_per_kg = models.DecimalField(max_digits=12, decimal_places=6)
    low = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    grade = models.CharField(max_length=2)
    basis = models.CharField(max_length=200)
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["factor_set", "food"], name="factor_once")]

    def __str__(self) -> str:
        return f"{self.factor_set} {self.food}"
