"""Steps of the walk, for tests of the doors further on."""

from datetime import timedelta
from decimal import Decimal

from config.ground.trail import Actor
from orders.actions.answering import confirm
from orders.actions.closing import close_supplier_run
from orders.actions.handing_over import HandedLine, hand_over
from orders.actions.placing import place_order
from orders.models import PurchaseOrder
from orders.queries.checking import AskedLine
from tests.factories.world import Farm, Goods, World, make_world

JOB = Actor.job("tests")


def place(world: World, quantity: int = 10) -> int:
    reply = place_order(
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=[AskedLine(product_id=world.product.pk, quantity=Decimal(quantity))],
        arrived_at=world.now,
        by=world.by,
    )
    return int(reply["order"])


def close(world: World) -> PurchaseOrder:
    run = world.supplier_run
    close_supplier_run(run_id=run.pk, now=run.cut_off + timedelta(seconds=1), by=JOB)
    return PurchaseOrder.objects.get(supplier=world.supplier)


def answer(world: World) -> PurchaseOrder:
    order = close(world)
    confirm(purchase_order_id=order.pk, packs=None, now=world.now, by=world.by)
    return order


def bring(world: World) -> PurchaseOrder:
    order = answer(world)
    lines = [HandedLine(line_id=line.pk, packs=line.packs, lot_number="L1") for line in order.lines.all()]
    hand_over(purchase_order_id=order.pk, hub_id=world.hub.pk, lines=lines, by=world.by)
    return order


def neighbour(world: World) -> World:
    """Another authority that buys of the same farms over the same hub."""
    farms = [Farm(rank=place) for place, _ in enumerate(world.suppliers, start=1)]
    return make_world(beside=world, farms=farms, products=[Goods() for _ in world.products])
