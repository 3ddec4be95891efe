"""Questions to the party that is in turn, where posted availability is no answer."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models.agreements import AgreementLot
from market.models.parties import Authority
from market.models.products import Product
from suppliers.models import Supplier


class PartyQuestion(models.Model):
    """Whether a farm can bring so much (base units) of a product for a day, asked by an authority's kitchen."""

    class Said(models.TextChoices):
        NOTHING = "", "inget svar"
        YES = "yes", "ja"
        NO = "no", "nej"

    agreement_lot = models.ForeignKey(
        AgreementLot, on_delete=models.PROTECT, related_name="questions", db_index=False
    )
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", db_index=False)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="questions")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    delivery_date = models.DateField()
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    asked_at = models.DateTimeField(db_default=Now())
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    answer_by = models.DateTimeField()
    said = models.CharField(max_length=3, choices=Said, blank=True, default="", db_default="")
    said_at = models.DateTimeField(null=True)
    said_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement_lot", "authority", "supplier", "product", "delivery_date"],
                name="asked_once",
            ),
            models.CheckConstraint(name="answer_after_question", condition=Q(answer_by__gt=F("asked_at"))),
            models.CheckConstraint(
                name="said_with_its_time",
                condition=Q(said="", said_at=None) | (~Q(said="") & Q(said_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.product} {self.delivery_date}"
