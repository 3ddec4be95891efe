"""Who sells: suppliers, their people, their certificates and permits."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from config.ground.coordinate_fields import on_earth
from config.ground.models import StoredFile, User
from config.ground.sorting import swedish_key
from suppliers.rules.certificates import CertificateKind


class ProductGroup(models.Model):
    """A group of goods that certificates cover and food law speaks of: eggs, vegetables, beef …"""

    code = models.CharField(max_length=40, unique=True)
    name_sv = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    permits = ArrayField(
        models.CharField(max_length=20), default=list, help_text="permits without which it can't be sold"
    )

    def __str__(self) -> str:
        return self.name_sv


class Supplier(models.Model):
    """A business that sells. A sole trader's number is a personal number: it has its own column, left out of
    the trail, and is never a key, in a URL, a log or an export.
    """

    class LegalForm(models.TextChoices):
        COMPANY = "company", "Aktiebolag"
        PARTNERSHIP = "partnership", "Handelsbolag"
        COOPERATIVE = "cooperative", "Ekonomisk förening"
        SOLE_TRADER = "sole_trader", "Enskild firma"

    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=160, editable=False)
    legal_form = models.CharField(max_length=12, choices=LegalForm)
    org_number = models.CharField(max_length=10, null=True, unique=True)
    personal_number = models.CharField(max_length=12, null=True)
    email = models.CharField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    address = models.CharField(max_length=200, blank=True, default="")
    place = models.CharField(max_length=80, blank=True, default="")
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, help_text="degrees, WGS84")
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    language = models.CharField(max_length=2, default="sv", choices=[("sv", "Svenska"), ("en", "English")])
    is_bankrupt = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sole_trader_has_no_org_number",
                condition=models.Q(legal_form="sole_trader", org_number=None, personal_number__isnull=False)
                | (
                    ~models.Q(legal_form="sole_trader")
                    & models.Q(org_number__isnull=False, personal_number=None)
                ),
            ),
            models.CheckConstraint(name="supplier_lies_on_earth", condition=on_earth()),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: object) -> None:
        self.sort_key = swedish_key(self.name)
        super().save(**kwargs)  # type: ignore[arg-type]

    @property
    def public_number(self) -> str:
        return public_number(self.org_number)


def public_number(org_number: str | None) -> str:
    """An organisation number as others may see it; without one a sole trader, whose personal number is never shown."""
    return _("enskild firma") if org_number is None else f"{org_number[:6]}-{org_number[6:]}"


class FarmMember(models.Model):
    """A person who acts for a supplier."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="farms")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="members")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "supplier"], name="farm_member_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.supplier}"


class Certificate(models.Model):
    """A label (its expiry removes the mark) or a permit (its expiry blocks the goods that need it)."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in CertificateKind])
    number = models.CharField(max_length=60)
    issuer = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    product_groups = models.ManyToManyField(
        ProductGroup, through="CertificateScope", related_name="certificates"
    )
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "kind", "number", "valid_from"], name="certificate_once"
            ),
            models.CheckConstraint(
                name="certificate_ends_after_it_begins",
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class CertificateScope(models.Model):
    """A product group that a certificate covers."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="scopes")
    product_group = models.ForeignKey(ProductGroup, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["certificate", "product_group"], name="scope_once")]

    def __str__(self) -> str:
        return f"{self.certificate} – {self.product_group}"
