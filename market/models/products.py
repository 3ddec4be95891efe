"""What is for sale: products, their packs, and their dated mappings to the lists that others keep."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from config.ground.sorting import swedish_key
from market.models.climate import ClimateFood
from market.models.dated import Dated, DatedQuerySet, ends_after_it_begins, one_at_a_time
from market.models.parties import Authority
from market.rules.search_words import search_text
from suppliers.models import ProductGroup


class ProductCategory(models.Model):
    """A heading of the catalogue and the reports: potatoes and roots, dairy, beef …"""

    code = models.CharField(max_length=40, unique=True)
    name_sv = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    class Meta:
        verbose_name_plural = "product categories"

    def __str__(self) -> str:
        return self.name_sv


class Product(models.Model):
    """A kind of goods, the same whoever grows it. Stock and needs are counted in its base unit."""

    class Unit(models.TextChoices):
        KG = "kg", "kg"
        PIECE = "piece", "st"
        LITRE = "litre", "liter"

    name_sv = models.CharField(max_length=120, unique=True)
    name_en = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=160, editable=False)
    synonyms = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    search_words = models.TextField(editable=False, default="", db_default="")
    season_months = ArrayField(
        models.SmallIntegerField(),
        default=list,
        db_default=[],
        blank=True,
        help_text="months of the Swedish season, 1–12; empty for goods without one",
    )
    category = models.ForeignKey(ProductCategory, on_delete=models.PROTECT, related_name="products")
    base_unit = models.CharField(max_length=5, choices=Unit)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text="the product that these goods are; nothing new is made of this one",
    )
    kg_per_base = models.DecimalField(
        max_digits=9,
        decimal_places=4,
        null=True,
        help_text="weight of a piece or density of a litre; 1 for kg",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_kg_weighs_a_kg",
                condition=~Q(base_unit="kg") | Q(kg_per_base=1, kg_per_base__isnull=False),
            ),
            models.CheckConstraint(
                name="weight_is_positive", condition=Q(kg_per_base=None) | Q(kg_per_base__gt=0)
            ),
            models.CheckConstraint(
                name="season_is_of_months",
                condition=Q(season_months__contained_by=list(range(1, 13))),
            ),
        ]
        indexes = [GinIndex(fields=["search_words"], name="products_by_words", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.name_sv

    def save(self, **kwargs: object) -> None:
        self.name_again()
        super().save(**kwargs)  # type: ignore[arg-type]

    def name_again(self) -> "Product":
        """What follows from the names: the sort key and the words that a search compares."""
        self.sort_key = swedish_key(self.name_sv)
        self.search_words = search_text([self.name_sv, self.name_en, *self.synonyms])
        return self


class Pack(models.Model):
    """A way in which a product is packed: 5 kg bag, crate of 12, piece of about 1.2 kg (catch weight)."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="packs")
    name_sv = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    base_per_pack = models.DecimalField(max_digits=9, decimal_places=3)
    is_catch_weight = models.BooleanField(default=False)
    upper_tolerance = models.DecimalField(max_digits=4, decimal_places=3, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "name_sv"], name="pack_name_once"),
            models.UniqueConstraint(fields=["id", "product"], name="pack_with_its_product"),
            models.CheckConstraint(name="pack_holds_something", condition=Q(base_per_pack__gt=0)),
            models.CheckConstraint(
                name="tolerance_for_catch_weight_only",
                condition=Q(is_catch_weight=True, upper_tolerance__gte=0) | Q(upper_tolerance=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.name_sv}"


class VatClass(models.Model):
    code = models.CharField(max_length=20, unique=True)
    name_sv = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    class Meta:
        verbose_name_plural = "VAT classes"

    def __str__(self) -> str:
        return self.code


class NeedCategory(models.Model):
    """What an authority counts as one need (5 kap. 11 § LOU). The officer owns its granularity."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="need_categories")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    reason = models.TextField(blank=True, default="", help_text="why the need is cut just so")

    class Meta:
        verbose_name_plural = "need categories"
        constraints = [
            models.UniqueConstraint(fields=["authority", "code"], name="need_code_once"),
            models.UniqueConstraint(fields=["id", "authority"], name="need_with_its_authority"),
        ]

    def __str__(self) -> str:
        return self.name


class Mapping(Dated):
    """A dated answer to: where does this product belong in that list?"""

    reason = models.CharField(max_length=200, blank=True, default="")
    mapped_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    mapped_at = models.DateTimeField(db_default=Now())

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


class GroupMapping(Mapping):
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="group_mappings")
    product_group = models.ForeignKey(ProductGroup, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            one_at_a_time("one_group_at_a_time", "product"),
            ends_after_it_begins("group_mapping_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.product} → {self.product_group}"


class CpvMapping(Mapping):
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="cpv_mappings")
    cpv = models.CharField(max_length=10)

    class Meta:
        constraints = [
            one_at_a_time("one_cpv_at_a_time", "product"),
            ends_after_it_begins("cpv_mapping_dates"),
            models.CheckConstraint(name="cpv_form", condition=Q(cpv__regex=r"^[0-9]{8}(-[0-9])?$")),
        ]

    def __str__(self) -> str:
        return f"{self.product} → {self.cpv}"


class VatMapping(Mapping):
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="vat_mappings")
    vat_class = models.ForeignKey(VatClass, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            one_at_a_time("one_vat_class_at_a_time", "product"),
            ends_after_it_begins("vat_mapping_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.product} → {self.vat_class}"


class FoodMappingQuerySet(DatedQuerySet["FoodMapping"]):
    def standing(self) -> "FoodMappingQuerySet":
        """Mappings that nobody has taken back."""
        return self.filter(retired_at=None)


class FoodMapping(Mapping):
    """Which food a product counts as. One that was wrong is retired and stays, for what was published by it."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="food_mappings")
    food = models.ForeignKey(ClimateFood, on_delete=models.PROTECT)
    retired_at = models.DateTimeField(null=True)

    objects = FoodMappingQuerySet.as_manager()  # type: ignore[misc]  # more than what all mappings have

    class Meta:
        constraints = [
            one_at_a_time("one_food_at_a_time", "product", condition=Q(retired_at=None)),
            ends_after_it_begins("food_mapping_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.product} → {self.food}"


class NeedMapping(Mapping):
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="need_mappings")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    need_category = models.ForeignKey(NeedCategory, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            one_at_a_time("one_need_at_a_time", "product", "authority"),
            ends_after_it_begins("need_mapping_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.product} → {self.need_category}"
