"""Menus as a kitchen planned them: days, closed days, each recipe's newest version."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Max, QuerySet

from config.ground.refusals import NotFound
from kitchens.models import Kitchen, KitchenClosure, MenuDay, RecipeVersion, SchoolTerm
from kitchens.rules.school_year import ClosedDay, Period, closed_in
from market.rules.calendar import swedish_holidays


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


def closed_days(kitchen: Kitchen, *, first: date, last: date) -> dict[date, ClosedDay]:
    """Why the kitchen serves nobody, by day: holidays of Sweden, its own closures, outside the school's terms."""
    holidays: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        holidays |= swedish_holidays(year)
    return closed_in(
        first,
        last,
        holidays=holidays,
        closures=_periods(kitchen.closures.filter(first_day__lte=last, last_day__gte=first)),
        terms=_periods(kitchen.terms.filter(first_day__lte=last)),
    )


def _periods(rows: QuerySet[KitchenClosure] | QuerySet[SchoolTerm]) -> list[Period]:
    return [Period(*row) for row in rows.order_by("first_day").values_list("first_day", "last_day", "name")]


def latest_versions(recipe_ids: Collection[int]) -> Mapping[int, int]:
    """The newest version's id by recipe."""
    rows = RecipeVersion.objects.filter(recipe__in=recipe_ids).values("recipe").annotate(newest=Max("pk"))
    return {row["recipe"]: row["newest"] for row in rows}
