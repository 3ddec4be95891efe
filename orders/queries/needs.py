"""What a kitchen's menu needs, laid on delivery days and judged as an order would be: nothing is written.

A number of statements that grows with the delivery days (a week has two or three) and not with goods or dishes.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum

from kitchens.models import Kitchen, MenuDay
from kitchens.queries.baskets import WantedLine
from kitchens.queries.menus import menu_days
from kitchens.queries.recipes import product_of, read_versions
from kitchens.rules.menus import Serving, needs_of
from market.models import Product
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
from market.queries.judging import Facts, facts_for
from market.queries.names import goods_name, unit_name
from market.rules.allotment import lot_in_turn
from market.rules.calendar import STOCKHOLM
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
    farms: tuple[str, ...]
    net_sek: Decimal
    missing: Decimal
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
    keys = {key for of_day in needs.values() for key in of_day}
    products = Product.objects.only("name_sv", "name_en", "sort_key", "base_unit", "kg_per_base").in_bulk(
        [pk for key in keys if (pk := product_of(key)) is not None]
    )
    confirmed = confirmed_paragraphs() if needs else frozenset()
    return NeedsPage(
        first=first,
        last=last,
        days=tuple(
            _day(
                kitchen,
                delivery,
                by_delivery[delivery],
                needs[delivery],
                products,
                confirmed=confirmed,
                now=now,
            )
            for delivery in sorted(needs)
        ),
        elsewhere=_elsewhere(needs, names),
        weightless=tuple(
            sorted(product.name_sv for product in products.values() if product.kg_per_base is None)
        ),
        too_late=tuple(too_late),
        dishes=sum(len(each.dishes.all()) for each in planned),
    )


Needs = Mapping[date, Mapping[str, Decimal]]


def _needs(by_delivery: Mapping[date, Sequence[MenuDay]]) -> tuple[Needs, Mapping[str, str]]:
    """kg by goods of each delivery day; the recipes are read once for all days."""
    versions = {
        dish.recipe_version_id for days in by_delivery.values() for each in days for dish in each.dishes.all()
    }
    read = read_versions(versions)
    book = read.book
    needs = {
        delivery: needs_of(
            (
                Serving(str(dish.recipe_version_id), Decimal(dish.portions))
                for each in days
                for dish in each.dishes.all()
            ),
            book,
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
    products: Mapping[int, Product],
    *,
    confirmed: Confirmed,
    now: datetime,
) -> NeedDay:
    wanted = {
        pk: base
        for key, kg in needs.items()
        if (pk := product_of(key)) is not None
        and kg > 0
        and (base := in_base_units(kg=kg, kg_per_base=products[pk].kg_per_base)) is not None
    }
    facts = facts_for(
        authority_id=kitchen.authority_id,
        hub_id=kitchen.hub_id,
        delivery_date=delivery,
        ordered_on=now.astimezone(STOCKHOLM).date(),
        product_ids=list(wanted),
    )
    ordered = _ordered(kitchen, delivery)
    asked = {
        pk: in_whole_packs(max(NOTHING, base - ordered.get(pk, NOTHING)), sizes=_pack_sizes(facts, pk))
        for pk, base in wanted.items()
    }
    lines = [WantedLine(product_id=pk, quantity=quantity) for pk, quantity in asked.items() if quantity > 0]
    checked = (
        check_order(
            kitchen=kitchen,
            delivery_date=delivery,
            lines=asked_lines(lines),
            arrived_at=now,
            facts=facts,
        )
        if lines
        else None
    )
    number = {line.product_id: place for place, line in enumerate(lines)}
    units = {unit: unit_name(unit) for unit in Product.Unit.values}
    rows = [
        _row(
            products[pk],
            base,
            ordered.get(pk, NOTHING),
            asked[pk],
            checked,
            number.get(pk),
            unit=units[products[pk].base_unit],
            confirmed=confirmed,
        )
        for pk, base in wanted.items()
    ]
    rows.sort(key=lambda row: products[row.product_id].sort_key)
    return NeedDay(day=delivery, for_days=tuple(each.day for each in menu), rows=tuple(rows))


def _pack_sizes(facts: Facts, product_id: int) -> set[Decimal]:
    """The packs of the farm that is asked first; where it offers none, of the next."""
    for lot in facts.lots.get(product_id, ()):
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


def _row(
    product: Product,
    needed: Decimal,
    ordered: Decimal,
    asked: Decimal,
    checked: Checked | None,
    number: int | None,
    *,
    unit: str,
    confirmed: Confirmed,
) -> NeedRow:
    row = NeedRow(
        product_id=product.pk,
        name=goods_name(product),
        unit=unit,
        needed=needed,
        ordered=ordered,
        asked=asked,
        farms=(),
        net_sek=NOTHING,
        missing=NOTHING,
    )
    if checked is None or number is None:
        return row
    allotment = checked.allotments[number]
    finding = checked.refusal(allotment) if allotment.missing > 0 else None
    reasons = main_reasons(told(finding, unit=unit, confirmed=confirmed))
    return NeedRow(
        product_id=product.pk,
        name=goods_name(product),
        unit=unit,
        needed=needed,
        ordered=ordered,
        asked=asked,
        farms=tuple(dict.fromkeys(part.party.supplier_name for part in allotment.parts)),
        net_sek=sum((part.net_sek for part in allotment.parts), NOTHING),
        missing=allotment.missing,
        verdicts=reasons,
        ways_out=tuple(lawful_ways(ways_out_of(finding, unit=unit), reasons)),
    )
