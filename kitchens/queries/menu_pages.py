"""A kitchen's menu for a person: weeks with figures, one day, tomorrow's forecast."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Max

from kitchens.models import DishRole, Kitchen, MenuDay, MenuDish, RecipeVersion, WasteDay
from kitchens.queries.menus import closed_days, menu_days
from kitchens.queries.payback import DayRead, days_read
from kitchens.queries.recipe_pages import priced_figures
from kitchens.queries.wording import warning_words
from kitchens.rules.forecast import Forecast, PastDay, forecast
from kitchens.rules.menus import DishFigures
from kitchens.rules.payback import Dish, menu_warning
from kitchens.rules.school_year import ClosedDay
from kitchens.rules.waste import WasteDay as WeighedDay
from kitchens.rules.waste import waste_per_guest

WEEKS_SHOWN = 2
ONE_DAY = timedelta(days=1)
SATURDAY = 5
MOST_DIGITS = 18  # of a row's number
LOOKED_BACK = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class DishCell:
    """A dish of a day with its figures a portion; None where no weight is known."""

    dish: MenuDish
    figures: DishFigures | None

    @property
    def day_co2e_kg(self) -> Decimal | None:
        """All the dish's planned portions."""
        kg = self.co2e_kg
        return None if kg is None else kg * self.dish.portions

    @property
    def day_sek(self) -> Decimal | None:
        return self.figures.sek * self.dish.portions if self.figures else None

    @property
    def co2e_kg(self) -> Decimal | None:
        """Locked figures stand; before the lock they follow the recipe and the factors."""
        if self.dish.co2e_kg is not None:
            return self.dish.co2e_kg
        return self.figures.climate.co2e_kg if self.figures else None


@dataclass(frozen=True, slots=True)
class MenuRow:
    """A day of the calendar; ``closed`` when the kitchen serves nobody."""

    day: date
    closed: ClosedDay | None
    menu_day: MenuDay | None
    cells: Mapping[str, DishCell]
    warning: str

    @property
    def standard(self) -> DishCell | None:
        return self.cells.get(DishRole.STANDARD)

    @property
    def payback(self) -> DishCell | None:
        return self.cells.get(DishRole.PAYBACK)

    @property
    def is_locked(self) -> bool:
        return self.menu_day is not None and self.menu_day.locked_at is not None


@dataclass(frozen=True, slots=True)
class MenuWeek:
    monday: date
    rows: Sequence[MenuRow]


def menu_weeks(kitchen: Kitchen, *, monday: date, weeks: int = WEEKS_SHOWN) -> list[MenuWeek]:
    """Weeks from the Monday on, weekdays only; twelve statements."""
    last = monday + timedelta(weeks=weeks, days=-1)
    planned = {each.day: each for each in menu_days(kitchen, first=monday, last=last)}
    closed = closed_days(kitchen, first=monday, last=last)
    versions = {dish.recipe_version_id for each in planned.values() for dish in each.dishes.all()}
    figures = priced_figures(kitchen.authority_id, versions, on=monday) if versions else {}
    found = []
    for number in range(weeks):
        first = monday + timedelta(weeks=number)
        days = [first + ONE_DAY * weekday for weekday in range(SATURDAY)]
        rows = [_row(day, planned.get(day), closed=closed.get(day), figures=figures) for day in days]
        found.append(MenuWeek(first, rows))
    return found


def _row(
    day: date, menu_day: MenuDay | None, *, closed: ClosedDay | None, figures: Mapping[int, DishFigures]
) -> MenuRow:
    dishes = menu_day.dishes.all() if menu_day else ()
    cells = {dish.role: DishCell(dish, figures.get(dish.recipe_version_id)) for dish in dishes}
    return MenuRow(day=day, closed=closed, menu_day=menu_day, cells=cells, warning=_warning(cells))


def _warning(cells: Mapping[str, DishCell]) -> str:
    both = [cells.get(role) for role in (DishRole.STANDARD, DishRole.PAYBACK)]
    dishes = [
        Dish(cell.co2e_kg or Decimal(0), comparable=cell.figures is not None and cell.figures.comparable)
        for cell in both
        if cell is not None
    ]
    if len(dishes) < len(both):
        return ""
    found = menu_warning(standard=dishes[0], payback=dishes[1])
    return warning_words(found) if found else ""


