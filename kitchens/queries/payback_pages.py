"""A kitchen's own payback pages: its days and their sum, one day's sheet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from config.ground.refusals import NotFound
from kitchens.models import (
    DayTold,
    DishRole,
    Kitchen,
    MenuDay,
    PaybackBoard,
    PaybackDefinition,
    SurplusMeasurement,
    WasteDay,
)
from kitchens.queries.payback import DayRead, days_read
from kitchens.queries.waste import survey_at, weighed
from kitchens.queries.wording import left_out_words, method_words, warning_words
from kitchens.rules.payback import Method, Total, against_frozen, menu_warning, total_of
from kitchens.rules.waste import WastePerGuest, normal_surplus, waste_per_guest

DAYS_BACK = timedelta(days=190)
DAYS_AHEAD = timedelta(days=14)
DAYS_SHOWN = 30
WEEKS_SHOWN = 12

TOLD = ("cooked", "sent")  # portions of each dish


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day in the list. ``why`` is the reason where it tells no saving; ``warning`` what to look at before it."""

    read: DayRead
    why: str
    counted_by: str
    warning: str


@dataclass(frozen=True, slots=True)
class CurveWeek:
    """Both curves of a week: what the choice saved, and kg per portion beside the frozen year; negative is above it."""

    monday: date
    total: Total
    against_frozen_kg: Decimal | None

    @property
    def is_above_frozen(self) -> bool:
        return self.against_frozen_kg is not None and self.against_frozen_kg < 0


@dataclass(frozen=True, slots=True)
class PaybackPage:
    board: PaybackBoard | None
    definition: PaybackDefinition | None
    today: DayRow | None
    coming: Sequence[DayRow]
    past: Sequence[DayRow]
    total: Total
    since: date
    against_frozen_kg: Decimal | None
    weeks: Sequence[CurveWeek]
    surplus: SurplusMeasurement | None
    surplus_share: Decimal | None

    @property
    def is_above_frozen(self) -> bool:
        return self.against_frozen_kg is not None and self.against_frozen_kg < 0


def payback_page(kitchen: Kitchen, *, today: date) -> PaybackPage:
    """Eight statements. The sum is since the school began, or half a year where it has no board."""
    board = PaybackBoard.objects.filter(kitchen=kitchen).prefetch_related("definitions").first()
    versions = sorted(board.definitions.all(), key=lambda each: each.version) if board else []
    held = [each for each in versions if each.valid_from <= today]
    since = min((each.valid_from for each in held), default=today - DAYS_BACK)
    days = days_read(kitchen, first=min(since, today - DAYS_BACK), last=today + DAYS_AHEAD)
    total = total_of(each.outcome for each in days if since <= each.day <= today)
    rows = [_row(each) for each in days]
    definition = held[-1] if held else (versions[-1] if versions else None)
    frozen = definition.frozen_kg_per_portion if definition else None
    surplus = kitchen.surplus.order_by("-last_day").first()
    return PaybackPage(
        board=board,
        definition=definition,
        today=next((row for row in rows if row.read.day == today), None),
        coming=[row for row in rows if row.read.day > today],
        past=[row for row in reversed(rows) if row.read.day < today][:DAYS_SHOWN],
        total=total,
        since=since,
        against_frozen_kg=_against(total, frozen),
        weeks=_weeks([each for each in days if since <= each.day <= today], frozen),
        surplus=surplus,
        surplus_share=normal_surplus(cooked_kg=surplus.cooked_kg, left_kg=surplus.left_kg)
        if surplus
        else None,
    )


def _against(total: Total, frozen: Decimal | None) -> Decimal | None:
    if frozen is None or not total.portions:
        return None
    return against_frozen(
        emissions_kg=total.emissions_kg, portions=total.portions, frozen_kg_per_portion=frozen
    )


def _weeks(days: Sequence[DayRead], frozen: Decimal | None) -> list[CurveWeek]:
    """The latest weeks, newest first."""
    by_monday: defaultdict[date, list[DayRead]] = defaultdict(list)
    for each in days:
        by_monday[each.day - timedelta(days=each.day.weekday())].append(each)
    totals = {monday: total_of(each.outcome for each in by_monday[monday]) for monday in by_monday}
    return [
        CurveWeek(monday, totals[monday], _against(totals[monday], frozen))
        for monday in sorted(totals, reverse=True)[:WEEKS_SHOWN]
    ]


