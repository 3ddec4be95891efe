"""Who eats: kitchens, their people, and the basket that outlives every cut-off."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config.ground.coordinate_fields import on_earth
from config.ground.models import User
from config.ground.sorting import swedish_key
from market.models import Authority, Hub, Product


class Kitchen(models.Model):
    """A kitchen of an authority. It is served from one hub."""

    class Kind(models.TextChoices):
        PRODUCTION = "production", "tillagningskök"
        RECEIVING = "receiving", "mottagningskök"
        SERVING = "serving", "serveringskök"
        CENTRAL = "central", "centralkök"

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="kitchens")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="kitchens")
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=160, editable=False)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PRODUCTION)
    pupils = models.IntegerField(null=True)
    address = models.CharField(max_length=200, blank=True, default="")
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, help_text="degrees, WGS84")
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="kitchen_lies_on_earth", condition=on_earth()),
            models.UniqueConstraint(fields=["authority", "name"], name="kitchen_name_once"),
            models.UniqueConstraint(fields=["id", "authority"], name="kitchen_with_its_authority"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: object) -> None:
        self.sort_key = swedish_key(self.name)
        super().save(**kwargs)  # type: ignore[arg-type]


class KitchenMember(models.Model):
    """A person of a kitchen: a manager orders and receives, staff receive and fill the basket."""

    class Role(models.TextChoices):
        MANAGER = "manager", "kökschef"
        STAFF = "staff", "kökspersonal"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="kitchens")
    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="members")
    role = models.CharField(max_length=8, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kitchen"], name="kitchen_member_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.kitchen} ({self.role})"


class Basket(models.Model):
    """What a kitchen wants for a delivery date and has not ordered yet."""

    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="baskets")
    delivery_date = models.DateField()
    version = models.IntegerField(default=1, db_default=1)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kitchen", "delivery_date"], name="basket_once")]

    def __str__(self) -> str:
        return f"{self.kitchen} {self.delivery_date}"


class BasketLine(models.Model):
    """A wanted quantity of a product in its base unit. ``refused`` holds why it could not be ordered, and ways out."""

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    accept_part = models.BooleanField(default=True, db_default=True)
    note = models.CharField(max_length=200, blank=True, default="", db_default="")
    refused = models.JSONField(null=True)
    laid_at = models.DateTimeField(
        db_default=Now(), help_text="up to when the kitchen has seen its price: a later rise is approved anew"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["basket", "product"], name="basket_line_once"),
            models.CheckConstraint(name="basket_quantity_is_positive", condition=Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.quantity}"


class KitchenClosure(models.Model):
    """Days on which a kitchen serves nobody: holidays of the school, in-service days."""

    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="closures")
    first_day = models.DateField()
    last_day = models.DateField()
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closure_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))
            ),
            models.UniqueConstraint(fields=["kitchen", "first_day"], name="closure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kitchen} {self.name}"


class SchoolTerm(models.Model):
    """A term of the school that a kitchen cooks for. Outside its terms it serves nobody."""

    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="terms")
    first_day = models.DateField()
    last_day = models.DateField()
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="term_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))
            ),
            models.UniqueConstraint(fields=["kitchen", "first_day"], name="term_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kitchen} {self.name}"
