"""What a kitchen counts and weighs of a served day, and what it measures over a week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from kitchens.actions.menus import locked_row
from kitchens.models import DayTold, DishCount, DishRole, Kitchen, MenuDay, SurplusMeasurement, WasteDay
from kitchens.queries.menus import closed_days
from kitchens.queries.waste import usual_waste
from kitchens.refusals import MenuNotLocked, OneDishOnly, SurveyTooShort, WeightsDoubted
from kitchens.rules.payback import taken_of_pan
from kitchens.rules.waste import DAYS_IN_A_ROW, GRAMS, doubts, longest_row
from kitchens.rules.waste import WasteDay as WeighedDay

MOST = 100_000
SATURDAY = 5
A_YEAR = 366  # days: no school is closed longer in a row
COUNTS = (
    "guests",
    "special_diets",
    "cooked_standard",
    "cooked_payback",
    "sent_standard",
    "sent_payback",
)
MOST_KG = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class DayFacts:
    """``guests`` had the choice; ``special_diets`` are besides. None: not known.

    ``sent_…`` of the cooked portions are eaten at other kitchens; None is none. ``sent_to`` is the kitchen that got
    them all, of the same authority; None: not told, or several.
    """

    guests: int | None = None
    special_diets: int | None = None
    cooked_standard: int | None = None
    cooked_payback: int | None = None
    sent_standard: int | None = None
    sent_payback: int | None = None
    sent_to: int | None = None
    real_choice: bool = True
    no_choice_reason: str = ""


@dataclass(frozen=True, slots=True)
class PanWeights:
    """kg out to the counter, kg back, kg of one portion as served."""

    out_kg: Decimal
    back_kg: Decimal
    portion_kg: Decimal


def tell_day(*, menu_day: MenuDay, facts: DayFacts, by: Actor) -> DayTold:
    """What is known of the day, in place of what was told before. Raises InvalidInput."""
    faults: dict[str, list[str]] = {}
    for name in COUNTS:
        value = getattr(facts, name)
        if value is not None and not 0 <= value <= MOST:
            faults[name] = [_("Ange noll eller fler.")]
    for role in DishRole.values:
        if (getattr(facts, f"sent_{role}") or 0) > (getattr(facts, f"cooked_{role}") or 0):
            faults.setdefault(f"sent_{role}", [_("Fler än det som lagades.")])
    faults |= _wrong_receiver(menu_day, facts)
    if not facts.real_choice and not facts.no_choice_reason.strip():
        faults["no_choice_reason"] = [_("Skriv varför eleverna inte kunde välja.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by):
        locked_row(menu_day.pk)
        told, _fresh = DayTold.objects.update_or_create(
            menu_day_id=menu_day.pk,
            defaults={
                "guests": facts.guests,
                "special_diets": facts.special_diets,
                "cooked_standard": facts.cooked_standard,
                "cooked_payback": facts.cooked_payback,
                "sent_standard": facts.sent_standard,
                "sent_payback": facts.sent_payback,
                "sent_to_id": facts.sent_to,
                "real_choice": facts.real_choice,
                "no_choice_reason": "" if facts.real_choice else facts.no_choice_reason.strip(),
            },
        )
    return told


def _wrong_receiver(menu_day: MenuDay, facts: DayFacts) -> dict[str, list[str]]:
    """What is wrong with the kitchen that is said to have got the portions, by field."""
    if facts.sent_to is None:
        return {}
    if not (facts.sent_standard or facts.sent_payback):
        return {"sent_to": [_("Skriv också hur många portioner som gick dit.")]}
    others = Kitchen.objects.filter(authority=menu_day.authority_id).exclude(pk=menu_day.kitchen_id)
    if not others.filter(pk=facts.sent_to).exists():
        return {"sent_to": [_("Välj ett annat av myndighetens kök.")]}
    return {}


def count_portions(*, menu_day: MenuDay, portions: Mapping[str, int], by: Actor) -> None:
    """The kitchen's own count of what was eaten here, both dishes.

    Raises InvalidInput, also for more than was left when others' portions had gone; MenuNotLocked and OneDishOnly.
    """
    _check_roles(portions)
    if any(not 0 <= number <= MOST for number in portions.values()):
        raise InvalidInput(fields={"portions": [_("Ange noll eller fler.")]})
    with acting(by):
        check_two_locked_dishes(locked_row(menu_day.pk))
        _check_eaten_here(menu_day, portions)
        _write(
            [
                DishCount(
                    menu_day_id=menu_day.pk, role=role, method=DishCount.Method.PORTIONS, portions=number
                )
                for role, number in portions.items()
            ],
        )


def weigh_pans(*, menu_day: MenuDay, pans: Mapping[str, PanWeights], by: Actor) -> None:
    """Weighed pans of both dishes; whole portions, rounded down. Raises InvalidInput, MenuNotLocked and OneDishOnly."""
    _check_roles(pans)
    rows, faults = [], dict[str, list[str]]()
    for role, pan in pans.items():
        if pan.out_kg > MOST_KG:
            faults[f"{role}_out"] = [_("Ange en vikt över noll.")]
            continue
        try:
            portions = taken_of_pan(out_kg=pan.out_kg, back_kg=pan.back_kg, portion_kg=pan.portion_kg)
        except ValueError:
            faults[f"{role}_back"] = [
                _("Kantinen kan inte väga mer när den kommer tillbaka, och en portion väger något.")
            ]
            continue
        rows.append(
            DishCount(
                menu_day_id=menu_day.pk,
                role=role,
                method=DishCount.Method.PANS,
                portions=portions,
                out_kg=pan.out_kg,
                back_kg=pan.back_kg,
                portion_kg=pan.portion_kg,
            )
        )
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by):
        check_two_locked_dishes(locked_row(menu_day.pk))
        _write(rows)


def _check_eaten_here(menu_day: MenuDay, portions: Mapping[str, int]) -> None:
    """A portion that went to another kitchen is counted there and nowhere else."""
    told = DayTold.objects.filter(menu_day=menu_day).first()
    faults = {}
    for role, number in portions.items():
        sent, cooked = getattr(told, f"sent_{role}", None), getattr(told, f"cooked_{role}", None)
        if sent and cooked is not None and number > cooked - sent:
            words = _(
                "%(left)s portioner blev kvar här när %(sent)s hade gått till andra kök. De räknas där."
            )
            faults[role] = [words % {"left": cooked - sent, "sent": sent}]
    if faults:
        raise InvalidInput(fields=faults)


def _check_roles(given: Mapping[str, object]) -> None:
    if set(given) != {DishRole.STANDARD, DishRole.PAYBACK}:
        raise InvalidInput(fields={"portions": [_("Ange båda rätterna.")]})


def check_two_locked_dishes(menu_day: MenuDay) -> None:
    """Raises MenuNotLocked, and OneDishOnly."""
    if menu_day.locked_at is None:
        raise MenuNotLocked(day=menu_day.day)
    if not menu_day.dishes.filter(role=DishRole.PAYBACK).exists():
        raise OneDishOnly(day=menu_day.day)


def _write(rows: Sequence[DishCount]) -> None:
    DishCount.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["menu_day", "method", "role"],
        update_fields=["portions", "out_kg", "back_kg", "portion_kg"],
    )


def measure_surplus(
    *, kitchen: Kitchen, first_day: date, last_day: date, cooked_kg: Decimal, left_kg: Decimal, by: Actor
) -> SurplusMeasurement:
    """The kitchen's normal surplus, for the days after ``last_day``. Raises InvalidInput and SurveyTooShort."""
    faults: dict[str, list[str]] = {}
    if last_day < first_day or (last_day - first_day).days > 366:  # noqa: PLR2004
        faults["last_day"] = [_("Perioden slutar efter att den börjar, inom ett år.")]
    if not 0 <= left_kg < cooked_kg <= MOST_KG:
        faults["left_kg"] = [_("Det som blev över är mindre än det som lagades.")]
    if faults:
        raise InvalidInput(fields=faults)
    period = [first_day + timedelta(days=number) for number in range((last_day - first_day).days + 1)]
    closed = closed_days(kitchen, first=first_day, last=last_day)
    days = len(longest_row([day for day in period if day not in closed], closed=closed))
    if days < DAYS_IN_A_ROW:
        raise SurveyTooShort(days=days, needed=DAYS_IN_A_ROW)
    with acting(by):
        measured, _fresh = SurplusMeasurement.objects.update_or_create(
            kitchen=kitchen,
            last_day=last_day,
            defaults={"first_day": first_day, "days": days, "cooked_kg": cooked_kg, "left_kg": left_kg},
        )
    return measured


