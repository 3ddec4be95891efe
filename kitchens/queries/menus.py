"""Menus as a kitchen planned them: days, closed days, each recipe's newest version."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import Max, QuerySet

from config.ground.refusals import NotFound
from kitchens.models import Kitchen, MenuDay, RecipeVersion
from market.rules.calendar import swedish_holidays

ONE_DAY = timedelta(days=1)


def menu_days(kitchen: Kitchen, *, first: date, last: date) -> QuerySet[MenuDay]:
    """The menu days of a period, with dishes, recipes and what was told; four statements."""
    return (
        MenuDay.objects.filter(kitchen=kitchen, day__range=(first, last))
        .select_related("told")
        .prefetch_related("dishes__recipe_version__recipe", "counts")
        .order_by("day")
    )


def menu_day_for(kitchen: Kitchen, day: date) -> MenuDay:
    """Raises NotFound where nothing is planned."""
    found = menu_days(kitchen, first=day, last=day).first()
    if found is None:
        raise NotFound
    return found


def closed_days(kitchen: Kitchen, *, first: date, last: date) -> set[date]:
    """Holidays of Sweden and the kitchen's own closures in the period."""
    closed = {
        day
        for year in range(first.year, last.year + 1)
        for day in swedish_holidays(year)
        if first <= day <= last
    }
    for closure in kitchen.closures.filter(first_day__lte=last, last_day__gte=first):
        length = (closure.last_day - closure.first_day).days
        closed |= {closure.first_day + ONE_DAY * number for number in range(length + 1)}
    return closed


def latest_versions(recipe_ids: Collection[int]) -> Mapping[int, int]:
    """The newest version's id by recipe."""
    rows = RecipeVersion.objects.filter(recipe__in=recipe_ids).values("recipe").annotate(newest=Max("pk"))
    return {row["recipe"]: row["newest"] for row in rows}
