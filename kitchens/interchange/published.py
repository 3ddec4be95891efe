"""Files of other systems: a month of published dishes (OpenMeal JSON as Mashie writes it), a school's waste by day.

They hold no ingredient weights, so a published kg CO2e stays the publisher's figure and never becomes ours.
"""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kitchens.rules.waste import WasteDay

WASTE_COLUMNS = ("numStudents", "kitchenWaste", "servingWaste", "plateWaste", "totalWaste")
MOST_CO2E_KG = Decimal(1000)  # a portion; more is another unit or no figure
MOST_GUESTS = 100_000
LAST_DIGIT_KG = Decimal("0.0001")  # a pupil; the file's own rounding is no contradiction


class PublishedFileOdd(ValueError):  # noqa: N818 - named for the refusal that a person reads
    """The file is of another kind. Its text is for the person who named it."""


@dataclass(frozen=True, slots=True)
class PublishedDish:
    """A dish with what was published of it. ``co2e_kg`` None: nothing, or figures that contradict each other."""

    name: str
    days: Sequence[date]
    co2e_kg: Decimal | None
    ingredients: Sequence[str]
    contradicts: bool


@dataclass(frozen=True, slots=True)
class PublishedMenu:
    """``meals`` is how many servings the file tells; ``copied_days`` are weekends, which a school does not serve."""

    dishes: Sequence[PublishedDish]
    meals: int
    copied_days: Sequence[date]


def read_menu(content: bytes) -> PublishedMenu:
    """Dishes by name, in the file's order. Raises PublishedFileOdd."""
    try:
        meals = json.loads(content, parse_float=Decimal)["meals"]
        served = [
            (course["name"].strip(), date.fromisoformat(meal["date"]), course)
            for meal in meals
            for course in meal["courses"]
        ]
        by_name: dict[str, list[tuple[date, Any]]] = {}
        for name, day, course in served:
            by_name.setdefault(name, []).append((day, course))
        dishes = [_dish(name, courses) for name, courses in by_name.items()]
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise PublishedFileOdd(f"Filen är ingen meny i OpenMeal-form: {error}.") from error
    return PublishedMenu(
        dishes=dishes,
        meals=len(meals),
        copied_days=sorted({day for _, day, _ in served if day.weekday() > 4}),  # noqa: PLR2004
    )


def _dish(name: str, courses: Sequence[tuple[date, Any]]) -> PublishedDish:
    told = {
        Decimal(course["co2Equivalents"]) for _, course in courses if course.get("co2Equivalents") is not None
    }
    if not all(each.is_finite() and 0 <= each <= MOST_CO2E_KG for each in told):
        raise ValueError(f"{name}: {', '.join(str(each) for each in sorted(told, key=str))} kg CO2e")
    printed = str(courses[0][1].get("ingredientsLabel") or "")
    return PublishedDish(
        name=name,
        days=sorted({day for day, _ in courses}),
        co2e_kg=told.pop() if len(told) == 1 else None,
        # A comma inside a figure (1,5%) has no space after it.
        ingredients=[part.strip() for part in re.split(r",\s+", printed) if part.strip()],
        contradicts=len(told) > 1,
    )


@dataclass(frozen=True, slots=True)
class WasteFile:
    """Days without dates: they tell waste per guest, and can hold no survey. ``contradict`` are the rows' numbers."""

    days: Sequence[WasteDay]
    contradict: Sequence[int]


def read_waste(content: bytes) -> WasteFile:
    """kg a pupil by kind, at most one of each, one row a day. Raises PublishedFileOdd, with the row for a figure that is none."""
    text = content.decode("utf-8-sig", errors="replace").replace("\0", "\ufffd")
    try:
        rows = list(csv.DictReader(io.StringIO(text)))
    except csv.Error as error:
        raise PublishedFileOdd("Filen är ingen tabell.") from error
    if set(WASTE_COLUMNS) - set(_head(text)):
        raise PublishedFileOdd(f"Filen saknar någon av kolumnerna {', '.join(WASTE_COLUMNS)}.")
    days, contradict = [], []
    for number, row in enumerate(rows, start=2):
        try:
            guests, (kitchen, serving, plate, total) = _weighed_day(row)
        except (ValueError, TypeError, InvalidOperation) as error:
            raise PublishedFileOdd(f"Rad {number} går inte att läsa.") from error
        days.append(WasteDay(guests, kitchen * guests, serving * guests, plate * guests, total * guests))
        if abs(kitchen + serving + plate - total) > LAST_DIGIT_KG:
            contradict.append(number)
    return WasteFile(days, contradict)


def _weighed_day(row: Mapping[str, str]) -> tuple[int, list[Decimal]]:
    """Guests, and kg a guest by kind. ValueError for what nobody can have weighed."""
    guests, told = int(row[WASTE_COLUMNS[0]]), [Decimal(row[name]) for name in WASTE_COLUMNS[1:]]
    if not 0 <= guests <= MOST_GUESTS or not all(each.is_finite() and 0 <= each <= 1 for each in told):
        raise ValueError(f"{guests}: {told}")
    return guests, told


def _head(text: str) -> Sequence[str]:
    return next(csv.reader(io.StringIO(text)), [])
