"""What was counted and weighed: portions by method, guests, taps, surplus, waste. No pupil, class or device."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config.ground.models import User
from kitchens.models.kitchens import Kitchen
from kitchens.models.menus import DishRole, MenuDay


class DayTold(models.Model):
    """What the kitchen tells of a day. ``guests`` had the choice: special diets are outside them and outside counts.

    ``sent_…`` of the cooked portions went to other kitchens: they are eaten, counted and answered for there. ``sent_to``
    got them; None where it is not told, or where they went to several.
    """

    menu_day = models.OneToOneField(MenuDay, on_delete=models.PROTECT, related_name="told")
    guests = models.IntegerField(null=True)
    special_diets = models.IntegerField(null=True)
    cooked_standard = models.IntegerField(null=True)
    cooked_payback = models.IntegerField(null=True)
    sent_standard = models.IntegerField(null=True)
    sent_payback = models.IntegerField(null=True)
    sent_to = models.ForeignKey(Kitchen, null=True, on_delete=models.PROTECT, related_name="+")
    real_choice = models.BooleanField(default=True, db_default=True)
    no_choice_reason = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="told_figures_are_counts",
                condition=(Q(guests=None) | Q(guests__gte=0))
                & (Q(special_diets=None) | Q(special_diets__gte=0))
                & (Q(cooked_standard=None) | Q(cooked_standard__gte=0))
                & (Q(cooked_payback=None) | Q(cooked_payback__gte=0)),
            ),
            models.CheckConstraint(
                name="sent_portions_were_cooked",
                condition=(
                    Q(sent_standard=None) | Q(sent_standard__gte=0, cooked_standard__gte=F("sent_standard"))
                )
                & (Q(sent_payback=None) | Q(sent_payback__gte=0, cooked_payback__gte=F("sent_payback"))),
            ),
            models.CheckConstraint(
                name="who_got_portions_got_some",
                condition=Q(sent_to=None)
                | Q(sent_standard__isnull=False, sent_standard__gt=0)
                | Q(sent_payback__isnull=False, sent_payback__gt=0),
            ),
            models.CheckConstraint(
                name="no_choice_has_a_reason", condition=Q(real_choice=True) | ~Q(no_choice_reason="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.menu_day)


class DishCount(models.Model):
    """Portions taken of a dish by one method; of weighed pans the weights too. Taps get here once, as the day's sum."""

    class Method(models.TextChoices):
        PANS = "pans", "vägda kantiner"
        PORTIONS = "portions", "kökets portioner"
        TAPS = "taps", "tryck på plattan"

    menu_day = models.ForeignKey(
        MenuDay, on_delete=models.PROTECT, related_name="counts", db_constraint=False
    )
    role = models.CharField(max_length=8, choices=DishRole)
    method = models.CharField(max_length=8, choices=Method)
    portions = models.IntegerField()
    out_kg = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    back_kg = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    portion_kg = models.DecimalField(max_digits=6, decimal_places=4, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["menu_day", "method", "role"], name="dish_count_once"),
            models.CheckConstraint(name="portions_are_a_count", condition=Q(portions__gte=0)),
            models.CheckConstraint(
                name="pans_have_weights",
                condition=Q(method="pans", back_kg__gte=0, out_kg__gte=F("back_kg"), portion_kg__gt=0)
                | Q(~Q(method="pans"), out_kg=None, back_kg=None, portion_kg=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.menu_day} {self.role} {self.portions}"


class Tap(models.Model):
    """One choice at the tap page, under its quarter-hour and a key made for this tap alone. Gone after the day's sum."""

    menu_day = models.ForeignKey(MenuDay, on_delete=models.PROTECT, related_name="taps", db_constraint=False)
    role = models.CharField(max_length=8, choices=DishRole)
    quarter = models.DateTimeField()
    key = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return f"{self.menu_day} {self.role}"


class TapMeter(models.Model):
    """How many taps a day may take now; its row is what concurrent tablets queue for."""

    menu_day = models.OneToOneField(MenuDay, on_delete=models.PROTECT, related_name="meter")
    tokens = models.DecimalField(max_digits=7, decimal_places=3)
    filled_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.menu_day)


class TapLink(models.Model):
    """The day's signed link to the tap page. A new one, or none, and the old link counts no more."""

    menu_day = models.OneToOneField(MenuDay, on_delete=models.PROTECT, related_name="tap_link")
    nonce = models.CharField(max_length=32)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.menu_day)


class SurplusMeasurement(models.Model):
    """What a kitchen measured that it cooks too much, over weekdays in a row. It holds for days after ``last_day``."""

    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="surplus")
    first_day = models.DateField()
    last_day = models.DateField()
    days = models.IntegerField()
    cooked_kg = models.DecimalField(max_digits=10, decimal_places=3)
    left_kg = models.DecimalField(max_digits=10, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kitchen", "last_day"], name="surplus_once"),
            models.CheckConstraint(
                name="surplus_can_be",
                condition=Q(
                    last_day__gte=F("first_day"), days__gte=5, left_kg__gte=0, cooked_kg__gt=F("left_kg")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kitchen} {self.first_day}–{self.last_day}"


class WasteDay(models.Model):
    """A lunch's waste in kg. ``total_kg`` is a sum that somebody wrote, kept as it was and never believed."""

    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="waste_days")
    day = models.DateField()
    guests = models.IntegerField()
    kitchen_kg = models.DecimalField(max_digits=9, decimal_places=3)
    serving_kg = models.DecimalField(max_digits=9, decimal_places=3)
    plate_kg = models.DecimalField(max_digits=9, decimal_places=3)
    total_kg = models.DecimalField(max_digits=9, decimal_places=3, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kitchen", "day"], name="waste_day_once"),
            models.CheckConstraint(
                name="waste_is_no_less_than_nothing",
                condition=Q(guests__gt=0, kitchen_kg__gte=0, serving_kg__gte=0, plate_kg__gte=0)
                & (Q(total_kg=None) | Q(total_kg__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kitchen} {self.day}"