def menu_row(kitchen: Kitchen, day: date) -> MenuRow:
    """One day, planned or not."""
    planned = menu_days(kitchen, first=day, last=day).first()
    versions = {dish.recipe_version_id for dish in planned.dishes.all()} if planned else set()
    figures = priced_figures(kitchen.authority_id, versions, on=day) if versions else {}
    return _row(day, planned, closed=closed_days(kitchen, first=day, last=day).get(day), figures=figures)


def drafted_row(kitchen: Kitchen, day: date, *, chosen: Mapping[str, tuple[int, int]]) -> MenuRow:
    """A day as it would be with these dishes, (version, portions) by role. Versions of another authority are left out."""
    versions = RecipeVersion.objects.select_related("recipe").filter(authority=kitchen.authority_id)
    there = versions.in_bulk({version for version, _portions in chosen.values()})
    figures = priced_figures(kitchen.authority_id, set(there), on=day) if there else {}
    cells = {
        role: DishCell(
            MenuDish(role=role, recipe_version=there[version], portions=portions), figures.get(version)
        )
        for role, (version, portions) in chosen.items()
        if version in there
    }
    return MenuRow(day=day, closed=None, menu_day=None, cells=cells, warning=_warning(cells))


def choosable_versions(kitchen: Kitchen, menu_day: MenuDay | None) -> list[tuple[int, str]]:
    """The newest version of each recipe, and those that stand on the day already."""
    newest = (
        RecipeVersion.objects.filter(authority=kitchen.authority_id, recipe__hidden_at=None)
        .values("recipe")
        .annotate(newest=Max("pk"))
        .values_list("newest", flat=True)
    )
    there = [dish.recipe_version_id for dish in menu_day.dishes.all()] if menu_day else []
    rows = RecipeVersion.objects.select_related("recipe").filter(pk__in=[*newest, *there])
    return [
        (row.pk, row.recipe.name if row.pk not in there else f"{row.recipe.name} (v{row.number})")
        for row in rows.order_by("recipe__sort_key", "number")
    ]


@dataclass(frozen=True, slots=True)
class ForecastPage:
    row: MenuRow
    forecast: Forecast
    planned: Mapping[str, int]


def forecast_page(kitchen: Kitchen, *, day: date) -> ForecastPage:
    """The day's dishes with what the kitchen counted before: guests, choice, waste."""
    row = menu_row(kitchen, day)
    pair = _pair_of({role: cell.dish for role, cell in row.cells.items()})
    return ForecastPage(
        row=row,
        forecast=forecast(on=day, pair=pair, past=_past(kitchen, before=day)),
        planned={role: cell.dish.portions for role, cell in row.cells.items()},
    )


def _past(kitchen: Kitchen, *, before: date) -> list[PastDay]:
    reads = days_read(kitchen, first=before - LOOKED_BACK, last=before - ONE_DAY)
    weighed = defaultdict(list)
    for row in WasteDay.objects.filter(kitchen=kitchen, day__gte=before - LOOKED_BACK, day__lt=before):
        weighed[row.day].append(WeighedDay(row.guests, row.kitchen_kg, row.serving_kg, row.plate_kg))
    return [_past_day(read, weighed[read.day]) for read in reads]


def _past_day(read: DayRead, weighed: Sequence[WeighedDay]) -> PastDay:
    count = read.outcome.count
    waste = waste_per_guest(weighed)
    return PastDay(
        day=read.day,
        guests=read.served.guests,
        standard=count.standard if count else None,
        payback=count.payback if count else None,
        pair=_pair_of(read.dishes),
        waste_g=waste.total_g if waste else None,
    )


def _pair_of(dishes: Mapping[str, MenuDish]) -> str:
    """The two recipes that stand against each other, whatever their versions."""
    recipes = [dishes[role].recipe_version.recipe_id for role in DishRole.values if role in dishes]
    return ":".join(str(recipe) for recipe in recipes) if len(recipes) > 1 else ""


@dataclass(frozen=True, slots=True)
class Swapped:
    """A dish of the day after a swap, and the version that stood there before it."""

    dish: MenuDish
    before: RecipeVersion


def swapped_from(menu_day: MenuDay | None, told: str) -> Swapped | None:
    """The swap that the page's address tells of (``standard-17``); None where it is none, or taken back already."""
    role, _, number = told.partition("-")
    if menu_day is None or not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS):
        return None
    before = RecipeVersion.objects.filter(pk=int(number), authority=menu_day.authority_id).first()
    dish = next((each for each in menu_day.dishes.all() if each.role == role), None)
    if before is None or dish is None or dish.recipe_version_id == before.pk:
        return None
    return Swapped(dish, before)
