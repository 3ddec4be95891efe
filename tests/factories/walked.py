"""A small world whose lines have walked: ordered, closed, answered, handed over, received, tallied, by a seed."""

import random
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from config.ground.trail import Actor, acting
from market.models import Product, ProductCategory
from orders.actions.answering import confirm
from orders.actions.closing import close_supplier_run
from orders.actions.handing_over import HandedLine, hand_over
from orders.actions.placing import place_order
from orders.actions.receiving import ReceivedLine, receive, return_goods
from orders.actions.tallying import tally_dirty
from orders.models import CallOff, Movement, PurchaseOrder, PurchaseOrderLine
from orders.queries.checking import AskedLine
from tests.factories.shared import shared
from tests.factories.world import Farm, Goods, PackOf, World, make_world

JOB = Actor.job("tests")
FARMS = (Farm(stock=400), Farm(name="Åkerbo gård", rank=2, stock=400, price=12))
GOODS = (
    Goods(),
    Goods(name="Färs", packs=(PackOf(2, tolerance=Decimal("0.1")),), food="beef_boneless"),
    Goods(name="Örtsalt", food=None),
    Goods(name="Dill", unit="piece", kg_per_base=None, packs=(PackOf(10),), food=None),
)


@shared
def make_walked(seed: int, *, farms: Sequence[Farm] = FARMS, kitchens: int = 3, **terms: object) -> World:
    """A world in which every kitchen ordered something; some farms fell short, some goods were turned away."""
    chance = random.Random(seed)
    world = make_world(farms=farms, products=GOODS, kitchens=kitchens, **terms)  # type: ignore[arg-type]
    with acting(JOB):
        Product.objects.filter(name_sv="Färs").update(category=ProductCategory.objects.get(code="beef"))
    for kitchen in world.kitchens:
        wanted = chance.sample(world.products, chance.randint(2, len(world.products)))
        place_order(
            kitchen=kitchen,
            delivery_date=world.delivery_date,
            lines=[
                AskedLine(product_id=product.pk, quantity=Decimal(10 * chance.randint(1, 9)))
                for product in wanted
            ],
            arrived_at=world.now,
            by=world.by,
        )
    for run in world.supplier_runs.values():
        close_supplier_run(run_id=run.pk, now=run.cut_off + timedelta(seconds=1), by=JOB)
    for order in PurchaseOrder.objects.order_by("pk"):
        _answer_and_bring(world, order, chance)
    _receive(world, chance)
    tally(world)
    return world


def tally(_world: World) -> None:
    """Every day that changed, in all worlds."""
    while tally_dirty(by=JOB):
        pass


def _answer_and_bring(world: World, order: PurchaseOrder, chance: random.Random) -> None:
    lines = list(order.lines.order_by("pk"))
    short = {line.pk: line.packs - 1 for line in lines if chance.random() < 0.3}
    confirm(purchase_order_id=order.pk, packs=short, reason="frost", now=world.now, by=world.by)
    hand_over(
        purchase_order_id=order.pk,
        hub_id=world.hub.pk,
        lines=[
            HandedLine(line_id=line.pk, packs=packs, kg=_weighed(line, packs, chance))
            for line in lines
            if (packs := short.get(line.pk, line.packs))
        ],
        by=world.by,
    )


def _weighed(line: PurchaseOrderLine, packs: int, chance: random.Random) -> Decimal | None:
    if line.price_per != "kg" or line.kg is None:
        return None
    return (line.kg * packs / line.packs * chance.randint(96, 104) / 100).quantize(Decimal("0.001"))


def _receive(world: World, chance: random.Random) -> None:
    for kitchen in world.kitchens:
        due = CallOff.objects.filter(kitchen=kitchen, quantity__handed_over__gt=0).select_related("quantity")
        lines = []
        for call_off in due.order_by("pk"):
            packs = int(call_off.quantity.handed_over)
            bad = 1 if packs > 1 and chance.random() < 0.3 else 0
            lines.append(
                ReceivedLine(
                    call_off_id=call_off.pk,
                    delivered=packs - bad,
                    rejected=bad,
                    reason="krossad" if bad else "",
                )
            )
        if lines:
            receive(kitchen=kitchen, delivery_date=world.delivery_date, lines=lines, by=world.by)
    back = Movement.objects.filter(kind="delivered", packs__gt=1).select_related("call_off__kitchen").first()
    if back is not None:
        return_goods(
            call_off_id=back.call_off_id, kitchen=back.call_off.kitchen, packs=1, reason="mögel", by=world.by
        )
