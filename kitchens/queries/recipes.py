"""Recipes as the rules reckon with them: the book of versions, and what is known of the goods in it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from django.db import connection
from django.db.models import F

from kitchens.models import RecipeLine, RecipeVersion
from kitchens.rules.menus import (
    DishFigures,
    Goods,
    Ingredient,
    Part,
    Recipe,
    WeightAs,
    Weights,
    dish_figures,
    portion_weights,
)
from market.models import FactorSet, FoodMapping
from market.queries.factors import factors_of
from market.queries.names import name_column

_REACHED = """
WITH RECURSIVE reached(id) AS (
  SELECT unnest(%s::bigint[])
  UNION
  SELECT line.part_id FROM kitchens_recipeline line JOIN reached ON line.version_id = reached.id
  WHERE line.part_id IS NOT NULL
)
SELECT id FROM reached
"""


_BOOK = """
WITH RECURSIVE reached(id) AS (
  SELECT unnest(%s::bigint[])
  UNION
  SELECT line.part_id FROM kitchens_recipeline line JOIN reached ON line.version_id = reached.id
  WHERE line.part_id IS NOT NULL
)
SELECT version.id, version.portions, line.part_id, line.part_portions, line.product_id, line.food_id, line.name, line.kg,
       line.weight_as, line.edible_share, line.cooked_per_raw
FROM kitchens_recipeversion version
LEFT JOIN kitchens_recipeline line ON line.version_id = version.id
WHERE version.id IN (SELECT id FROM reached)
ORDER BY version.id, line.position
"""


def goods_key(line: RecipeLine) -> str:
    """One key for the same goods in all recipes; goods that are only a name are known by it."""
    return _key(line.product_id, line.food_id, line.name)


def _key(product_id: int | None, food_id: int | None, name: str) -> str:
    if product_id:
        return f"product:{product_id}"
    return f"food:{food_id}" if food_id else f"name:{name.casefold()}"


def product_of(key: str) -> int | None:
    kind, _, pk = key.partition(":")
    return int(pk) if kind == "product" else None


@dataclass(frozen=True, slots=True)
class VersionsRead:
    """Recipe versions with all that they take in. ``names`` are the goods' by key."""

    versions: Mapping[int, RecipeVersion]
    lines: Mapping[int, Sequence[RecipeLine]]
    names: Mapping[str, str]

    @property
    def book(self) -> dict[str, Recipe]:
        """By version: ``str(pk)``."""
        return {
            str(pk): _of_rule(str(pk), version, self.lines.get(pk, ()), key_of=lambda line: str(line.part_id))
            for pk, version in self.versions.items()
        }

    def with_draft(self, draft: RecipeVersion, lines: Sequence[RecipeLine]) -> "VersionsRead":
        """One version more that is not saved, of these lines."""
        return VersionsRead({**self.versions, draft.pk: draft}, {**self.lines, draft.pk: lines}, self.names)

    def weights(self, version_id: int) -> Weights:
        return self.weights_of([version_id])[version_id]

    def weights_of(self, version_ids: Iterable[int]) -> Mapping[int, Weights]:
        """kg to buy for a portion of each, by goods; the book is made once."""
        book = self.book
        return {pk: portion_weights(str(pk), book) for pk in version_ids}


def read_versions(version_ids: Collection[int]) -> VersionsRead:
    """Three statements whatever the number of versions and however deep they nest."""
    if not version_ids:
        return VersionsRead({}, {}, {})
    with connection.cursor() as cursor:
        cursor.execute(_REACHED, [list(version_ids)])
        reached = [row[0] for row in cursor.fetchall()]
    versions = RecipeVersion.objects.select_related("recipe").in_bulk(reached)
    rows = RecipeLine.objects.filter(version__in=reached).select_related("food")
    lines: defaultdict[int, list[RecipeLine]] = defaultdict(list)
    names: dict[str, str] = {}
    for line in rows.annotate(product_name=F(f"product__{name_column()}")).order_by("version", "position"):
        lines[line.version_id].append(line)
        if line.part_id is None:
            names.setdefault(goods_key(line), line.product_name or line.name)
    return VersionsRead(versions, lines, names)


@dataclass(frozen=True, slots=True)
class BookRead:
    """The versions by ``str(pk)`` with all that they take in. ``names`` are by key those of goods that are no product."""

    recipes: Mapping[str, Recipe]
    names: Mapping[str, str]


