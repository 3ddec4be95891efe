"""Recipes as the rules reckon with them: the book of versions, and what is known of the goods in it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

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

_REACHED = """
WITH RECURSIVE reached(id) AS (
  SELECT unnest(%s::bigint[])
  UNION
  SELECT line.part_id FROM kitchens_recipeline line JOIN reached ON line.version_id = reached.id
  WHERE line.part_id IS NOT NULL
)
SELECT id FROM reached
"""


def goods_key(line: RecipeLine) -> str:
    """One key for the same goods in all recipes; goods that are only a name are known by it."""
    if line.product_id:
        return f"product:{line.product_id}"
    return f"food:{line.food_id}" if line.food_id else f"name:{line.name.casefold()}"


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

    def weights(self, version_id: int) -> Weights:
        return portion_weights(str(version_id), self.book)


def read_versions(version_ids: Collection[int]) -> VersionsRead:
    """Three statements whatever the number of versions and however deep they nest."""
    if not version_ids:
        return VersionsRead({}, {}, {})
    with connection.cursor() as cursor:
        cursor.execute(_REACHED, [list(version_ids)])
        reached = [row[0] for row in cursor.fetchall()]
    versions = RecipeVersion.objects.select_related("recipe").in_bulk(reached)
    rows = RecipeLine.objects.filter(version__in=reached).select_related("product", "food")
    lines: defaultdict[int, list[RecipeLine]] = defaultdict(list)
    names: dict[str, str] = {}
    for line in rows.order_by("version", "position"):
        lines[line.version_id].append(line)
        if line.part_id is None:
            names.setdefault(goods_key(line), line.product.name_sv if line.product else line.name)
    return VersionsRead(versions, lines, names)


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
    lines = [line for each in read.lines.values() for line in each if line.part_id is None]
    products = {line.product_id for line in lines if line.product_id}
    mapped = dict(
        FoodMapping.objects.standing()
        .on(on)
        .filter(product__in=products)
        .values_list("product_id", "food__key")
    )
    food_keys = {line.food_id: line.food.key for line in lines if line.food}
    factors = factors_of({*mapped.values(), *food_keys.values()}, on=on)
    known = {}
    for line in lines:
        food = mapped.get(line.product_id or 0) or food_keys.get(line.food_id or 0, "")
        known[goods_key(line)] = Goods(
            factor=factors.get(food),
            sek_per_kg=(prices or {}).get(line.product_id or 0),
            country=(countries or {}).get(line.product_id or 0),
        )
    return FactorSet.objects.filter(is_active=True).first(), known


def figures_of(
    version_ids: Collection[int], *, on: date
) -> tuple[FactorSet | None, Mapping[int, DishFigures]]:
    """Each version's figures a portion with the active set. None and all uncovered where no set is active."""
    read = read_versions(version_ids)
    factor_set, known = known_goods(read, on=on)
    return factor_set, {pk: dish_figures(read.weights(pk), known) for pk in version_ids}