def _row(read: DayRead) -> DayRow:
    outcome, payback = read.outcome, read.served.payback
    warned = (
        menu_warning(standard=read.served.standard, payback=payback) if payback and read.is_locked else None
    )
    return DayRow(
        read=read,
        why=left_out_words(outcome.left_out) if outcome.left_out else "",
        counted_by=method_words(outcome.count.method) if outcome.count else "",
        warning=warning_words(warned) if warned else "",
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """Portions between this kitchen and another one, of each dish."""

    kitchen: str
    standard: int
    payback: int


@dataclass(frozen=True, slots=True)
class DaySheet:
    """A day with all that is counted of it; ``initial`` are what the forms begin with, by name.

    ``came`` are portions that others cooked and this kitchen counts; ``went`` is where this kitchen's own went, if told.
    """

    row: DayRow
    methods: Sequence[tuple[str, int, int]]
    waste: WastePerGuest | None
    survey_holds: bool
    taps_open: bool
    initial: Mapping[str, dict[str, Any]]
    other_kitchens: Sequence[tuple[int, str]]
    came: Sequence["Moved"]
    went: "Moved | None"

    @property
    def menu_day(self) -> MenuDay:
        return self.row.read.menu_day


def day_sheet(kitchen: Kitchen, day: date) -> DaySheet:
    """Raises NotFound where nothing is planned."""
    found = days_read(kitchen, first=day, last=day)
    if not found:
        raise NotFound
    read = found[0]
    today = WasteDay.objects.filter(kitchen=kitchen, day=day).first()
    survey = survey_at(kitchen, day)
    link = getattr(read.menu_day, "tap_link", None)
    return DaySheet(
        row=_row(read),
        methods=[
            (method_words(method), count.standard, count.payback)
            for method in Method
            if (count := read.count_by(method))
        ],
        waste=waste_per_guest([weighed(today)]) if today else None,
        survey_holds=survey.holds,
        taps_open=link is not None and link.closed_at is None,
        initial=_initial(read, today),
        other_kitchens=list(
            Kitchen.objects.filter(authority=kitchen.authority_id)
            .exclude(pk=kitchen.pk)
            .order_by("sort_key")
            .values_list("pk", "name")
        ),
        came=_came(kitchen, day),
        went=_moved(read.told, read.told.sent_to) if read.told and read.told.sent_to else None,
    )


def _came(kitchen: Kitchen, day: date) -> list[Moved]:
    told = DayTold.objects.filter(sent_to=kitchen, menu_day__day=day).select_related("menu_day__kitchen")
    return [_moved(each, each.menu_day.kitchen) for each in told.order_by("menu_day__kitchen__sort_key")]


def _moved(told: DayTold, other: Kitchen) -> Moved:
    return Moved(other.name, told.sent_standard or 0, told.sent_payback or 0)


def _initial(read: DayRead, waste: WasteDay | None) -> dict[str, dict[str, Any]]:
    told = read.told
    initial: dict[str, dict[str, Any]] = {}
    if told is not None:
        counts = ("guests", "special_diets", *(f"{what}_{role}" for what in TOLD for role in DishRole.values))
        names = (*counts, "no_choice_reason")
        initial["dagen"] = {name: getattr(told, name) for name in names} | {
            "sent_to": told.sent_to_id,
            "no_choice": not told.real_choice,
        }
    if portions := read.count_by(Method.PORTIONS):
        initial["portioner"] = {"standard": portions.standard, "payback": portions.payback}
    pans = {}
    for dish in read.dishes.values():
        pans[f"{dish.role}_portion"] = dish.recipe_version.portion_kg
    for row in read.menu_day.counts.all():
        if row.method == Method.PANS:
            pans |= {
                f"{row.role}_out": row.out_kg,
                f"{row.role}_back": row.back_kg,
                f"{row.role}_portion": row.portion_kg,
            }
    initial["kantiner"] = pans
    if waste is not None:
        weights = ("guests", "kitchen_kg", "serving_kg", "plate_kg")
        initial["svinn"] = {name: getattr(waste, name) for name in weights}
    return initial
