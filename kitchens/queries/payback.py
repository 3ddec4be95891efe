"""Served days as the rule of payback reads them, and what they came to. Five statements whatever the period."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.db.models import Count as CountRows

from config.ground import figures
from kitchens.models import DayTold, DishCount, DishRole, Kitchen, MenuDay, MenuDish, SurplusMeasurement, Tap
from kitchens.queries.menus import menu_days
from kitchens.rules.payback import Cooked, Count, Dish, Equivalent, Method, Outcome, ServedDay, outcome_of
from kitchens.rules.waste import normal_surplus
from market.rules.climate import COMPARABLE_SHARE

EQUIVALENTS = Path(__file__).parents[1] / "data" / "equivalents.csv"


@dataclass(frozen=True, slots=True)
class DayRead:
    """A menu day with what it came to. ``dishes`` by role."""

    menu_day: MenuDay
    dishes: Mapping[str, MenuDish]
    told: DayTold | None
    served: ServedDay
    outcome: Outcome

    @property
    def day(self) -> date:
        return self.menu_day.day

    @property
    def standard(self) -> MenuDish | None:
        return self.dishes.get(DishRole.STANDARD)

    @property
    def payback(self) -> MenuDish | None:
        return self.dishes.get(DishRole.PAYBACK)

    @property
    def is_locked(self) -> bool:
        return self.menu_day.locked_at is not None

    def count_by(self, method: Method) -> Count | None:
        return next((each for each in self.served.counts if each.method is method), None)


def days_read(kitchen: Kitchen, *, first: date, last: date) -> list[DayRead]:
    """The menu days of the period with their outcome, in order. Days without a dish are left."""
    days = list(menu_days(kitchen, first=first, last=last))
    taps = _taps(days)
    surplus = list(SurplusMeasurement.objects.filter(kitchen=kitchen).order_by("last_day"))
    return [_read(day, taps=taps.get(day.pk, {}), surplus=surplus) for day in days if day.dishes.all()]


def _taps(days: Sequence[MenuDay]) -> Mapping[int, Mapping[str, int]]:
    """Taps that are not summed yet, by day and dish."""
    sums: defaultdict[int, dict[str, int]] = defaultdict(dict)
    rows = Tap.objects.filter(menu_day__in=days).values_list("menu_day", "role").annotate(CountRows("pk"))
    for menu_day_id, role, number in rows:
        sums[menu_day_id][role] = number
    return sums


def _read(day: MenuDay, *, taps: Mapping[str, int], surplus: Sequence[SurplusMeasurement]) -> DayRead:
    dishes = {dish.role: dish for dish in day.dishes.all()}
    told = getattr(day, "told", None)
    served = ServedDay(
        standard=_dish(dishes.get(DishRole.STANDARD)) or Dish(Decimal(0), comparable=False),
        payback=_dish(dishes.get(DishRole.PAYBACK)),
        counts=_counts(day, taps),
        guests=told.guests if told else None,
        cooked=_cooked(told, one_dish=DishRole.PAYBACK not in dishes),
        normal_surplus=_surplus_on(day.day, surplus),
        real_choice=told.real_choice if told else True,
        locked=day.locked_at is not None,
    )
    return DayRead(day, dishes, told, served, outcome_of(served))


def _dish(dish: MenuDish | None) -> Dish | None:
    if dish is None:
        return None
    if dish.co2e_kg is None or dish.covered_share is None:
        return Dish(Decimal(0), comparable=False)
    return Dish(dish.co2e_kg, comparable=dish.covered_share >= COMPARABLE_SHARE)


def _counts(day: MenuDay, taps: Mapping[str, int]) -> list[Count]:
    by_method: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in day.counts.all():
        by_method[row.method][row.role] = row.portions
    if taps and DishCount.Method.TAPS not in by_method:
        by_method[DishCount.Method.TAPS] = dict(taps)
    return [
        Count(Method(method), roles.get(DishRole.STANDARD, 0), roles.get(DishRole.PAYBACK, 0))
        for method, roles in by_method.items()
    ]


def _cooked(told: DayTold | None, *, one_dish: bool) -> Cooked | None:
    """What was cooked for who eats here; what went to other kitchens is theirs."""
    if told is None or told.cooked_standard is None:
        return None
    if told.cooked_payback is None and not one_dish:
        return None
    return Cooked(
        told.cooked_standard - (told.sent_standard or 0),
        (told.cooked_payback or 0) - (told.sent_payback or 0),
    )


def _surplus_on(day: date, measured: Sequence[SurplusMeasurement]) -> Decimal | None:
    """The latest measurement that was over before the day."""
    before = [each for each in measured if each.last_day < day]
    return normal_surplus(cooked_kg=before[-1].cooked_kg, left_kg=before[-1].left_kg) if before else None


@dataclass(frozen=True, slots=True)
class EquivalentWords:
    equivalent: Equivalent
    unit_sv: str
    unit_en: str

    @property
    def unit(self) -> str:
        return self.unit_en if figures.language() == "en" else self.unit_sv


@lru_cache(maxsize=1)
def equivalents() -> Sequence[EquivalentWords]:
    """Things of daily life with kg CO2e, year and source, as they stand in the house's data."""
    with EQUIVALENTS.open(encoding="utf-8", newline="") as lines:
        return [
            EquivalentWords(
                Equivalent(row["key"], Decimal(row["kg_co2e_per_unit"]), int(row["year"]), row["source"]),
                row["unit_sv"],
                row["unit_en"],
            )
            for row in csv.DictReader(lines)
        ]
