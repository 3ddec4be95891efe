"""Menus of other systems that were read in, as their recipes tell: one time's, of one source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from config.ground.refusals import NotFound
from kitchens.models import MenuDish, Recipe, RecipeVersion
from market.models import Authority


@dataclass(frozen=True, slots=True)
class ImportDone:
    """``made_at`` is the import's time, the same for all its recipes; ``key`` its first version's id."""

    made_at: datetime
    source: str
    key: int = 0
    dishes: int = 0
    undoable: int = 0


def untouched(authority: Authority, done: ImportDone) -> QuerySet[Recipe]:
    """The import's recipes that are shown, have no other version and are on no menu."""
    imported = RecipeVersion.objects.filter(
        authority=authority, number=1, made_at=done.made_at, published_source=done.source
    )
    planned = MenuDish.objects.filter(authority=authority).values("recipe_version__recipe")
    return (
        Recipe.objects.filter(pk__in=imported.values("recipe"), hidden_at=None)
        .annotate(numbers=Count("versions"))
        .filter(numbers=1)
        .exclude(pk__in=planned)
    )


def imports_done(authority: Authority) -> Sequence[ImportDone]:
    """The latest ten, newest first; those of which all is undone are left out."""
    rows = (
        RecipeVersion.objects.filter(authority=authority, number=1, recipe__hidden_at=None)
        .exclude(published_source="")
        .values_list("made_at", "published_source")
        .annotate(key=Min("pk"), dishes=Count("pk"))
        .order_by("-made_at", "published_source")[:10]
    )
    return [
        ImportDone(made_at, source, key, dishes, untouched(authority, ImportDone(made_at, source)).count())
        for made_at, source, key, dishes in rows
    ]


def import_at(authority: Authority, number: int) -> ImportDone:
    """By its key. Raises NotFound, also for another authority's."""
    version = (
        RecipeVersion.objects.filter(authority=authority, pk=number, number=1)
        .exclude(published_source="")
        .first()
    )
    if version is None:
        raise NotFound
    return ImportDone(version.made_at, version.published_source)
