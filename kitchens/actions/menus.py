"""A kitchen's menu: planned, rolled on, and locked before service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, acting
from kitchens.models import DishRole, Kitchen, MenuDay, MenuDish, RecipeVersion
from kitchens.queries.menus import closed_days, latest_versions
from kitchens.queries.recipes import figures_of
from kitchens.refusals import MenuLocked, ServiceHasBegun
from market.rules.calendar import STOCKHOLM

SERVICE_BEGINS = time(10, 30)
NANO = Decimal("0.000000001")
MOST_PORTIONS = 100_000


@dataclass(frozen=True, slots=True)
class DishPlan:
    """A dish of a day by recipe version and how many portions are planned."""

    role: str
    version_id: int
    portions: int


def plan_day(
    *, kitchen: Kitchen, day: date, dishes: Sequence[DishPlan], by: Actor, begins: time = SERVICE_BEGINS
) -> MenuDay:
    """Make ``dishes`` the day's dishes. Without dishes the day is taken out, and None stands for it: an empty menu day.

    Raises InvalidInput and MenuLocked.
    """
    _check(kitchen, dishes)
    with acting(by):
        menu_day, _fresh = MenuDay.objects.get_or_create(
            kitchen=kitchen,
            day=day,
            defaults={"authority": kitchen.authority, "service_at": _service(day, begins)},
        )
        held = locked_row(menu_day.pk)
        if held.locked_at is not None:
            raise MenuLocked(day=day)
        held.dishes.exclude(role__in=[dish.role for dish in dishes]).delete()
        MenuDish.objects.bulk_create(
            [
                MenuDish(
                    menu_day=held,
                    authority_id=held.authority_id,
                    role=dish.role,
                    recipe_version_id=dish.version_id,
                    portions=dish.portions,
                )
                for dish in dishes
            ],
            update_conflicts=True,
            unique_fields=["menu_day", "role"],
            update_fields=["recipe_version", "portions"],
        )
        service_at = _service(day, begins)
        if held.service_at != service_at:
            MenuDay.objects.filter(pk=held.pk).update(service_at=service_at)
    return held


def _service(day: date, begins: time) -> datetime:
    return datetime.combine(day, begins, tzinfo=STOCKHOLM)


def _check(kitchen: Kitchen, dishes: Sequence[DishPlan]) -> None:
    faults: dict[str, list[str]] = {}
    roles = [dish.role for dish in dishes]
    if len(set(roles)) < len(roles) or not set(roles) <= set(DishRole.values):
        faults["dishes"] = [_("En dag har en vanlig rätt och högst en paybackrätt.")]
    if DishRole.PAYBACK in roles and DishRole.STANDARD not in roles:
        faults["standard"] = [_("Välj dagens vanliga rätt att jämföra med.")]
    versions = {dish.version_id for dish in dishes}
    of_authority = RecipeVersion.objects.filter(pk__in=versions, authority=kitchen.authority_id)
    if of_authority.count() < len(versions):
        faults["recipe"] = [_("Receptet finns inte.")]
    if len(versions) < len(dishes):
        faults["payback"] = [_("Paybackrätten är en annan rätt än den vanliga.")]
    if any(not 0 <= dish.portions <= MOST_PORTIONS for dish in dishes):
        faults["portions"] = [_("Ange noll eller fler portioner.")]
    if faults:
        raise InvalidInput(fields=faults)


def locked_row(menu_day_id: int) -> MenuDay:
    """The menu day's row, held: whoever changes a day or counts on it queues here. Raises NotFound."""
    held = MenuDay.objects.select_for_update(no_key=True).filter(pk=menu_day_id).first()
    if held is None:
        raise NotFound
    return held


def lock_day(*, menu_day: MenuDay, now: datetime, by: Actor) -> MenuDay:
    """Freeze dishes, recipe versions and figures. A second time changes nothing.

    Raises ServiceHasBegun; InvalidInput where there is no dish.
    """
    return lock_days(menu_day_ids=[menu_day.pk], now=now, by=by)[0]


