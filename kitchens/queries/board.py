"""The public board of a school: today's two dishes, what all have avoided together, one equivalent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from config.ground.refusals import NotFound
from kitchens.models import DishRole, MenuDish, PaybackBoard, PaybackDefinition, Tap
from kitchens.queries.payback import DayRead, EquivalentWords, days_read, equivalents
from kitchens.rules.disclosure import live_counts, shown
from kitchens.rules.payback import LeftOut, Method, Total, equivalent_of, total_of, two_figures
from kitchens.rules.taps import quarter_of
from market.rules.calendar import STOCKHOLM

SERVICE_LASTS = timedelta(hours=4)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BoardDish:
    """``count`` None: not told (nobody counted yet, or too few to tell)."""

    role: str
    name: str
    co2e_kg: Decimal | None
    count: int | None


@dataclass(frozen=True, slots=True)
class BoardNow:
    """All that the board shows. ``saving_kg`` of the day and of all days are rounded to two figures."""

    board: PaybackBoard
    definition: PaybackDefinition
    at: datetime
    day: date
    is_today: bool
    dishes: Sequence[BoardDish]
    method: Method | None
    hidden: bool
    guests_told: int | None
    saving_kg: Decimal | None
    saving_at_least: bool
    total: Total
    total_kg: Decimal
    since: date
    amount: Decimal | None
    equivalent: EquivalentWords | None
    left_out: LeftOut | None = None
    is_over: bool = False

    @property
    def counts_at_least(self) -> bool:
        """Whether the counts are the safe steps of a service that goes on."""
        return self.method is Method.TAPS and not self.is_over

    @property
    def goal_share(self) -> Decimal | None:
        """How far towards the school's goal, 0 to 1; None where it set none."""
        goal = self.definition.goal_kg
        return None if goal is None else min(Decimal(1), max(Decimal(0), self.total.saving_kg / goal))

    @property
    def kg_per_portion(self) -> Decimal | None:
        return self.total.kg_per_portion


def board_at(slug: str) -> PaybackBoard:
    """The school's public board. Raises NotFound, also where it is not public."""
    board = (
        PaybackBoard.objects.select_related("kitchen__authority").filter(slug=slug, is_public=True).first()
    )
    if board is None:
        raise NotFound
    return board


def definition_on(board: PaybackBoard, day: date) -> tuple[PaybackDefinition, date]:
    """The definition that holds on the day, and since when the school counts. Raises NotFound where it has none."""
    versions = list(board.definitions.filter(valid_from__lte=day).order_by("version"))
    if not versions:
        raise NotFound
    return versions[-1], min(each.valid_from for each in versions)


def board_now(board: PaybackBoard, *, now: datetime) -> BoardNow:
    """Seven statements. On a day without a menu the board shows the latest day that had one."""
    today = now.astimezone(STOCKHOLM).date()
    definition, since = definition_on(board, today)
    days = days_read(board.kitchen, first=since, last=today)
    shown_day = next((each for each in reversed(days) if each.day == today or each.is_locked), None)
    total = total_of(each.outcome for each in days if each.day < today or _is_over(each, now))
    told = equivalent_of(total.saving_kg, [each.equivalent for each in equivalents()], turn=today.toordinal())
    counts, method, guests = _counts(shown_day, now=now) if shown_day else ({}, None, None)
    outcome = shown_day.outcome if shown_day and _is_over(shown_day, now) else None
    told_by_now = outcome is not None or method is not Method.TAPS
    hidden = bool(shown_day and shown_day.outcome.count and not counts and told_by_now)
    return BoardNow(
        board=board,
        definition=definition,
        at=now,
        day=shown_day.day if shown_day else today,
        is_today=shown_day is not None and shown_day.day == today,
        dishes=_dishes(shown_day, counts) if shown_day else (),
        method=method,
        hidden=hidden,
        guests_told=guests,
        saving_kg=None
        if outcome is None or outcome.saving_kg is None or hidden
        else _rounded(outcome.saving_kg),
        saving_at_least=outcome is not None and outcome.at_least,
        total=total,
        total_kg=two_figures(total.saving_kg, at_least=True),
        since=since,
        amount=told.amount if told else None,
        equivalent=next(
            (each for each in equivalents() if told and each.equivalent is told.equivalent), None
        ),
        left_out=shown_day.outcome.left_out if shown_day else None,
        is_over=shown_day is not None and _is_over(shown_day, now),
    )


def _rounded(saving_kg: Decimal) -> Decimal:
    return two_figures(saving_kg, at_least=True)


def _is_over(read: DayRead, now: datetime) -> bool:
    return now >= read.menu_day.service_at + SERVICE_LASTS


def _dishes(read: DayRead, counts: Mapping[str, int]) -> list[BoardDish]:
    order: list[MenuDish | None] = [read.standard, read.payback]
    return [
        BoardDish(
            role=dish.role,
            name=dish.recipe_version.recipe.name,
            co2e_kg=dish.co2e_kg,
            count=counts.get(dish.role),
        )
        for dish in order
        if dish is not None
    ]


def _counts(read: DayRead, *, now: datetime) -> tuple[Mapping[str, int], Method | None, int | None]:
    """What may be told of the choices: after service the day's, during it the safe steps of the taps."""
    best = next((found for method in Method if (found := read.count_by(method))), None)
    if best is None:
        return {}, None, None
    if best.method is Method.TAPS and not _is_over(read, now):
        live = live_counts(_quarters(read, before=quarter_of(now)))
        return live, best.method, sum(live.values()) or None
    split = shown({DishRole.STANDARD.value: best.standard, DishRole.PAYBACK.value: best.payback})
    told = {role: count for role, count in split.cells.items() if count is not None}
    return told, best.method, split.total


def _quarters(read: DayRead, *, before: datetime) -> list[Mapping[str, int]]:
    """Taps of each closed quarter-hour."""
    rows = Tap.objects.filter(menu_day=read.menu_day, quarter__lt=before).values_list("quarter", "role")
    steps: defaultdict[datetime, dict[str, int]] = defaultdict(lambda: dict.fromkeys(DishRole.values, 0))
    for quarter, role in rows:
        steps[quarter][role] += 1
    return [steps[quarter] for quarter in sorted(steps)]
