"""A farm's goods are taken over at the hub, weighed, and shared out to the kitchens that they are for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from config.ground.refusals import NotFound
from config.ground.trail import Actor, Once, acting
from market.rules.filling import GRAM
from orders.actions.booking import Entry, book_entries, lock_call_offs
from orders.models import (
    CallOffQuantity,
    GoodsLot,
    HandOver,
    HandOverLine,
    PurchaseOrder,
    PurchaseOrderLine,
    PurchaseOrderLink,
)
from orders.refusals import HandedOverAlready, MoreThanThereIs
from orders.rules.closing import Share, shortage_shares
from orders.rules.movements import MovementKind


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
    once: Once | None = None,
    by: Actor,
) -> dict[str, Any]:
    """Book what a farm handed over at a hub for one purchase order. Lines that are not named did not come.

    What was confirmed and did not come is declined: it is given back to the ceilings and no longer owed.

    Raises NotFound (no such order at this hub), HandedOverAlready, MoreThanThereIs (more packs than confirmed).
    """
    with acting(by, once=once) as act:
        if act.reply is not None:
            return dict(act.reply)
        order = _order_at(hub_id, purchase_order_id)
        if HandOver.objects.filter(purchase_order=order).exists():
            raise HandedOverAlready(number=order.number)
        paper = HandOver.objects.create(
            purchase_order=order, hub_id=hub_id, taken_by_id=by.person_id, note=note[:300]
        )
        handed = {line.line_id: line for line in lines}
        entries: list[Entry] = []
        for line in order.lines.order_by("pk"):
            entries += _take_over(paper, line, handed.pop(line.pk, HandedLine(line_id=line.pk, packs=0)))
        if handed:
            raise NotFound
        call_offs = lock_call_offs([entry.call_off_id for entry in entries])
        book_entries(entries, call_offs=call_offs, source=f"hand_over:{paper.pk}")
        reply = {
            "hand_over": paper.pk,
            "purchase_order": order.pk,
            "packs": sum(line.packs for line in lines),
        }
        act.answer(reply)
        return reply


def _order_at(hub_id: int, purchase_order_id: int) -> PurchaseOrder:
    orders = PurchaseOrder.objects.select_for_update(no_key=True)
    order = orders.filter(pk=purchase_order_id, supplier_run__delivery_run__hub_id=hub_id).first()
    if order is None:
        raise NotFound
    return order


def _take_over(paper: HandOver, line: PurchaseOrderLine, handed: HandedLine) -> list[Entry]:
    lot = _goods_lot(line, handed)
    HandOverLine.objects.create(
        hand_over=paper,
        purchase_order_line=line,
        packs=handed.packs,
        kg=handed.kg,
        temperature_c=handed.temperature_c,
        goods_lot=lot,
    )
    confirmed = _confirmed(line)
    total = sum(share.packs for share in confirmed)
    if not 0 <= handed.packs <= total:
        raise MoreThanThereIs(product=line.promise["product"], asked=handed.packs, most=total)
    shares = shortage_shares(wanted=confirmed, available_packs=handed.packs)
    weights = share_weight(handed.kg, shares)
    came = [
        Entry(
            call_off_id=pk,
            kind=MovementKind.HANDED_OVER,
            packs=packs,
            kg=weights.get(pk),
            goods_lot_id=lot.pk if lot else None,
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
    return [*came, *short]


def _goods_lot(line: PurchaseOrderLine, handed: HandedLine) -> GoodsLot | None:
    if not handed.lot_number.strip():
        return None
    lot, _ = GoodsLot.objects.get_or_create(
        supplier_id=line.purchase_order.supplier_id,
        product_id=line.product_id,
        number=handed.lot_number.strip()[:60],
        defaults={
            "origin_country": line.promise["origin_country"],
            "origin_place": line.promise["origin_place"],
            "marks": line.promise["marks"],
            "best_before": handed.best_before,
        },
    )
    return lot


def _confirmed(line: PurchaseOrderLine) -> list[Share]:
    links = PurchaseOrderLink.objects.filter(purchase_order_line=line).order_by(
        "call_off__placed_at", "call_off_id"
    )
    call_off_ids = list(links.values_list("call_off_id", flat=True))
    confirmed = dict(
        CallOffQuantity.objects.filter(call_off_id__in=call_off_ids).values_list("call_off_id", "confirmed")
    )
    return [
        Share(call_off_id=pk, position=number, packs=int(confirmed.get(pk, 0)))
        for number, pk in enumerate(call_off_ids)
    ]


def share_weight(kg: Decimal | None, shares: Mapping[int, int]) -> dict[int, Decimal]:
    """The weighed kg by call-off, in proportion to its packs; the last one takes the gram that is left."""
    total = sum(shares.values())
    if kg is None or total == 0:
        return {}
    taking = [pk for pk, packs in shares.items() if packs]
    weights = {pk: (kg * shares[pk] / total).quantize(GRAM) for pk in taking}
    weights[taking[-1]] += kg - sum(weights.values())
    return weights
