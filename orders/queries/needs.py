"""What a kitchen's menu needs, laid on delivery days and judged as an order would be: nothing is written.

A number of statements that grows with the delivery days (a week has two or three) and not with goods or dishes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter

from django.db.models import Sum

from kitchens.models import Kitchen, MenuDay
from kitchens.queries.baskets import WantedLine
from kitchens.queries.menus import menu_days
from kitchens.queries.recipes import product_of, read_book
from kitchens.rules.menus import Serving, needs_of
from market.queries.delivery import coming_days
from market.queries.findings import (
    Confirmed,
    ToldVerdict,
    ToldWayOut,
    confirmed_paragraphs,
    lawful_ways,
    main_reasons,
    told,
    ways_out_of,
)
from market.queries.judging import Facts, Reading, facts_for
from market.queries.names import name_column, unit_name
from market.rules.allotment import Allotment, lot_in_turn
from market.rules.calendar import STOCKHOLM
from market.rules.quantities import BaseUnit
from orders.models import CallOff
from orders.queries.checking import Checked, asked_lines, check_order
from orders.rules.needs import delivery_day_before, in_base_units, in_whole_packs

NOTHING = Decimal(0)
DAYS_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class NeedRow:
    """Goods of a delivery day in base units: what the menu needs, what is ordered, what is asked for in whole packs.

    ``farms`` are what the terms give; ``missing`` with its ``verdicts`` and ``ways_out`` is what can't be had.
    """

    product_id: int
    name: str
    unit: str
    needed: Decimal
    ordered: Decimal
    asked: Decimal
    farms: tuple[str, ...] = ()
    net_sek: Decimal = NOTHING
    missing: Decimal = NOTHING
    verdicts: tuple[ToldVerdict, ...] = ()
    ways_out: tuple[ToldWayOut, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedDay:
    """One delivery day: for which menu days, and its goods."""

    day: date
    for_days: tuple[date, ...]
    rows: tuple[NeedRow, ...]

    @property
    def net_sek(self) -> Decimal:
        return sum((row.net_sek for row in self.rows), NOTHING)

    @property
    def wanted(self) -> list[WantedLine]:
        return [
            WantedLine(product_id=row.product_id, quantity=row.asked) for row in self.rows if row.asked > 0
        ]

    @property
    def short(self) -> int:
        return sum(1 for row in self.rows if row.missing > 0)


@dataclass(frozen=True, slots=True)
class NeedsPage:
    """``elsewhere`` are goods that are no product here, in kg; ``weightless`` those whose weight nobody tells.

    ``too_late`` are menu days before which no delivery is left.
    """

    first: date
    last: date
    days: tuple[NeedDay, ...]
    elsewhere: tuple[tuple[str, Decimal], ...]
    weightless: tuple[str, ...]
    too_late: tuple[date, ...]
    dishes: int


def needs_page(*, kitchen: Kitchen, first: date, last: date, now: datetime) -> NeedsPage:
    """The needs of the menu days from first to last that are still to come."""
    today = now.astimezone(STOCKHOLM).date()
    planned = [day for day in menu_days(kitchen, first=max(first, today), last=last) if day.dishes.all()]
    open_days = [
        each.day
        for each in coming_days(hub_id=kitchen.hub_id, today=today, now=now, most=DAYS_LOOKED_AT)
        if each.is_open
    ]
    by_delivery: defaultdict[date, list[MenuDay]] = defaultdict(list)
    too_late = []
    for each in planned:
        delivery = delivery_day_before(each.day, open_days)
        if delivery is None:
            too_late.append(each.day)
        else:
            by_delivery[delivery].append(each)
    needs, names = _needs(by_delivery)
    confirmed = confirmed_paragraphs() if needs else frozenset()
    weightless: set[str] = set()
    days = [
        _day(
            kitchen,
            delivery,
            by_delivery[delivery],
            needs[delivery],
            weightless=weightless,
            confirmed=confirmed,
            now=now,
        )
        for delivery in sorted(needs)
    ]
    return NeedsPage(
        first=first,
        last=last,
        days=tuple(days),
        elsewhere=_elsewhere(needs, names),
        weightless=tuple(sorted(weightless)),
        too_late=tuple(too_late),
        dishes=sum(len(each.dishes.all()) for each in planned),
    )


Needs = Mapping[date, Mapping[str, Decimal]]
Allotted = Mapping[int, tuple[Checked, Allotment]]


def _needs(by_delivery: Mapping[date, Sequence[MenuDay]]) -> tuple[Needs, Mapping[str, str]]:
    """kg by goods of each delivery day; the recipes are read once for all days."""
    versions = {
        dish.recipe_version_id for days in by_delivery.values() for each in days for dish in each.dishes.all()
    }
    read = read_book(versions)
    needs = {
        delivery: needs_of(
            (
                Serving(str(dish.recipe_version_id), Decimal(dish.portions))
                for each in days
                for dish in each.dishes.all()
            ),
            read.recipes,
        )
        for delivery, days in by_delivery.items()
    }
    return needs, read.names


def _elsewhere(needs: Needs, names: Mapping[str, str]) -> tuple[tuple[str, Decimal], ...]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for of_day in needs.values():
        for key, kg in of_day.items():
            if product_of(key) is None:
                sums[names[key]] += kg
    return tuple(sorted(sums.items()))


def _day(
    kitchen: Kitchen,
    delivery: date,
    menu: Sequence[MenuDay],
    needs: Mapping[str, Decimal],
    *,
    weightless: set[str],
    confirmed: Confirmed,
    now: datetime,
) -> NeedDay:
    """A delivery day; the names of goods whose weight nobody tells are added to ``weightless``."""
    kg_of = {pk: kg for key, kg in needs.items() if kg > 0 and (pk := product_of(key)) is not None}
    facts = _facts(kitchen, delivery, kg_of, reading=Reading.FIRST_LOTS, now=now)
    in_language = attrgetter("name_en" if name_column() == "name_en" else "name")
    wanted: dict[int, Decimal] = {}
    for pk, kg in kg_of.items():
        goods = facts.goods[pk]
        base = in_base_units(kg=kg, kg_per_base=goods.kg_per_base)
        if base is None:
            weightless.add(in_language(goods))
        else:
            wanted[pk] = base
    ordered = _ordered(kitchen, delivery)
    in_turn = sorted(wanted, key=lambda pk: facts.goods[pk].sort_key)  # as the basket's lines will stand
    left = {pk: max(NOTHING, wanted[pk] - ordered.get(pk, NOTHING)) for pk in in_turn}
    asked, allotted = _judged(kitchen, delivery, left, facts=facts, now=now)
    units = {unit: unit_name(unit) for unit in BaseUnit}
    rows = []
    for pk in in_turn:
        goods = facts.goods[pk]
        row = NeedRow(
            product_id=pk,
            name=in_language(goods),
            unit=units[goods.unit],
            needed=wanted[pk],
            ordered=ordered.get(pk, NOTHING),
            asked=asked[pk],
        )
        rows.append(_given(row, *allotted[pk], confirmed=confirmed) if pk in allotted else row)
    return NeedDay(day=delivery, for_days=tuple(each.day for each in menu), rows=tuple(rows))


def _facts(
    kitchen: Kitchen, delivery: date, product_ids: Iterable[int], *, reading: Reading, now: datetime
) -> Facts:
    return facts_for(
        authority_id=kitchen.authority_id,
        hub_id=kitchen.hub_id,
        delivery_date=delivery,
        ordered_on=now.astimezone(STOCKHOLM).date(),
        product_ids=list(product_ids),
        reading=reading,
    )


def _judged(
    kitchen: Kitchen, delivery: date, left: Mapping[int, Decimal], *, facts: Facts, now: datetime
) -> tuple[Mapping[int, Decimal], Allotted]:
    """What is asked for, and what becomes of it. ``facts`` are those of the first lots.

    Most goods come of the lot that is asked first, and the later lots are read of those alone that it does not fill. What these
    then take may leave too little for others (lots share a ceiling): after that all are read.
    """
    of_first_lots = set(left)
    asked, allotted = _allotted(kitchen, delivery, left, facts=facts, now=now)
    for all_of_them in (False, True):
        short = {pk for pk in of_first_lots & allotted.keys() if allotted[pk][1].missing > 0}
        if not short:
            break
        more = of_first_lots if all_of_them else short
        facts = facts.joined(_facts(kitchen, delivery, more, reading=Reading.FARMS, now=now))
        of_first_lots = of_first_lots - more
        asked, allotted = _allotted(kitchen, delivery, left, facts=facts, now=now)
    return asked, allotted


def _pack_sizes(facts: Facts, product_id: int, *, today: date) -> set[Decimal]:
    """The packs of the farm that is asked first; where it offers none, of the next. Agreements that have ended come last."""
    lots = facts.lots.get(product_id, ())
    for lot in sorted(lots, key=lambda lot: lot.facts.last_day < today):
        for party in lot_in_turn(lot).parties:
            if party.offers:
                return {offer.pack.base_per_pack for offer in party.offers}
    return set()


def _ordered(kitchen: Kitchen, delivery: date) -> dict[int, Decimal]:
    """What stands in call-offs for the day, in base units."""
    rows = (
        CallOff.objects.filter(kitchen=kitchen, delivery_date=delivery, state=CallOff.State.PLACED)
        .values_list("product")
        .annotate(Sum("base_quantity"))
    )
    return dict(rows)


def _allotted(
    kitchen: Kitchen, delivery: date, left: Mapping[int, Decimal], *, facts: Facts, now: datetime
) -> tuple[Mapping[int, Decimal], Allotted]:
    """What is asked for of the goods that are still needed, in whole packs, and what becomes of it."""
    today = now.astimezone(STOCKHOLM).date()
    asked = {pk: in_whole_packs(base, sizes=_pack_sizes(facts, pk, today=today)) for pk, base in left.items()}
    lines = [WantedLine(product_id=pk, quantity=quantity) for pk, quantity in asked.items() if quantity > 0]
    if not lines:
        return asked, {}
    checked = check_order(
        kitchen=kitchen,
        delivery_date=delivery,
        lines=asked_lines(lines),
        arrived_at=now,
        facts=facts,
    )
    return asked, {
        line.product_id: (checked, allotment)
        for line, allotment in zip(lines, checked.allotments, strict=True)
    }


def _given(row: NeedRow, checked: Checked, allotment: Allotment, *, confirmed: Confirmed) -> NeedRow:
    given = NeedRow(
        product_id=row.product_id,
        name=row.name,
        unit=row.unit,
        needed=row.needed,
        ordered=row.ordered,
        asked=row.asked,
        farms=tuple(dict.fromkeys(part.party.supplier_name for part in allotment.parts)),
        net_sek=sum((part.net_sek for part in allotment.parts), NOTHING),
    )
    if allotment.missing <= 0:
        return given
    finding = checked.refusal(allotment)
    reasons = main_reasons(told(finding, unit=row.unit, confirmed=confirmed))
    return replace(
        given,
        missing=allotment.missing,
        verdicts=reasons,
        ways_out=tuple(lawful_ways(ways_out_of(finding, unit=row.unit), reasons)),
    )
