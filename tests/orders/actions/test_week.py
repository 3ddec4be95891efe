"""A line's whole way: placed, closed, answered, handed over, received, returned, tallied, proven."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from config.ground.models import OutboxMessage
from config.ground.trail import Actor
from market.models import Commitment
from orders.actions.answering import confirm
from orders.actions.closing import close_supplier_run
from orders.actions.handing_over import HandedLine, hand_over
from orders.actions.placing import place_order
from orders.actions.receiving import ReceivedLine, receive, return_goods
from orders.actions.tallying import tally_dirty
from orders.models import (
    CallOff,
    CallOffQuantity,
    GoodsLot,
    GoodsReturn,
    HandOver,
    HandOverLine,
    Movement,
    PurchaseOrder,
    Receipt,
    Tally,
)
from orders.queries.balances import unproven_balances
from orders.queries.checking import AskedLine
from orders.refusals import AnsweredAlready, MoreThanThereIs, RunNotDue
from tests.factories.world import Farm, Goods, PackOf, World, make_world
from tests.orders.actions.test_placing import place

pytestmark = pytest.mark.django_db
JOB = Actor.job("tests")


def closed_world(quantity: int = 20, **extra: Any) -> tuple[World, PurchaseOrder]:
    world = make_world(**extra)
    place(world, quantity)
    after = world.supplier_run.cut_off + timedelta(seconds=1)
    close_supplier_run(run_id=world.supplier_run.pk, now=after, by=JOB)
    return world, PurchaseOrder.objects.get()


def test_closing_makes_one_purchase_order_with_its_mail() -> None:
    world, order = closed_world()
    line = order.lines.get()
    assert line.packs == 4
    assert order.net_sek == line.net_sek == CallOff.objects.get().net_sek
    assert OutboxMessage.objects.get().cause_id == order.pk
    assert close_supplier_run(run_id=world.supplier_run.pk, now=world.now, by=JOB).already
    assert not unproven_balances()


def test_a_run_is_not_closed_before_its_cut_off() -> None:
    world = make_world()
    with pytest.raises(RunNotDue):
        close_supplier_run(run_id=world.supplier_run.pk, now=world.supplier_run.cut_off, by=JOB)


def test_the_whole_walk_books_each_quantity() -> None:
    world, order = closed_world()
    confirm(
        purchase_order_id=order.pk,
        packs={order.lines.get().pk: 3},
        reason="frost",
        now=world.now,
        by=world.by,
    )
    call_off = CallOff.objects.get()
    hand_over(
        purchase_order_id=order.pk,
        hub_id=world.hub.pk,
        lines=[HandedLine(line_id=order.lines.get().pk, packs=3, lot_number="L1")],
        by=world.by,
    )
    receive(
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=[ReceivedLine(call_off_id=call_off.pk, delivered=2, rejected=1, reason="krossad")],
        by=world.by,
    )
    return_goods(call_off_id=call_off.pk, kitchen=world.kitchen, packs=1, reason="mögel", by=world.by)
    quantity = CallOffQuantity.objects.get()
    booked = [quantity.confirmed, quantity.declined, quantity.delivered, quantity.rejected, quantity.returned]
    assert [int(packs) for packs in booked] == [3, 1, 2, 1, 1]
    assert Commitment.objects.get().net_sek == Decimal(50)
    assert not unproven_balances()
    assert tally_dirty(by=JOB) > 0
    assert Tally.objects.get(basis="delivered").kg == Decimal(5)
    assert Tally.objects.get(basis="ordered").kg == Decimal(20)
    assert Movement.objects.filter(goods_lot__number="L1").count() == 4


def test_each_paper_stands_at_the_time_it_was_told_of() -> None:
    world, order = closed_world()
    closed_at = world.supplier_run.cut_off + timedelta(seconds=1)
    answered, brought, received, sent = (closed_at + timedelta(hours=hours) for hours in (1, 40, 42, 70))
    line, call_off = order.lines.get(), CallOff.objects.get()
    confirm(purchase_order_id=order.pk, packs=None, now=answered, by=world.by)
    handed = [HandedLine(line_id=line.pk, packs=4)]
    hand_over(purchase_order_id=order.pk, hub_id=world.hub.pk, lines=handed, at=brought, by=world.by)
    came = [ReceivedLine(call_off_id=call_off.pk, delivered=4)]
    receive(kitchen=world.kitchen, delivery_date=world.delivery_date, lines=came, at=received, by=world.by)
    return_goods(
        call_off_id=call_off.pk, kitchen=world.kitchen, packs=1, reason="mögel", at=sent, by=world.by
    )
    assert dict(Movement.objects.values_list("kind", "at")) == {
        "ordered": closed_at,
        "confirmed": answered,
        "handed_over": brought,
        "delivered": received,
        "returned": sent,
    }
    assert HandOver.objects.get().at == brought
    assert (Receipt.objects.get().at, GoodsReturn.objects.get().at) == (received, sent)
    assert (order.created_at, call_off.placed_at, call_off.order.placed_at) == (
        closed_at,
        world.now,
        world.now,
    )


def test_what_did_not_come_at_all_is_told_line_by_line() -> None:
    """Two packs of one product under one lot number are one goods lot; a line that is not named came to nothing."""
    world = make_world(
        products=[Goods(packs=(PackOf(5), PackOf(10))), Goods(name="Morot", food="carrot")],
        farms=[Farm(stock=200)],
    )
    place(world, 15)
    place_order(
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=[AskedLine(product_id=world.products[1].pk, quantity=Decimal(10))],
        arrived_at=world.now,
        by=world.by,
    )
    after = world.supplier_run.cut_off + timedelta(seconds=1)
    close_supplier_run(run_id=world.supplier_run.pk, now=after, by=JOB)
    order = PurchaseOrder.objects.get()
    confirm(purchase_order_id=order.pk, packs=None, now=after, by=world.by)
    lines = list(order.lines.order_by("pk"))
    named = [line for line in lines if line.product_id == world.product.pk]
    hand_over(
        purchase_order_id=order.pk,
        hub_id=world.hub.pk,
        lines=[HandedLine(line_id=line.pk, packs=line.packs, lot_number=" P-1 ") for line in named],
        by=world.by,
    )
    assert GoodsLot.objects.get().number == "P-1"
    told = dict(HandOverLine.objects.values_list("purchase_order_line", "packs"))
    assert told == {line.pk: line.packs if line in named else 0 for line in lines}
    assert not unproven_balances()


def test_a_purchase_order_is_answered_once() -> None:
    world, order = closed_world()
    confirm(purchase_order_id=order.pk, packs=None, now=world.now, by=world.by)
    with pytest.raises(AnsweredAlready):
        confirm(purchase_order_id=order.pk, packs=None, now=world.now, by=world.by)


def test_nobody_confirms_more_than_was_ordered() -> None:
    world, order = closed_world()
    with pytest.raises(MoreThanThereIs):
        confirm(purchase_order_id=order.pk, packs={order.lines.get().pk: 5}, now=world.now, by=world.by)