def lay_waste(
    *, kitchen: Kitchen, days: Sequence[WeighedDay], first_day: date, today: date, by: Actor
) -> tuple[date, date]:
    """A file's days without dates, laid on school days in a row from ``first_day`` on, which somebody knows; first and last.

    All or none. Raises InvalidInput where a day is weighed already or is still to come, or where there is no day to lay.
    """
    eaten = [day for day in days if day.guests > 0]
    last_possible = first_day + timedelta(days=2 * len(eaten) + A_YEAR)
    closed = closed_days(kitchen, first=first_day, last=last_possible)
    dates = [
        day
        for number in range((last_possible - first_day).days + 1)
        if (day := first_day + timedelta(days=number)).weekday() < SATURDAY and day not in closed
    ][: len(eaten)]
    if not eaten or len(dates) < len(eaten) or dates[-1] > today:
        raise InvalidInput(
            fields={"first_day": [_("Så många skoldagar har inte gått sedan dess. Välj en tidigare dag.")]}
        )
    with acting(by):
        Kitchen.objects.select_for_update(no_key=True).get(pk=kitchen.pk)
        there = WasteDay.objects.filter(kitchen=kitchen, day__in=dates).order_by("day").first()
        if there is not None:
            words = _("%(day)s är redan vägd. Välj dagar som inte är det.")
            raise InvalidInput(fields={"first_day": [words % {"day": there.day}]})
        WasteDay.objects.bulk_create(
            WasteDay(
                kitchen=kitchen,
                day=day,
                guests=each.guests,
                kitchen_kg=each.kitchen_kg,
                serving_kg=each.serving_kg,
                plate_kg=each.plate_kg,
                total_kg=each.total_kg,
            )
            for day, each in zip(dates, eaten, strict=True)
        )
    return dates[0], dates[-1]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A lunch's waste in kg; ``total_kg`` is a sum that somebody else wrote."""

    guests: int
    kitchen_kg: Decimal
    serving_kg: Decimal
    plate_kg: Decimal
    total_kg: Decimal | None = None


