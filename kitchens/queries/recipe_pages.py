"""Recipes for a person: the list with figures, one recipe with its lines, what a typed name may mean."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Max

from config.ground.refusals import NotFound
from config.ground.sorting import in_swedish
from kitchens.models import Recipe, RecipeLine, RecipeVersion
from kitchens.queries.recipes import VersionsRead, known_goods, product_of, read_versions
from kitchens.rules.menus import DishFigures, dish_figures
from market.models import Authority, ClimateFood, Product

DRAFT = 0  # no row's id

_AGREED = """
SELECT DISTINCT ON (price.product_id) price.product_id,
       CASE WHEN price.per = 'kg' THEN price.price_sek
            ELSE price.price_sek / (pack.base_per_pack * product.kg_per_base) END,
       offer.origin_country
FROM market_agreementprice price
JOIN market_product product ON product.id = price.product_id
JOIN market_pack pack ON pack.id = price.pack_id
JOIN market_agreementlot lot ON lot.id = price.agreement_lot_id
JOIN market_agreement agreement ON agreement.id = lot.agreement_id
JOIN market_agreementauthority named ON named.agreement_id = agreement.id AND named.authority_id = %(authority)s
JOIN market_lotparty party ON party.agreement_lot_id = lot.id AND party.supplier_id = price.supplier_id
LEFT JOIN LATERAL (
  SELECT o.origin_country FROM market_offer o JOIN market_stockpool pool ON pool.id = o.pool_id
  WHERE o.supplier_id = price.supplier_id AND o.product_id = price.product_id AND o.withdrawn_at IS NULL
  ORDER BY (pool.valid_from <= %(day)s AND pool.valid_to >= %(day)s) DESC, o.id DESC LIMIT 1
) offer ON true
WHERE price.product_id = ANY(%(products)s)
  AND price.valid_from <= %(day)s AND (price.valid_to IS NULL OR price.valid_to >= %(day)s)
  AND agreement.valid_from <= %(day)s AND agreement.valid_to >= %(day)s
  AND (price.per = 'kg' OR product.kg_per_base IS NOT NULL)
ORDER BY price.product_id, CASE lot.allotment WHEN 'lowest_price' THEN 0 ELSE party.rank END, 2
"""


def agreed(authority_id: int, product_ids: Collection[int], *, on: date) -> Mapping[int, tuple[Decimal, str]]:
    """SEK per kg excl. VAT and promised country by product: of the farm that is asked first, its cheapest pack."""
    with connection.cursor() as cursor:
        cursor.execute(_AGREED, {"authority": authority_id, "products": list(product_ids), "day": on})
        return {pk: (price, country or "") for pk, price, country in cursor.fetchall()}


def priced_figures(authority_id: int, version_ids: Collection[int], *, on: date) -> Mapping[int, DishFigures]:
    """kg CO2e, SEK and promised origin of a portion of each version; six statements."""
    return _priced(authority_id, read_versions(version_ids), version_ids, on=on)


def _priced(
    authority_id: int, read: VersionsRead, version_ids: Collection[int], *, on: date
) -> Mapping[int, DishFigures]:
    products = {
        pk
        for lines in read.lines.values()
        for line in lines
        if line.part_id is None
        and (pk := product_of(f"product:{line.product_id}" if line.product_id else ""))
    }
    terms = agreed(authority_id, products, on=on)
    _set, known = known_goods(
        read,
        on=on,
        prices={pk: price for pk, (price, _country) in terms.items()},
        countries={pk: country for pk, (_price, country) in terms.items() if country},
    )
    return {pk: dish_figures(weights, known) for pk, weights in read.weights_of(version_ids).items()}


def draft_figures(
    authority_id: int, lines: Sequence[RecipeLine], *, portions: Decimal, on: date
) -> DishFigures | None:
    """A portion's figures of lines that are not saved. None where there is nothing to count, or a part of another authority."""
    parts = {line.part_id for line in lines if line.part_id is not None}
    if portions <= 0 or not lines:
        return None
    if RecipeVersion.objects.filter(pk__in=parts, authority=authority_id).count() < len(parts):
        return None
    foods = ClimateFood.objects.in_bulk({line.food_id for line in lines if line.food_id})
    for line in lines:
        line.food = foods.get(line.food_id or 0)
    read = read_versions(parts)
    draft = RecipeVersion(pk=DRAFT, authority_id=authority_id, portions=portions)
    return _priced(authority_id, read.with_draft(draft, lines), [DRAFT], on=on)[DRAFT]


@dataclass(frozen=True, slots=True)
class Known:
    """What a typed name may mean: ids by case-folded name; of a recipe its newest version."""

    products: Mapping[str, int]
    foods: Mapping[str, int]
    recipes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RecipeRow:
    """``figures`` None: nobody entered weights; then only what was published is told."""

    recipe: Recipe
    version: RecipeVersion
    figures: DishFigures | None


def recipe_rows(authority: Authority, *, on: date, sought: str = "") -> list[RecipeRow]:
    """The newest version of each recipe, in Swedish order."""
    rows = (
        Recipe.objects.filter(authority=authority, hidden_at=None)
        .annotate(newest=Max("versions__pk"))
        .order_by("sort_key")
    )
    if sought:
        rows = rows.filter(name__icontains=sought)
    recipes = [row for row in rows if row.newest]
    versions = RecipeVersion.objects.in_bulk([row.newest for row in recipes])
    weighed = set(RecipeLine.objects.filter(version__in=versions).values_list("version", flat=True))
    figures = priced_figures(authority.pk, weighed, on=on)
    return [RecipeRow(row, versions[row.newest], figures.get(row.newest)) for row in recipes]


def recipe_for(authority: Authority, pk: int) -> RecipeVersion:
    """The recipe's newest version. Raises NotFound, also for another authority's."""
    version = (
        RecipeVersion.objects.select_related("recipe")
        .filter(recipe=pk, authority=authority)
        .order_by("-number")
        .first()
    )
    if version is None:
        raise NotFound
    return version


def known_names(authority: Authority) -> Known:
    """Products, foods and recipes by case-folded name; three statements."""
    newest = (
        RecipeVersion.objects.filter(authority=authority, recipe__hidden_at=None)
        .values_list("recipe__name")
        .annotate(newest=Max("pk"))
    )
    return Known(
        products={name.casefold(): pk for pk, name in Product.objects.values_list("pk", "name_sv")},
        foods={name.casefold(): pk for pk, name in ClimateFood.objects.values_list("pk", "name_sv")},
        recipes={name.casefold(): pk for name, pk in newest},
    )


def suggested_names(authority: Authority) -> Sequence[str]:
    """What the box suggests, in Swedish order: products, the authority's recipes, foods."""
    products = list(Product.objects.order_by("sort_key").values_list("name_sv", flat=True))
    recipes = list(
        Recipe.objects.filter(authority=authority, hidden_at=None)
        .order_by("sort_key")
        .values_list("name", flat=True)
    )
    foods = list(ClimateFood.objects.order_by(in_swedish("name_sv")).values_list("name_sv", flat=True))
    return list(dict.fromkeys([*products, *recipes, *foods]))
