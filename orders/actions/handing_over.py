"""A farm's goods are taken over at the hub, weighed, and shared out to the kitchens that they are for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models.functions import Now

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, Once, acting
from market.rules.filling import GRAM
from orders.actions.booking import Entry, book_entries, lock_call_offs
from orders.models import (
    GoodsLot,
    HandOver,
    HandOverLine,
    PurchaseOrder,
    PurchaseOrderLine,
    PurchaseOrderLink,
)
from orders.refusals import HandedOverAlready, MoreThanThereIs, NotAnsweredYet
from orders.rules.closing import Share, shortage_shares
from orders.rules.movements import MovementKind

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class HandedLine:
    """What came of a purchase-order line. ``kg`` is the weight on the scale, for catch weight."""

    line_id: int
    packs: int
    kg: Decimal | None = None
    temperature_c: Decimal | None = None
    lot_number: str = ""
    best_before: date | None = None


def hand_over(
    *,
    purchase_order_id: int,
    hub_id: int,
    lines: Sequence[HandedLine],
    note: str = "",
    at: datetime | None = None,
    once: Once | None = None,
    by: Actor,
) -> dict[str, Any]:
    """Book what a farm handed over at a hub for one purchase order. Lines that are not named did not come.

    ``at`` is when it came, where that is told later; without it, now.

    What was confirmed and did not come is declined: it is given back to the ceilings and no longer owed.

    Raises NotFound (no such order at this hub, or a line of another), NotAnsweredYet, HandedOverAlready,
    MoreThanThereIs (more packs than confirmed), InvalidInput.
    """
    with acting(by, once=once) as act:
        if act.reply is not None:
            return dict(act.reply)
        order = _order_at(hub_id, purchase_order_id)
        if HandOver.objects.filter(purchase_order=order).exists():
            raise HandedOverAlready(number=order.number)
        if order.answer == PurchaseOrder.Answer.NONE:
            raise NotAnsweredYet(number=order.number, supplier=order.supplier.name)
        paper = HandOver.objects.create(
            purchase_order=order, hub_id=hub_id, taken_by_id=by.person_id, note=note[:300], at=at or Now()
        )
        entries = _take_over(paper, order, handed=_once_each(lines))
        call_offs = lock_call_offs([entry.call_off_id for entry in entries])
        book_entries(entries, call_offs=call_offs, source=f"hand_over:{paper.pk}", at=at)
        reply = {
            "hand_over": paper.pk,
            "purchase_order": order.pk,
            "packs": sum(line.packs for line in lines),
        }
        act.answer(reply)
        return reply


def _once_each(lines: Sequence[HandedLine]) -> dict[int, HandedLine]:
    """By line. Raises InvalidInput for a line that stands twice and for a weight below nothing."""
    handed = {line.line_id: line for line in lines}
    if len(handed) < len(lines):
        raise InvalidInput(fields={"lines": ["×2"]})
    if any(line.kg is not None and line.kg < 0 for line in lines):
        raise InvalidInput(fields={"lines": ["kg ≥ 0"]})
    return handed


def _order_at(hub_id: int, purchase_order_id: int) -> PurchaseOrder:
    orders = PurchaseOrder.objects.select_for_update(no_key=True)
    order = orders.filter(pk=purchase_order_id, supplier_run__delivery_run__hub_id=hub_id).first()
    if order is None:
        raise NotFound
    return order


def _take_over(paper: HandOver, order: PurchaseOrder, *, handed: dict[int, HandedLine]) -> list[Entry]:
    """Write what came of each line, and tell what it books. Lines that are not named did not come."""
    lines = list(order.lines.order_by("pk"))
    if set(handed) - {line.pk for line in lines}:
        raise NotFound
    pairs = [(line, handed.get(line.pk, HandedLine(line_id=line.pk, packs=0))) for line in lines]
    confirmed = _confirmed(order)
    for line, came in pairs:
        total = sum(share.packs for share in confirmed[line.pk])
        if not 0 <= came.packs <= total:
            raise MoreThanThereIs(product=line.promise["product"], asked=came.packs, most=total)
    lots = _goods_lots(order, pairs)
    HandOverLine.objects.bulk_create(
        HandOverLine(
            hand_over=paper,
            purchase_order_line=line,
            packs=came.packs,
            kg=came.kg,
            temperature_c=came.temperature_c,
            goods_lot_id=lots.get(line.pk),
        )
        for line, came in pairs
    )
    return [
        entry
        for line, came in pairs
        for entry in _entries(confirmed[line.pk], came, goods_lot_id=lots.get(line.pk))
    ]


def _entries(confirmed: Sequence[Share], handed: HandedLine, *, goods_lot_id: int | None) -> list[Entry]:
    shares = shortage_shares(wanted=confirmed, available_packs=handed.packs)
    weights = share_weight(handed.kg, shares)
    came = [
        Entry(
            call_off_id=pk,
            kind=MovementKind.HANDED_OVER,
            packs=packs,
            kg=weights.get(pk),
            goods_lot_id=goods_lot_id,
        )
        for pk, packs in shares.items()
    ]
    short = [
        Entry(
            call_off_id=share.call_off_id,
            kind=MovementKind.DECLINED,
            packs=share.packs - shares[share.call_off_id],
        )
        for share in confirmed
    ]
    return [*short, *came]  # what came takes all that is left, to the gram and the öre


def _goods_lots(
    order: PurchaseOrder, pairs: Sequence[tuple[PurchaseOrderLine, HandedLine]]
) -> dict[int, int]:
    """The goods lot of each line whose lot number was told. A lot that is known stays as it was recorded."""
    told = {line.pk: (line.product_id, number) for line, came in pairs if (number := _number(came))}
    if not told:
        return {}
    GoodsLot.objects.bulk_create(
        (
            GoodsLot(
                supplier_id=order.supplier_id,
                product_id=line.product_id,
                number=_number(came),
                origin_country=line.promise["origin_country"],
                origin_place=line.promise["origin_place"],
                marks=line.promise["marks"],
                best_before=came.best_before,
            )
            for line, came in pairs
            if line.pk in told
        ),
        ignore_conflicts=True,
    )
    known = GoodsLot.objects.filter(
        supplier_id=order.supplier_id, number__in={number for _product, number in told.values()}
    )
    by_key = {
        (product, number): pk for pk, product, number in known.values_list("pk", "product_id", "number")
    }
    return {line_id: by_key[key] for line_id, key in told.items()}


def _number(handed: HandedLine) -> str:
    return handed.lot_number.strip()[:60]


def _confirmed(order: PurchaseOrder) -> dict[int, list[Share]]:
    """The confirmed packs of each line's call-offs, first come first."""
    confirmed: dict[int, list[Share]] = defaultdict(list)
    links = PurchaseOrderLink.objects.filter(purchase_order_line__purchase_order=order)
    rows = links.order_by("call_off__placed_at", "call_off_id").values_list(
        "purchase_order_line_id", "call_off_id", "call_off__quantity__confirmed"
    )
    for line_id, call_off_id, packs in rows:
        position = len(confirmed[line_id])
        confirmed[line_id].append(Share(call_off_id=call_off_id, position=position, packs=int(packs or 0)))
    return confirmed


def share_weight(kg: Decimal | None, shares: Mapping[int, int]) -> dict[int, Decimal]:
    """The weighed kg by call-off, in proportion to its packs: whole grams, none below nothing, all of it shared."""
    total = sum(shares.values())
    if kg is None or total == 0:
        return {}
    weights: dict[int, Decimal] = {}
    packs, shared = 0, NOTHING
    for pk, own in shares.items():
        packs += own
        if own:
            weights[pk] = (kg * packs / total).quantize(GRAM) - shared
            shared += weights[pk]
    return weights
