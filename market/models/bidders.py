"""Those who bid for an agreement, how and when each was told of the award, and who handles the bids until then."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models.agreements import Agreement


class Bidder(models.Model):
    """One who bid, also where it is no supplier here. Told by a letter of the house, or by hand and written down."""

    class Channel(models.TextChoices):
        EMAIL = "email", "e-post"
        POST = "post", "brev med posten"
        BY_HAND = "by_hand", "överlämnat"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="bidders")
    name = models.CharField(max_length=120)
    email = models.CharField(max_length=254, blank=True, default="")
    won = models.BooleanField(default=False)
    channel = models.CharField(max_length=8, choices=Channel, blank=True, default="")
    told_on = models.DateField(null=True)
    told_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "name"], name="bidder_once"),
            models.CheckConstraint(
                name="bidder_told_whole",
                condition=Q(channel="", told_on=None, told_by=None)
                | (~Q(channel="") & Q(told_on__isnull=False, told_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} – {self.name}"


class BidHandler(models.Model):
    """Who is assigned to handle an award: she sees who bid, and how many, before it is decided (19 kap. 3 § OSL)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="bid_handlers")
    handler = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "handler"], name="assigned_once")]

    def __str__(self) -> str:
        return f"{self.agreement} – {self.handler}"
