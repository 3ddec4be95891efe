"""What farms have: a pool of stock for a time, and offers as packs that draw on it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models.dated import one_at_a_time
from market.models.products import Pack, Product
from suppliers.models import Supplier


class StockPool(models.Model):
    """A farm's stock of a product for delivery on the days of a period, in the product's base unit.

    ``reserved`` is a cache of the commitments; the CHECK behind it makes overselling impossible. ``checked_at``
    is when the farm last said that the amount is still right.
    """

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="pools", db_index=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="pools")
    valid_from = models.DateField()
    valid_to = models.DateField()
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    reserved = models.DecimalField(max_digits=14, decimal_places=3, default=0, db_default=0)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_at_a_time("one_pool_at_a_time", "supplier", "product"),
            models.CheckConstraint(name="pool_dates", condition=Q(valid_to__gte=F("valid_from"))),
            models.CheckConstraint(
                name="never_oversold", condition=Q(reserved__gte=0, reserved__lte=F("quantity"))
            ),
            models.UniqueConstraint(fields=["id", "supplier", "product"], name="pool_whole"),
        ]
        indexes = [models.Index(fields=["supplier", "product", "valid_to"], name="pools_of_a_farm")]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.product} {self.valid_from}–{self.valid_to}"


class Offer(models.Model):
    """A pack that a farm offers out of a pool, with what the goods are. Its price is the agreement's;
    ``own_price_sek`` counts only where the agreement leaves the price open, under its cap.
    """

    class Temperature(models.TextChoices):
        AMBIENT = "ambient", "rumstemperatur"
        CHILLED = "chilled", "kyl"
        FROZEN = "frozen", "frys"

    pool = models.ForeignKey(StockPool, on_delete=models.PROTECT, related_name="offers")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="offers")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="offers")
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="offers")
    own_price_sek = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    claims = ArrayField(
        models.CharField(max_length=20), default=list, help_text="labels claimed: organic, krav, msc"
    )
    contains = ArrayField(
        models.CharField(max_length=20), default=list, help_text="allergens that it contains"
    )
    may_contain = ArrayField(models.CharField(max_length=20), default=list)
    origin_country = models.CharField(max_length=2, default="SE")
    origin_place = models.CharField(max_length=80, blank=True, default="")
    slaughtered_in = models.CharField(
        max_length=2,
        blank=True,
        default="",
        db_default="",
        help_text="country; beef must state it (1760/2000)",
    )
    temperature = models.CharField(max_length=8, choices=Temperature, default=Temperature.AMBIENT)
    harvested_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "pack"], name="one_live_offer_a_pack", condition=Q(withdrawn_at=None)
            ),
            models.CheckConstraint(
                name="own_price_is_positive", condition=Q(own_price_sek=None) | Q(own_price_sek__gt=0)
            ),
        ]
        indexes = [
            models.Index(fields=["product", "supplier"], name="offers_live", condition=Q(withdrawn_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.pack}"
