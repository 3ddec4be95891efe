"""Placing an order: what is lawful is written and booked, the rest stays in the basket."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.ground.models import TrailEntry
from config.ground.refusals import InvalidInput, KeyUsedForAnotherBody
from config.ground.trail import Once
from kitchens.models import BasketLine
from market.models import Commitment, LotBalance
from orders.actions.placing import place_order
from orders.models import CallOff, Order, OrderLine, RefusedLine, TallyDirty
from orders.queries.checking import AskedLine
from tests.factories.world import Farm, World, make_world

pytestmark = pytest.mark.django_db


def place(world: World, quantity: object = 20, **extra: Any) -> dict[str, Any]:
    return place_order(
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=[AskedLine(product_id=world.product.pk, quantity=Decimal(str(quantity)), **extra)],
        arrived_at=world.now,
        by=world.by,
    )


def test_a_lawful_line_becomes_a_call_off_with_promise_and_finding() -> None:
    world = make_world()
    reply = place(world)
    call_off = CallOff.objects.get(order_id=reply["order"])
    assert call_off.base_quantity == Decimal(20)
    assert call_off.promise["origin_country"] == "SE"
    assert {verdict["rule"] for verdict in call_off.finding["verdicts"]} >= {
        "agreement_in_force",
        "ceiling_room",
    }
    assert all(verdict["ok"] for verdict in call_off.finding["verdicts"])


def test_stock_and_balances_move_with_the_commitment() -> None:
    world = make_world()
    place(world)
    world.pool.refresh_from_db()
    commitment = Commitment.objects.get()
    assert world.pool.reserved == commitment.base_quantity == Decimal(20)
    assert list(LotBalance.objects.values_list("committed_sek", flat=True)) == [commitment.net_sek] * 3


def test_the_rest_goes_to_rank_two_when_posted_stock_is_an_answer() -> None:
    world = make_world(farms=[Farm(stock=15), Farm(stock=100, rank=2)])
    reply = place(world, 20)
    assert [part["quantity"] for part in reply["lines"][0]["parts"]] == ["15.000", "5.000"]


def test_a_refused_line_stays_in_the_basket_with_reason_and_ways_out() -> None:
    world = make_world(farms=[Farm(stock=15)])
    reply = place(world, 20)
    line = BasketLine.objects.get()
    assert reply["lines"][0]["missing"] == "5.000"
    assert line.quantity == Decimal(5)
    assert line.refused is not None
    assert line.refused["verdicts"][-1]["rule"] == "stock"
    assert RefusedLine.objects.get().missing == Decimal(5)


def test_a_line_that_takes_no_part_is_refused_whole() -> None:
    world = make_world(farms=[Farm(stock=15)])
    reply = place(world, 20, accept_part=False)
    assert reply["order"] is None
    assert not Order.objects.exists()
    assert BasketLine.objects.get().quantity == Decimal(20)


def test_nothing_is_ordered_after_the_cut_off() -> None:
    world = make_world()
    late = world.supplier_run.cut_off + timedelta(seconds=1)
    reply = place_order(
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=[AskedLine(product_id=world.product.pk, quantity=Decimal(20))],
        arrived_at=late,
        by=world.by,
    )
    assert reply["order"] is None
    assert reply["lines"][0]["finding"]["verdicts"][0]["rule"] == "cut_off"


def test_the_same_key_gives_the_same_reply_and_one_order() -> None:
    world = make_world()
    once = Once.of(endpoint="orders", key="k1", body={"quantity": 20})
    asked: dict[str, Any] = {
        "kitchen": world.kitchen,
        "delivery_date": world.delivery_date,
        "lines": [AskedLine(product_id=world.product.pk, quantity=Decimal(20))],
        "arrived_at": world.now,
        "by": world.by,
    }
    first = place_order(**asked, once=once)
    assert place_order(**asked, once=once) == first
    assert Order.objects.count() == 1
    with pytest.raises(KeyUsedForAnotherBody):
        place_order(**asked, once=Once.of(endpoint="orders", key="k1", body={"quantity": 21}))


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "Infinity", "1e400", "0.0001", "1000001"])
def test_nonsense_is_refused(quantity: str) -> None:
    world = make_world()
    with pytest.raises(InvalidInput):
        place(world, quantity)


def test_placing_takes_the_same_statements_whatever_the_lines() -> None:
    world = make_world()
    with CaptureQueriesContext(connection) as taken:
        place(world)
    assert len(taken) <= 11, [query["sql"][:80] for query in taken]


def test_every_row_of_an_order_is_trailed_with_its_actor() -> None:
    world = make_world()
    place(world)
    trailed = TrailEntry.objects.filter(table_name__in=["orders_order", "orders_orderline", "orders_calloff"])
    assert set(trailed.values_list("actor", flat=True)) == {f"user:{world.manager.pk}"}
    assert trailed.count() == 3
    assert OrderLine.objects.count() == 1
    assert TallyDirty.objects.count() == 1
