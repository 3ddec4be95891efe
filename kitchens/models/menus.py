"""What a kitchen serves on a day. From the lock on, before service, neither dishes nor figures change."""

from django.db import models
from django.db.models import F, Q

from config.ground.models import User
from kitchens.models.kitchens import Kitchen
from kitchens.models.recipes import RecipeVersion
from market.models import Authority, FactorSet


class DishRole(models.TextChoices):
    STANDARD = "standard", "dagens vanliga rätt"
    PAYBACK = "payback", "paybackrätten"


class MenuDay(models.Model):
    """A lunch of a kitchen. ``locked_at`` comes before ``service_at``: a trigger holds what is locked."""

    kitchen = models.ForeignKey(
        Kitchen, on_delete=models.PROTECT, related_name="menu_days", db_constraint=False
    )
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    day = models.DateField()
    service_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kitchen", "day"], name="menu_day_once"),
            models.UniqueConstraint(fields=["id", "authority"], name="menu_day_with_its_authority"),
            models.CheckConstraint(
                name="locked_before_service", condition=Q(locked_at=None) | Q(locked_at__lt=F("service_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kitchen} {self.day}"


class MenuDish(models.Model):
    """A dish of the day by recipe version. The lock writes what a portion came to, in which set, and how much is covered."""

    menu_day = models.ForeignKey(
        MenuDay, on_delete=models.PROTECT, related_name="dishes", db_constraint=False
    )
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    role = models.CharField(max_length=8, choices=DishRole)
    recipe_version = models.ForeignKey(
        RecipeVersion, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    portions = models.IntegerField()
    co2e_kg = models.DecimalField(max_digits=16, decimal_places=9, null=True)
    covered_share = models.DecimalField(max_digits=10, decimal_places=9, null=True)
    factor_set = models.ForeignKey(FactorSet, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["menu_day", "role"], name="menu_dish_once"),
            models.CheckConstraint(name="a_dish_is_cooked_for_somebody", condition=Q(portions__gte=0)),
            models.CheckConstraint(
                name="locked_figures_go_together",
                condition=Q(co2e_kg=None, covered_share=None, factor_set=None)
                | Q(co2e_kg__isnull=False, covered_share__isnull=False, factor_set__isnull=False),
            ),
            models.CheckConstraint(name="menu_dish_role", condition=Q(role__in=["standard", "payback"])),
        ]

    def __str__(self) -> str:
        return f"{self.menu_day} {self.recipe_version}"
