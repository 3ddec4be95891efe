"""The school's own payback: its board's address, and what it means by it, in versions."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from kitchens.models.kitchens import Kitchen


class PaybackBoard(models.Model):
    """The public screen of a school, at ``/board/<slug>``."""

    kitchen = models.OneToOneField(Kitchen, on_delete=models.PROTECT, related_name="board")
    slug = models.SlugField(max_length=60, unique=True)
    is_public = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.slug


class PaybackDefinition(models.Model):
    """What the saving pays back for, in the school's words; its baseline, frozen year and goal. A change is a new version."""

    class Baseline(models.TextChoices):
        DAILY_STANDARD = "daily_standard", "dagens vanliga rätt, låst före serveringen"

    board = models.ForeignKey(PaybackBoard, on_delete=models.PROTECT, related_name="definitions")
    version = models.IntegerField()
    text = models.TextField()
    baseline = models.CharField(max_length=20, choices=Baseline, default=Baseline.DAILY_STANDARD)
    formula_version = models.IntegerField()
    goal_kg = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    frozen_year = models.IntegerField(null=True)
    frozen_kg_per_portion = models.DecimalField(max_digits=8, decimal_places=4, null=True)
    valid_from = models.DateField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "version"], name="payback_definition_once"),
            models.CheckConstraint(
                name="a_frozen_year_has_its_figure",
                condition=Q(frozen_year=None, frozen_kg_per_portion=None)
                | Q(frozen_year__isnull=False, frozen_kg_per_portion__gt=0),
            ),
            models.CheckConstraint(
                name="a_goal_is_above_nothing", condition=Q(goal_kg=None) | Q(goal_kg__gt=0)
            ),
            models.CheckConstraint(name="a_payback_has_words", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.board} v{self.version}"