def weigh_waste(
    *, kitchen: Kitchen, day: date, weighed: Weighed, weights_are_right: bool = False, by: Actor
) -> WasteDay:
    """The day's waste, in place of what was weighed before.

    Raises InvalidInput, and WeightsDoubted for weights that look like another unit, until ``weights_are_right``.
    """
    faults: dict[str, list[str]] = {}
    if not 0 < weighed.guests <= MOST:
        faults["guests"] = [_("Ange fler än noll gäster.")]
    for name in ("kitchen_kg", "serving_kg", "plate_kg", "total_kg"):
        value = getattr(weighed, name)
        if value is not None and not 0 <= value <= MOST_KG:
            faults[name] = [_("Ange noll eller mer.")]
    if faults:
        raise InvalidInput(fields=faults)
    if not weights_are_right:
        _refuse_another_unit(kitchen, day, weighed)
    with acting(by):
        row, _fresh = WasteDay.objects.update_or_create(
            kitchen=kitchen,
            day=day,
            defaults={
                "guests": weighed.guests,
                "kitchen_kg": weighed.kitchen_kg,
                "serving_kg": weighed.serving_kg,
                "plate_kg": weighed.plate_kg,
                "total_kg": weighed.total_kg,
            },
        )
    return row


def _refuse_another_unit(kitchen: Kitchen, day: date, weighed: Weighed) -> None:
    told = doubts(
        WeighedDay(weighed.guests, weighed.kitchen_kg, weighed.serving_kg, weighed.plate_kg),
        usual=usual_waste(kitchen, before=day),
    )
    if told:
        kind = next(iter(told))
        kg = getattr(weighed, f"{kind}_kg")
        raise WeightsDoubted(
            kind=kind, kg=str(kg), grams=str((kg * GRAMS / weighed.guests).quantize(Decimal(1)))
        )
