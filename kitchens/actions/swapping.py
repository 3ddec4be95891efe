"""A swap in a planned dish is taken, and taken back: before the day is locked, each time as a version of its own."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from config.ground.refusals import ChangedMeanwhile, InvalidInput, NotFound
from config.ground.trail import Actor, acting
from kitchens.actions.menus import locked_row
from kitchens.actions.recipes import LineDraft, RecipeDraft, save_recipe
from kitchens.models import Kitchen, MenuDay, MenuDish, RecipeLine, RecipeVersion
from kitchens.queries.recipes import VersionsRead, read_versions
from kitchens.refusals import MenuLocked
from market.models import Product

ExchangedLine = Callable[[LineDraft], LineDraft]


def swap_dish(*, kitchen: Kitchen, day: date, role: str, seen: int, version_id: int, by: Actor) -> MenuDish:
    """Another recipe version of the authority's for the dish. ``seen`` is the version that the cook saw there.

    Raises NotFound, MenuLocked, ChangedMeanwhile.
    """
    with acting(by):
        dish = _held(kitchen, day=day, role=role, seen=seen)
        if not RecipeVersion.objects.filter(pk=version_id, authority=kitchen.authority_id).exists():
            raise NotFound
        return _cook(dish, version_id)


def swap_goods(
    *, kitchen: Kitchen, day: date, role: str, seen: int, old: int, new: int, by: Actor
) -> MenuDish:
    """As much of product ``new`` as the dish had of ``old``: a new version of its recipe, and of each part that holds it.

    Raises NotFound, MenuLocked, ChangedMeanwhile; InvalidInput where the dish has none of ``old``.
    """
    with acting(by):
        dish = _held(kitchen, day=day, role=role, seen=seen)
        product = Product.objects.filter(pk=new, merged_into=None).first()
        if product is None:
            raise NotFound

        def exchanged(line: LineDraft) -> LineDraft:
            if line.product_id != old:
                return line
            return replace(line, product_id=product.pk, name=product.name_sv, food_id=None)

        read = read_versions({seen})
        made = _Rewritten(kitchen, read, exchanged, by).version(seen)
        if made == seen:
            raise InvalidInput(fields={"old": [_("Varan finns inte i rätten längre.")]})
        return _cook(dish, made)


def take_back(*, kitchen: Kitchen, day: date, role: str, seen: int, version_id: int, by: Actor) -> MenuDish:
    """The dish as it was before a swap. A recipe that the swap gave a newer version is what it was again, as its newest.

    Raises as ``swap_dish``.
    """
    with acting(by):
        dish = swap_dish(kitchen=kitchen, day=day, role=role, seen=seen, version_id=version_id, by=by)
        _as_before(kitchen, swapped=seen, before=version_id, by=by)
        return dish


def _held(kitchen: Kitchen, *, day: date, role: str, seen: int) -> MenuDish:
    planned = MenuDay.objects.filter(kitchen=kitchen, day=day).first()
    if planned is None:
        raise NotFound
    if locked_row(planned.pk).locked_at is not None:
        raise MenuLocked(day=day)
    dish = MenuDish.objects.filter(menu_day=planned, role=role).first()
    if dish is None:
        raise NotFound
    if dish.recipe_version_id != seen:
        raise ChangedMeanwhile(now=dish.recipe_version_id, yours=seen, theirs=[], mine=[])
    return dish


def _cook(dish: MenuDish, version_id: int) -> MenuDish:
    dish.recipe_version_id = version_id
    dish.save(update_fields=["recipe_version"])
    return dish


class _Rewritten:
    """Versions with their lines exchanged, from the innermost part outwards; what holds nothing of it stays as it is."""

    def __init__(self, kitchen: Kitchen, read: VersionsRead, exchanged: ExchangedLine, by: Actor) -> None:
        self._kitchen, self._read, self._exchanged, self._by = kitchen, read, exchanged, by
        self._made: dict[int, int] = {}

    def version(self, pk: int) -> int:
        if pk not in self._made:
            self._made[pk] = self._rewritten(pk)
        return self._made[pk]

    def _rewritten(self, pk: int) -> int:
        before = [draft_of(line) for line in self._read.lines.get(pk, ())]
        after = [
            self._exchanged(line)
            if line.part_id is None
            else replace(line, part_id=self.version(line.part_id))
            for line in before
        ]
        if after == before:
            return pk
        draft = replace(
            recipe_draft_of(self._read, pk), lines=after, published_co2e_kg=None, published_source=""
        )
        return save_recipe(authority=self._kitchen.authority, draft=draft, by=self._by).pk


def _as_before(kitchen: Kitchen, *, swapped: int, before: int, by: Actor) -> None:
    """Save the earlier lines once more for each recipe whose newest version came of the swap."""
    read = read_versions({swapped, before})
    earlier: Mapping[int, RecipeVersion] = {version.recipe_id: version for version in _reached(read, before)}
    for version in _reached(read, swapped):
        old = earlier.get(version.recipe_id)
        newest = RecipeVersion.objects.filter(recipe=version.recipe_id).order_by("-number").first()
        if old is not None and old.number < version.number and newest == version:
            save_recipe(authority=kitchen.authority, draft=recipe_draft_of(read, old.pk), by=by)


def _reached(read: VersionsRead, pk: int) -> list[RecipeVersion]:
    """The version and all that it takes in, parts first."""
    inner = [line.part_id for line in read.lines.get(pk, ()) if line.part_id is not None]
    found = {each.pk: each for part in inner for each in _reached(read, part)}
    return [*found.values(), read.versions[pk]]


def recipe_draft_of(read: VersionsRead, pk: int) -> RecipeDraft:
    """A version as it would be saved again."""
    version = read.versions[pk]
    return RecipeDraft(
        name=version.recipe.name,
        portions=version.portions,
        lines=[draft_of(line) for line in read.lines.get(pk, ())],
        portion_kg=version.portion_kg,
        note=version.note,
        published_co2e_kg=version.published_co2e_kg,
        published_source=version.published_source,
    )


def draft_of(line: RecipeLine) -> LineDraft:
    return LineDraft(
        name=line.name,
        kg=line.kg,
        product_id=line.product_id,
        food_id=line.food_id,
        part_id=line.part_id,
        part_portions=line.part_portions,
        weight_as=line.weight_as,
        edible_share=line.edible_share,
        cooked_per_raw=line.cooked_per_raw,
    )
