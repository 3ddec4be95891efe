"""What the page of needs tells is what ordering it would give, though it reads later lots only of what the first do not fill."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.ground.trail import acting
from kitchens.actions.menus import DishPlan, plan_day
from kitchens.actions.recipes import LineDraft, RecipeDraft, save_recipe
from kitchens.models import DishRole
from orders.queries.checking import asked_lines, check_order
from orders.queries.needs import NeedDay, needs_page
from tests.factories import parts
from tests.factories.agreement_parts import Ware, make_agreement
from tests.factories.specs import Farm, Goods, PackOf, Terms
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db

GOODS = [
    Goods(name=name, packs=(PackOf(size),))
    for name, size in [("Potatis", 5), ("Morot", 5), ("Palsternacka", 2), ("Rödbeta", 10), ("Kålrot", 5)]
]
NAMES = [goods.name for goods in GOODS]
LATER = Terms(
    kind="framework",
    regime="directive",
    allotment="ranking",
    ceiling_sek=Decimal(100_000),
    ceiling_kg=None,
    valid_from=date(2026, 2, 1),
    valid_to=date(2027, 12, 31),
    signed=True,
    terminated_on=None,
    delivers_after_end=False,
    posted_stock_is_an_answer=True,
    part_call_off_allowed=True,
    authority_named=True,
)


def world_of(farms: list[Farm], *, of: Sequence[str] = NAMES, ceiling_sek: int = 100_000) -> World:
    """All goods are in stock; those of these names lie in the agreement."""
    goods = [replace(each, in_lot=each.name in of) for each in GOODS]
    return make_world(farms=farms, products=goods, ceiling_sek=ceiling_sek)


def another_agreement(world: World, terms: Terms, farms: list[Farm], *, of: Sequence[str] = NAMES) -> None:
    """An agreement of the same authority over goods of these names; `farms` says who is a party and at what price."""
    wares = [
        Ware(goods=goods, product=product, packs=world.packs[product.pk])
        for goods, product in zip(GOODS, world.products, strict=True)
        if goods.name in of
    ]
    with acting(parts.TESTS):
        make_agreement(
            terms, world.need, world.officer, list(zip(farms, world.suppliers, strict=True)), wares
        )


def day_of(world: World, kg: dict[str, Decimal]) -> NeedDay:
    lines = [
        LineDraft(name=product.name_sv, kg=kg[product.name_sv], product_id=product.pk)
        for product in world.products
        if product.name_sv in kg
    ]
    version = save_recipe(
        authority=world.authority, draft=RecipeDraft("Soppa", Decimal(1), lines), by=world.by
    )
    menu_day = world.delivery_date + timedelta(days=1)
    plan_day(
        kitchen=world.kitchen, day=menu_day, dishes=[DishPlan(DishRole.STANDARD, version.pk, 1)], by=world.by
    )
    with time_machine.travel(world.now, tick=False):
        (day,) = needs_page(kitchen=world.kitchen, first=menu_day, last=menu_day, now=world.now).days
    return day


def as_ordered(world: World, day: NeedDay) -> dict[int, tuple[tuple[str, ...], Decimal, Decimal]]:
    """Farms, SEK and what is missing, by product, of an order for what the page asks for; every lot is read for it."""
    checked = check_order(
        kitchen=world.kitchen,
        delivery_date=day.day,
        lines=asked_lines(day.wanted),
        arrived_at=world.now,
    )
    return {
        each.wanted.product_id: (
            tuple(dict.fromkeys(part.party.supplier_name for part in each.parts)),
            sum((part.net_sek for part in each.parts), Decimal(0)),
            each.missing,
        )
        for each in checked.allotments
    }


def as_told(day: NeedDay) -> dict[int, tuple[tuple[str, ...], Decimal, Decimal]]:
    return {row.product_id: (row.farms, row.net_sek, row.missing) for row in day.rows if row.asked > 0}


@pytest.mark.parametrize("seed", range(12))
def test_the_page_tells_what_an_order_would_give(seed: int) -> None:
    draw = Random(seed)

    def farms() -> list[Farm]:
        return [
            Farm(
                name=name,
                rank=rank,
                price=draw.choice([10, 12]),
                stock={name: draw.choice([20, 60]) for name in draw.sample(NAMES, 3)},
            )
            for rank, name in enumerate(["Björkhaga", "Ekbacken", "Åsen"], start=1)
        ]

    world = world_of(farms(), ceiling_sek=draw.choice([100, 500, 100_000]))
    room = Decimal(draw.choice([150, 400, 100_000]))
    another_agreement(world, replace(LATER, ceiling_sek=room), farms())
    wanted = {name: Decimal(draw.choice([5, 15, 35])) for name in NAMES}
    day = day_of(world, wanted)
    assert as_told(day) == as_ordered(world, day)


def test_of_goods_that_the_first_lot_gives_no_later_one_is_read() -> None:
    world = world_of([Farm(stock=100)])
    another_agreement(world, LATER, [Farm(stock=100)])
    with CaptureQueriesContext(connection) as asked:
        day = day_of(world, {"Potatis": Decimal(20)})
    assert [row.missing for row in day.rows] == [0]
    assert readings(asked) == ["first"]


def test_what_a_later_lot_gives_to_one_is_no_longer_there_for_those_that_asked_it_first() -> None:
    """Swede is short in its own agreement and takes the whole room of the carrots', which then fall to the third."""
    world = world_of(
        [Farm(stock={"Kålrot": 5, "Morot": 100}), Farm(name="Ekbacken", rank=None, stock=100)], of=["Kålrot"]
    )
    ekbacken = [Farm(rank=None), Farm(name="Ekbacken", rank=1)]
    second = replace(LATER, ceiling_sek=Decimal(150))
    another_agreement(world, second, ekbacken, of=["Kålrot", "Morot"])
    third = replace(LATER, valid_from=date(2026, 3, 1))
    another_agreement(world, third, [Farm(), Farm(rank=None)], of=["Morot"])
    with CaptureQueriesContext(connection) as asked:
        day = day_of(world, {"Kålrot": Decimal(20), "Morot": Decimal(10)})
    assert [row.farms for row in day.rows] == [("Björkhaga gård", "Ekbacken"), ("Björkhaga gård",)]
    assert as_told(day) == as_ordered(world, day)
    assert readings(asked) == ["first", "all", "all"]


def test_an_agreement_that_has_ended_is_not_the_first_to_be_asked() -> None:
    world = world_of([Farm(stock=100)])
    another_agreement(
        world, replace(LATER, valid_from=date(2025, 1, 1), valid_to=date(2026, 10, 31)), [Farm(price=9)]
    )
    with CaptureQueriesContext(connection) as asked:
        day = day_of(world, {"Potatis": Decimal(20)})
    assert as_told(day) == as_ordered(world, day)
    assert [(row.farms, row.net_sek) for row in day.rows] == [(("Björkhaga gård",), Decimal(200))]
    assert readings(asked) == ["first"]


def readings(asked: CaptureQueriesContext) -> list[str]:
    """Of each time that the terms were read: how many lots of each product."""
    return [
        "first" if "DISTINCT ON (product_id)" in each["sql"] else "all"
        for each in asked.captured_queries
        if "market_agreementprice" in each["sql"]
    ]
