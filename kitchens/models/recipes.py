"""Recipes in versions that never change: what was cooked can be reckoned again in five years."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config.ground.models import User
from config.ground.sorting import swedish_key
from market.models import Authority, ClimateFood, Product


class Recipe(models.Model):
    """A dish of an authority's kitchens, by name. What goes into it stands in its versions.

    ``hidden_at``: taken out of lists when the import that made it was undone. Its versions stay, as all versions do.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="recipes")
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=160, editable=False)
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="recipe_name_once"),
            models.UniqueConstraint(fields=["id", "authority"], name="recipe_with_its_authority"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: object) -> None:
        self.sort_key = swedish_key(self.name)
        super().save(**kwargs)  # type: ignore[arg-type]


class RecipeVersion(models.Model):
    """What ``portions`` portions take. ``portion_kg`` is a portion as served, for weighed pans.

    ``published_co2e_kg`` is what somebody else published of the dish, with ``published_source``: never our own figure.
    """

    recipe = models.ForeignKey(Recipe, on_delete=models.PROTECT, related_name="versions", db_constraint=False)
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    number = models.IntegerField()
    portions = models.DecimalField(max_digits=8, decimal_places=2)
    portion_kg = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    note = models.TextField(blank=True, default="", db_default="")
    published_co2e_kg = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    published_source = models.CharField(max_length=200, blank=True, default="", db_default="")
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipe", "number"], name="recipe_version_once"),
            models.UniqueConstraint(fields=["id", "authority"], name="recipe_version_with_its_authority"),
            models.CheckConstraint(name="recipe_makes_portions", condition=Q(portions__gt=0)),
            models.CheckConstraint(
                name="a_served_portion_weighs_something", condition=Q(portion_kg=None) | Q(portion_kg__gt=0)
            ),
            models.CheckConstraint(
                name="a_published_figure_has_its_source",
                condition=Q(published_co2e_kg=None) | ~Q(published_source=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipe} v{self.number}"


class RecipeLine(models.Model):
    """Goods by weight (a product, a food of the factor sets, or only a name), or portions of an older version.

    A version can only take in one that was there before it, so no loop can be written.
    """

    class WeightAs(models.TextChoices):
        PURCHASED = "purchased", "som inköpt"
        EDIBLE = "edible", "rensad"
        COOKED = "cooked", "tillagad"

    version = models.ForeignKey(
        RecipeVersion, on_delete=models.PROTECT, related_name="lines", db_constraint=False
    )
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    position = models.IntegerField()
    name = models.CharField(max_length=120)
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    food = models.ForeignKey(ClimateFood, null=True, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(
        RecipeVersion, null=True, on_delete=models.PROTECT, related_name="used_in", db_constraint=False
    )
    kg = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    part_portions = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    weight_as = models.CharField(max_length=9, choices=WeightAs, default=WeightAs.PURCHASED)
    edible_share = models.DecimalField(max_digits=6, decimal_places=4, default=1, db_default=1)
    cooked_per_raw = models.DecimalField(max_digits=7, decimal_places=4, default=1, db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="recipe_line_once"),
            models.CheckConstraint(
                name="a_recipe_line_is_goods_or_a_recipe",
                condition=Q(part=None, part_portions=None, kg__isnull=False, kg__gt=0)
                | Q(
                    part__isnull=False,
                    part_portions__isnull=False,
                    part_portions__gt=0,
                    kg=None,
                    product=None,
                    food=None,
                ),
            ),
            models.CheckConstraint(
                name="a_recipe_takes_in_older_ones_only", condition=Q(part=None) | Q(part__lt=F("version"))
            ),
            models.CheckConstraint(
                name="goods_are_a_product_or_a_food", condition=Q(product=None) | Q(food=None)
            ),
            models.CheckConstraint(
                name="edible_share_and_yield_can_be",
                condition=Q(edible_share__gt=0, edible_share__lte=1, cooked_per_raw__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.name}"
