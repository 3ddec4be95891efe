"""The small-lot pot of a procurement (5 kap. 8 § LOU) and what was taken of it."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models.parties import Authority


class SmallLotPot(models.Model):
    """A procurement's whole value and the law's figures of the day it was valued, which stay what it is judged by."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="small_lot_pots")
    title = models.CharField(max_length=160)
    case_number = models.CharField(max_length=60)
    valued_on = models.DateField()
    whole_sek = models.DecimalField(max_digits=16, decimal_places=2)
    amount_sek = models.DecimalField(max_digits=16, decimal_places=2)
    share = models.DecimalField(max_digits=5, decimal_places=4)
    paragraph = models.CharField(max_length=80)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="pot_is_positive", condition=Q(whole_sek__gt=0, amount_sek__gt=0)),
            models.CheckConstraint(name="pot_share", condition=Q(share__gt=0, share__lte=1)),
        ]

    def __str__(self) -> str:
        return self.title


class SmallLot(models.Model):
    """A lot taken of the pot, with the arithmetic of that moment: the pot, what was used before, what was left after."""

    pot = models.ForeignKey(SmallLotPot, on_delete=models.PROTECT, related_name="lots")
    name = models.CharField(max_length=160)
    lot_sek = models.DecimalField(max_digits=16, decimal_places=2)
    pot_sek = models.DecimalField(max_digits=16, decimal_places=2)
    used_before_sek = models.DecimalField(max_digits=16, decimal_places=2)
    left_sek = models.DecimalField(max_digits=16, decimal_places=2)
    reason = models.TextField(help_text="why it is a lot of its own and how it is bought")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pot", "name"], name="small_lot_once"),
            models.CheckConstraint(
                name="small_lot_within_the_pot", condition=Q(lot_sek__gt=0, left_sek__gte=0)
            ),
            models.CheckConstraint(
                name="small_lot_adds_up",
                condition=Q(pot_sek=F("used_before_sek") + F("lot_sek") + F("left_sek")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pot}: {self.name}"
