"""Placing races with closing, two closings race, two tabs race."""

import threading
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from config.ground.refusals import ChangedMeanwhile
from config.ground.trail import Actor
from kitchens.models import Kitchen
from orders.actions import editing, placing
from orders.actions.closing import close_supplier_run
from orders.actions.editing import edit_order
from orders.actions.placing import place_order
from orders.models import CallOff, Order, OrderLine, PurchaseOrder, PurchaseOrderLink
from orders.queries.balances import unproven_balances
from orders.queries.checking import AskedLine
from tests.factories.world import Farm, Goods, World, make_world
from tests.races.crowd import Outcome, crowd

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
JOB = Actor.job("tests")


def order_potatoes(world: World, *, quantity: int = 5) -> dict[str, Any]:
    return place_order(
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=[AskedLine(product_id=world.product.pk, quantity=Decimal(quantity))],
        arrived_at=world.now,
        by=world.by,
    )


def close(world: World) -> object:
    after = world.supplier_run.cut_off + timedelta(seconds=1)
    return close_supplier_run(run_id=world.supplier_run.pk, now=after, by=JOB)


def left_out() -> int:
    """Placed call-offs that are in no purchase order though their run is closed."""
    return CallOff.objects.filter(state="placed", link=None).count()


def test_what_was_placed_is_in_the_purchase_order_or_was_refused() -> None:
    world = make_world(farms=[Farm(stock=10_000)], kitchens=4)
    deeds: list[Callable[[], Any]] = [partial(order_potatoes, world) for _ in range(60)]
    deeds.insert(30, partial(close, world))
    outcome = crowd(deeds, threads=8)
    assert outcome.errors == []
    replies = [reply for reply in outcome.replies if isinstance(reply, dict)]
    placed = [reply for reply in replies if reply["order"]]
    late = [reply for reply in replies if not reply["order"]]
    assert Order.objects.count() == len(placed)
    assert PurchaseOrderLink.objects.count() == len(placed)
    assert all(
        line["finding"]["verdicts"][-1]["rule"] == "cut_off" for reply in late for line in reply["lines"]
    )
    assert left_out() == 0
    assert unproven_balances() == []


def test_twin_without_holding_the_run_a_line_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run closes between judging and commit; without the share lock nobody notices."""
    world = make_world(farms=[Farm(stock=10_000)])
    closed = threading.Event()

    def close_meanwhile(_runs: object) -> None:
        if not closed.is_set():
            closed.set()
            assert crowd([partial(close, world)], threads=1).errors == []

    monkeypatch.setattr(placing, "lock_runs", close_meanwhile)
    order_potatoes(world)
    assert left_out() == 1


def test_a_run_closed_by_two_workers_has_one_purchase_order() -> None:
    world = make_world(farms=[Farm(stock=10_000)])
    for _ in range(5):
        order_potatoes(world)
    outcome = crowd([partial(close, world)] * 8, threads=8)
    assert outcome.errors == []
    assert PurchaseOrder.objects.count() == 1
    assert PurchaseOrderLink.objects.count() == 5


def two_tabs_world() -> World:
    return make_world(farms=[Farm(stock=10_000)], products=[Goods(), Goods(name="Lök"), Goods(name="Kål")])


def edit_from_two_tabs(world: World) -> tuple[int, Outcome]:
    """An order of potatoes is shown in two tabs; at the same moment one makes it onions, the other cabbage."""
    order_id = order_potatoes(world)["order"]
    edits = [
        partial(
            edit_order,
            kitchen=world.kitchen,
            order_id=order_id,
            version=1,
            lines=[AskedLine(product_id=product.pk, quantity=Decimal(10))],
            arrived_at=world.now,
            by=world.by,
        )
        for product in world.products[1:]
    ]
    return order_id, crowd(edits, threads=2)


def test_two_tabs_one_saves_and_the_other_sees_both() -> None:
    order_id, outcome = edit_from_two_tabs(two_tabs_world())
    assert len(outcome.replies) == 1
    (refused,) = outcome.errors
    assert isinstance(refused, ChangedMeanwhile)
    assert refused.figures["theirs"] != refused.figures["mine"]
    assert OrderLine.objects.filter(order_id=order_id, removed_at=None).count() == 1
    assert unproven_balances() == []


def test_twin_without_holding_the_order_both_tabs_save_and_nobody_asked_for_what_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both see version 1 before either has written: onions and cabbage are ordered."""
    both_have_read = threading.Barrier(2, timeout=10)

    def read_and_wait(kitchen: Kitchen, order_id: int) -> Order:
        order = Order.objects.get(pk=order_id, kitchen=kitchen)
        both_have_read.wait()
        return order

    monkeypatch.setattr(editing, "own_order", read_and_wait)
    order_id, outcome = edit_from_two_tabs(two_tabs_world())
    assert outcome.errors == []
    assert OrderLine.objects.filter(order_id=order_id, removed_at=None).count() == 2