def lock_days(*, menu_day_ids: Sequence[int], now: datetime, by: Actor) -> list[MenuDay]:
    """As ``lock_day``, all or none, in a number of statements that does not grow with the dishes of a day."""
    with acting(by):
        days = list(MenuDay.objects.select_for_update(no_key=True).filter(pk__in=menu_day_ids).order_by("pk"))
        if len(days) < len(set(menu_day_ids)):
            raise NotFound
        fresh = [day for day in days if day.locked_at is None]
        for day in fresh:
            if day.service_at <= now:
                raise ServiceHasBegun(day=day.day, began=day.service_at)
        _freeze(fresh)
        MenuDay.objects.filter(pk__in=[day.pk for day in fresh]).update(
            locked_at=now, locked_by_id=by.user_id
        )
    return list(MenuDay.objects.filter(pk__in=menu_day_ids).order_by("day"))


def _freeze(days: Sequence[MenuDay]) -> None:
    dishes = list(MenuDish.objects.filter(menu_day__in=days).select_related("menu_day"))
    if {dish.menu_day_id for dish in dishes} < {day.pk for day in days}:
        raise InvalidInput(fields={"dishes": [_("Välj en rätt innan dagen låses.")]})
    for day in sorted({dish.menu_day.day for dish in dishes}):
        todays = [dish for dish in dishes if dish.menu_day.day == day]
        factor_set, figures = figures_of({dish.recipe_version_id for dish in todays}, on=day)
        if factor_set is None:
            continue  # without factors a dish has no figure, and the day tells no saving
        for dish in todays:
            climate = figures[dish.recipe_version_id].climate
            dish.co2e_kg = climate.co2e_kg.quantize(NANO)
            dish.covered_share = (climate.covered_share_mass or Decimal(0)).quantize(NANO)
            dish.factor_set = factor_set
    MenuDish.objects.bulk_update(dishes, ["co2e_kg", "covered_share", "factor_set"])


def lock_due(*, now: datetime, ahead: timedelta, by: Actor) -> int:
    """Lock what nobody locked and is served within ``ahead``; how many days. A day without dishes is left."""
    due = MenuDay.objects.filter(locked_at=None, service_at__gt=now, service_at__lte=now + ahead)
    ids = list(due.filter(dishes__role=DishRole.STANDARD).values_list("pk", flat=True))
    if ids:
        lock_days(menu_day_ids=ids, now=now, by=by)
    return len(ids)


def roll_weeks(*, kitchen: Kitchen, source: date, weeks: int, target: date, by: Actor) -> int:
    """Lay the weeks from the Monday ``source`` on anew from the Monday ``target`` on, with each recipe's newest version.

    Days that the kitchen is closed, that are holidays or that have a menu already are left. How many days were laid.
    Raises InvalidInput.
    """
    if source.weekday() or target.weekday() or not 1 <= weeks <= 10 or target < source + timedelta(weeks=1):  # noqa: PLR2004
        raise InvalidInput(fields={"weeks": [_("Rulla en till tio hela veckor framåt.")]})
    last = source + timedelta(weeks=weeks, days=-1)
    shift = target - source
    with acting(by):
        pattern = list(
            MenuDay.objects.filter(kitchen=kitchen, day__range=(source, last)).prefetch_related(
                "dishes__recipe_version"
            )
        )
        there = set(
            MenuDay.objects.filter(
                kitchen=kitchen, day__range=(target, last + shift), dishes__isnull=False
            ).values_list("day", flat=True)
        )
        skipped = there | set(closed_days(kitchen, first=target, last=last + shift))
        new = [day for day in pattern if day.day + shift not in skipped]
        newest = latest_versions({dish.recipe_version.recipe_id for day in new for dish in day.dishes.all()})
        days = MenuDay.objects.bulk_create(
            [
                MenuDay(
                    kitchen=kitchen,
                    authority_id=kitchen.authority_id,
                    day=day.day + shift,
                    service_at=_service(day.day + shift, day.service_at.astimezone(STOCKHOLM).time()),
                )
                for day in new
            ],
            update_conflicts=True,
            unique_fields=["kitchen", "day"],
            update_fields=["service_at"],
        )
        MenuDish.objects.bulk_create(
            MenuDish(
                menu_day=laid,
                authority_id=kitchen.authority_id,
                role=dish.role,
                recipe_version_id=newest[dish.recipe_version.recipe_id],
                portions=dish.portions,
            )
            for laid, day in zip(days, new, strict=True)
            for dish in day.dishes.all()
        )
    return len(new)