def read_book(version_ids: Collection[int]) -> BookRead:
    """What the arithmetic needs of recipe versions, in one statement and without their rows: a menu has hundreds."""
    if not version_ids:
        return BookRead({}, {})
    recipes: dict[str, Recipe] = {}
    names: dict[str, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(_BOOK, [list(version_ids)])
        rows = cursor.fetchall()
    for (version_id, portions), lines in groupby(rows, key=itemgetter(0, 1)):
        goods, parts = [], []
        for (
            _id,
            _portions,
            part_id,
            part_portions,
            product_id,
            food_id,
            name,
            kg,
            weight_as,
            *shares,
        ) in lines:
            if part_id is not None:
                parts.append(Part(str(part_id), part_portions))
            elif name is not None:
                key = _key(product_id, food_id, name)
                goods.append(Ingredient(key, kg, WeightAs(weight_as), *shares))
                if not product_id:
                    names.setdefault(key, name)
        key = str(version_id)
        recipes[key] = Recipe(key=key, portions=portions, ingredients=goods, parts=parts)
    return BookRead(recipes, names)


def book_by_name(version_ids: Collection[int]) -> Mapping[str, Recipe]:
    """The versions and what they take in, by the recipes' names, without goods: to look for a way round."""
    read = read_versions(version_ids)
    name = {pk: version.recipe.name for pk, version in read.versions.items()}
    return {
        name[pk]: _of_rule(
            name[pk],
            version,
            [line for line in read.lines.get(pk, ()) if line.part_id],
            key_of=lambda line: name[line.part_id or 0],
        )
        for pk, version in read.versions.items()
    }


def _of_rule(
    key: str, version: RecipeVersion, lines: Iterable[RecipeLine], *, key_of: Callable[[RecipeLine], str]
) -> Recipe:
    goods, parts = [], []
    for line in lines:
        if line.part_id is not None:
            parts.append(Part(key_of(line), line.part_portions or Decimal(0)))
        else:
            goods.append(
                Ingredient(
                    key=goods_key(line),
                    kg=line.kg or Decimal(0),
                    weight_as=WeightAs(line.weight_as),
                    edible_share=line.edible_share,
                    cooked_per_raw=line.cooked_per_raw,
                )
            )
    return Recipe(key=key, portions=version.portions, ingredients=goods, parts=parts)


def known_goods(
    read: VersionsRead,
    *,
    on: date,
    prices: Mapping[int, Decimal] | None = None,
    countries: Mapping[int, str] | None = None,
) -> tuple[FactorSet | None, Mapping[str, Goods]]:
    """Factors of the active set by the mappings of the day; price per kg and country by product as handed in."""
    known = known_of(read, (), on=on, prices=prices, countries=countries)
    return FactorSet.objects.filter(is_active=True).first(), known


def known_of(
    read: VersionsRead,
    more: Collection[int],
    *,
    on: date,
    prices: Mapping[int, Decimal] | None = None,
    countries: Mapping[int, str] | None = None,
) -> Mapping[str, Goods]:
    """As ``known_goods``, also of products that stand in no recipe."""
    lines = [line for each in read.lines.values() for line in each if line.part_id is None]
    products = {line.product_id for line in lines if line.product_id} | set(more)
    mapped = dict(
        FoodMapping.objects.standing()
        .on(on)
        .filter(product__in=products)
        .values_list("product_id", "food__key")
    )
    food_keys = {goods_key(line): line.food.key for line in lines if line.food}
    factors = factors_of({*mapped.values(), *food_keys.values()}, on=on)
    known = {goods_key(line): Goods(factor=factors.get(food_keys.get(goods_key(line), ""))) for line in lines}
    for pk in products:
        known[f"product:{pk}"] = Goods(
            factor=factors.get(mapped.get(pk, "")),
            sek_per_kg=(prices or {}).get(pk),
            country=(countries or {}).get(pk),
        )
    return known


def figures_of(
    version_ids: Collection[int], *, on: date
) -> tuple[FactorSet | None, Mapping[int, DishFigures]]:
    """Each version's figures a portion with the active set. None and all uncovered where no set is active."""
    read = read_versions(version_ids)
    factor_set, known = known_goods(read, on=on)
    return factor_set, {
        pk: dish_figures(weights, known) for pk, weights in read.weights_of(version_ids).items()
    }
