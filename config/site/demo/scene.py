"""A hub's delivery day in a demo municipality, and what happens on it, each act at its own time of the day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from config.ground.trail import Actor
from config.site.demo import mishaps
from config.site.demo.appetite import wishes
from config.site.demo.cast import Cast, Cook, Farmer
from config.site.demo.goods import WARES
from config.site.demo.mishaps import Answer
from market.models import Hub, SupplierRun
from market.rules.calendar import STOCKHOLM
from orders.actions.answering import confirm
from orders.actions.closing import close_supplier_run
from orders.actions.handing_over import HandedLine, hand_over
from orders.actions.placing import place_order
from orders.actions.receiving import ReceivedLine, receive, return_goods
from orders.models import CallOff, PurchaseOrder, PurchaseOrderLine
from orders.queries.checking import AskedLine

ORDERED_BEFORE = timedelta(days=11)  # the Thursday two weeks before: all kitchens order on Thursdays
ANSWERED_AFTER = timedelta(hours=2)
MINUTE = timedelta(minutes=1)
TEMPERATURE = {ware.name: ware.temperature for ware in WARES}
GRAM = Decimal("0.001")
NOTHING = Decimal(0)


@dataclass(slots=True)
class Lived:
    """How many papers the weeks made."""

    orders: int = 0
    purchase_orders: int = 0
    hand_overs: int = 0
    receipts: int = 0
    returns: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """``number`` counts the scenes, ``week`` the weeks from the first that is lived.

    ``cooks`` are those that order for the day; ``waits``: the first of them has not received it yet.
    """

    cast: Cast
    hub: Hub
    day: date
    number: int
    week: int
    cooks: Sequence[Cook]
    waits: bool
    now: datetime
    lived: Lived = field(compare=False)

    def at(self, clock: time, *, days: int = 0) -> datetime:
        """That clock in Sweden on the delivery day, or days after it."""
        return datetime.combine(self.day + timedelta(days=days), clock, tzinfo=STOCKHOLM)

    def is_over(self, moment: datetime) -> bool:
        return moment <= self.now


def play(scene: Scene, *, by: Actor) -> None:
    """All that has happened on the day by ``scene.now``. ``by`` is the job that closes runs."""
    _order(scene)
    _close(scene, by=by)
    papers = PurchaseOrder.objects.filter(
        supplier_run__delivery_run__hub=scene.hub, delivery_date=scene.day
    ).select_related("supplier_run")
    for paper in papers.order_by("pk"):
        scene.lived.purchase_orders += 1
        _answer_and_bring(scene, paper)
    for cook in scene.cooks[1:] if scene.waits else scene.cooks:
        _receive(scene, cook)


def _order(scene: Scene) -> None:
    for cook in scene.cooks:
        thursday = scene.at(time(8), days=-scene.day.weekday()) - ORDERED_BEFORE
        arrived_at = thursday + cook.place * MINUTE
        if not scene.is_over(arrived_at):
            continue
        wanted = wishes(cook.plan, needs=cook.needs, week=scene.week)
        reply = place_order(
            kitchen=cook.kitchen,
            delivery_date=scene.day,
            lines=[
                AskedLine(product_id=scene.cast.products[wish.ware.name].pk, quantity=wish.quantity)
                for wish in wanted
            ],
            arrived_at=arrived_at,
            by=cook.orders,
        )
        scene.lived.orders += reply["order"] is not None


def _close(scene: Scene, *, by: Actor) -> None:
    due = SupplierRun.objects.filter(
        delivery_run__hub=scene.hub,
        delivery_date=scene.day,
        supplier__in=scene.cast.farmers,
        state=SupplierRun.State.OPEN,
        cut_off__lt=scene.now,
    )
    for run_id, cut_off in due.order_by("pk").values_list("pk", "cut_off"):
        close_supplier_run(run_id=run_id, now=min(cut_off + MINUTE, scene.now), by=by)


def _answer_and_bring(scene: Scene, paper: PurchaseOrder) -> None:
    farmer = scene.cast.farmers[paper.supplier_id]
    answered_at = paper.supplier_run.cut_off + ANSWERED_AFTER
    is_to_come = scene.day > scene.now.astimezone(STOCKHOLM).date()
    if not scene.is_over(answered_at) or (is_to_come and farmer.place % 2 == 0):
        return  # the farms that are first in their turn leave what is to come to whoever opens the demo
    turn = scene.number * len(scene.cast.farmers) + farmer.place
    lines = list(paper.lines.select_related("product", "pack").order_by("pk"))
    confirmed = _confirmed(lines, turn=turn)
    answer = mishaps.answer_of(turn)
    confirm(
        purchase_order_id=paper.pk,
        packs=None if answer is Answer.FULL else confirmed,
        reason={Answer.FULL: "", Answer.PART: mishaps.FROST, Answer.NOT: mishaps.NO_CAR}[answer],
        now=answered_at,
        by=farmer.by,
    )
    brought_at = scene.at(time(6, 30)) + farmer.place * MINUTE
    if answer is Answer.NOT or not scene.is_over(brought_at):
        return
    hand_over(
        purchase_order_id=paper.pk,
        hub_id=scene.hub.pk,
        lines=list(_handed(scene, farmer, lines, confirmed=confirmed, turn=turn)),
        at=brought_at,
        by=scene.cast.workers[scene.hub.pk],
    )
    scene.lived.hand_overs += 1


def _confirmed(lines: Sequence[PurchaseOrderLine], *, turn: int) -> dict[int, int]:
    """Packs by line. A farm that falls short brings half of its first line."""
    answer = mishaps.answer_of(turn)
    if answer is Answer.NOT:
        return dict.fromkeys((line.pk for line in lines), 0)
    packs = {line.pk: line.packs for line in lines}
    if answer is Answer.PART:
        packs[lines[0].pk] //= 2
    return packs


def _handed(
    scene: Scene, farmer: Farmer, lines: Sequence[PurchaseOrderLine], *, confirmed: dict[int, int], turn: int
) -> Iterator[HandedLine]:
    lost = mishaps.LOST_ON_THE_WAY.falls_on(turn)
    for line in lines:
        packs = confirmed[line.pk]
        if lost and line is lines[-1] and packs > 1:
            packs -= 1
        kg = (line.kg or NOTHING) * packs / line.packs * mishaps.weight_share(turn)
        yield HandedLine(
            line_id=line.pk,
            packs=packs,
            kg=kg.quantize(GRAM) if line.price_per == "kg" else None,
            temperature_c=mishaps.TEMPERATURES.get(TEMPERATURE[line.product.name_sv]),
            lot_number=f"{farmer.supplier.name[:3].upper()}-{scene.day:%y%m%d}",
        )


def _receive(scene: Scene, cook: Cook) -> None:
    received_at = scene.at(time(9)) + cook.place * MINUTE
    if not scene.is_over(received_at):
        return
    due = CallOff.objects.filter(
        kitchen=cook.kitchen, delivery_date=scene.day, quantity__handed_over__gt=0
    ).select_related("quantity", "product")
    there = list(due.order_by("pk"))
    if not there:
        return
    turn = scene.number * len(scene.cast.cooks) + cook.place
    chilled = [call_off for call_off in there if _temperature(call_off) == "chilled"]
    worst = chilled[0] if chilled and turn % 2 == 0 else there[turn % len(there)]
    lines = [_received(call_off, turn=turn, is_worst=call_off == worst) for call_off in there]
    receive(kitchen=cook.kitchen, delivery_date=scene.day, lines=lines, at=received_at, by=cook.receives)
    scene.lived.receipts += 1
    _send_back(scene, cook, lines, turn=turn)


def _temperature(call_off: CallOff) -> str:
    return TEMPERATURE[call_off.product.name_sv]


def _received(call_off: CallOff, *, turn: int, is_worst: bool) -> ReceivedLine:
    packs = int(call_off.quantity.handed_over)
    temperature = _temperature(call_off)
    turned = mishaps.turned_away(turn, packs=packs, chilled=temperature == "chilled") if is_worst else None
    return ReceivedLine(
        call_off_id=call_off.pk,
        delivered=packs - (turned.packs if turned else 0),
        rejected=turned.packs if turned else 0,
        temperature_c=turned.temperature_c if turned else mishaps.TEMPERATURES.get(temperature),
        reason=turned.reason if turned else "",
    )


def _send_back(scene: Scene, cook: Cook, lines: Sequence[ReceivedLine], *, turn: int) -> None:
    sent_at = scene.at(time(10), days=1)
    kept = [line for line in lines if line.delivered]
    if not (kept and mishaps.SENT_BACK.falls_on(turn) and scene.is_over(sent_at)):
        return
    return_goods(
        call_off_id=kept[turn % len(kept)].call_off_id,
        kitchen=cook.kitchen,
        packs=1,
        reason=mishaps.MOULD,
        at=sent_at,
        by=cook.receives,
    )
    scene.lived.returns += 1
