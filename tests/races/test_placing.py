"""Kitchens race for scarce pools and for one ceiling. Each race has a twin that shows it without the guard."""

import random
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import connection

from config.ground.trail import Once
from market.actions import booking
from market.models import LotBalance, StockPool
from orders.actions import placing
from orders.actions.placing import place_order
from orders.models import CallOff, Order
from orders.queries.balances import unproven_balances
from orders.queries.checking import AskedLine
from tests.factories.world import Farm, Goods, World, make_world
from tests.races.crowd import Outcome, crowd

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

SIZES = [
    pytest.param(60, 8, id="60 orders, 8 threads"),
    pytest.param(400, 16, id="400 orders, 16 threads", marks=pytest.mark.long),
]
GOODS = 40


def scarce_world(*, orders: int, ceiling_sek: int = 10_000_000) -> World:
    """Forty kinds of goods, of each about half of what the kitchens will ask for."""
    stock = Decimal(orders * 5 // 2)
    names = [f"Vara {number:02}" for number in range(GOODS)]
    return make_world(
        farms=[Farm(stock=stock)],
        products=[Goods(name=name) for name in names],
        kitchens=4,
        ceiling_sek=ceiling_sek,
    )


def order_of(world: World, *, seed: int) -> dict[str, Any]:
    chance = random.Random(seed)
    products = chance.sample(world.products, k=chance.randint(1, GOODS))
    return place_order(
        kitchen=world.kitchens[seed % len(world.kitchens)],
        delivery_date=world.delivery_date,
        lines=[AskedLine(product_id=product.pk, quantity=Decimal(5)) for product in products],
        arrived_at=world.now,
        by=world.by,
    )


def race(world: World, *, orders: int, threads: int) -> Outcome:
    return crowd([partial(order_of, world, seed=seed) for seed in range(orders)], threads=threads)


@pytest.mark.parametrize(("orders", "threads"), SIZES)
def test_scarce_pools_are_never_oversold_and_no_order_is_lost(orders: int, threads: int) -> None:
    world = scarce_world(orders=orders)
    outcome = race(world, orders=orders, threads=threads)
    assert outcome.errors == []
    placed = [reply for reply in outcome.replies if reply["order"]]
    assert Order.objects.count() == len(placed)
    assert all(pool.reserved <= pool.quantity for pool in StockPool.objects.all())
    told = sum(Decimal(line["given"]) for reply in outcome.replies for line in reply["lines"])
    assert sum(CallOff.objects.values_list("base_quantity", flat=True)) == told
    assert unproven_balances() == []


@pytest.mark.long
@pytest.mark.parametrize(("orders", "threads"), SIZES)
def test_one_ceiling_is_never_passed(orders: int, threads: int) -> None:
    world = scarce_world(orders=orders, ceiling_sek=orders * 100)
    outcome = race(world, orders=orders, threads=threads)
    assert outcome.errors == []
    lot = LotBalance.objects.get(authority=None, supplier=None)
    assert lot.ceiling_sek is not None
    assert lot.committed_sek <= lot.ceiling_sek
    # The cheapest line that could still be ordered no longer fits, or all was ordered.
    assert lot.ceiling_sek - lot.committed_sek < Decimal(50) or not any(
        line["finding"] for reply in outcome.replies for line in reply["lines"]
    )
    assert unproven_balances() == []


@pytest.fixture
def without_guards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Placing with no lock, no filtered update and no CHECK: read, check, write."""
    unfiltered = booking._BOOK.replace("AND p.quantity - p.reserved >= t.base", "").replace(
        "AND b.ceiling_sek - b.committed_sek >= t.sek", ""
    )
    assert unfiltered != booking._BOOK
    monkeypatch.setattr(booking, "_BOOK", unfiltered)
    monkeypatch.setattr(placing, "lock_stock_and_balances", lambda **_: None)
    checks = {
        "market_stockpool": ("never_oversold", "CHECK (reserved >= 0 AND reserved <= quantity)"),
        "market_lotbalance": (
            "balance_within_ceiling",
            (
                "CHECK ((ceiling_sek IS NULL OR committed_sek <= ceiling_sek + overshoot_sek)"
                " AND (ceiling_kg IS NULL OR committed_kg <= ceiling_kg + overshoot_kg))"
            ),
        ),
    }
    with connection.cursor() as cursor:
        for table, (name, _) in checks.items():
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE market_stockpool, market_lotbalance CASCADE")
        for table, (name, check) in checks.items():
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {check}")


@pytest.mark.usefixtures("without_guards")
def test_twin_without_the_guards_the_same_race_oversells_or_deadlocks() -> None:
    world = scarce_world(orders=60)
    outcome = race(world, orders=60, threads=8)
    oversold = [pool for pool in StockPool.objects.all() if pool.reserved > pool.quantity]
    assert oversold or outcome.errors_with("deadlock")


def test_the_same_key_from_many_tabs_places_once() -> None:
    world = make_world(farms=[Farm(stock=1000)])
    once = Once.of(endpoint="orders", key="one tap", body={"quantity": 20})
    tap = partial(
        place_order,
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=[AskedLine(product_id=world.product.pk, quantity=Decimal(20))],
        arrived_at=world.now,
        once=once,
        by=world.by,
    )
    outcome = crowd([tap] * 16, threads=16)
    assert outcome.errors == []
    assert Order.objects.count() == 1
    assert all(reply == outcome.replies[0] for reply in outcome.replies)


def test_twin_without_the_key_each_tap_is_an_order() -> None:
    world = make_world(farms=[Farm(stock=1000)])
    tap = partial(
        place_order,
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=[AskedLine(product_id=world.product.pk, quantity=Decimal(20))],
        arrived_at=world.now,
        by=world.by,
    )
    crowd([tap] * 16, threads=16)
    assert Order.objects.count() == 16
