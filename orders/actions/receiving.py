"""A kitchen receives its goods, turns away what is wrong, and sends back what it found later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models.functions import Now

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, Once, acting
from kitchens.models import Kitchen
from orders.actions.booking import Entry, book_entries, lock_call_offs, positions_of
from orders.models import CallOff, GoodsReturn, Movement, Receipt, ReceiptLine
from orders.refusals import MoreThanThereIs, NotHandedOverYet, ReceivedAlready
from orders.rules.movements import MovementKind, Quantities, in_transit


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """What came of a call-off. ``kg`` is what the kitchen weighed; None takes the hub's weight."""

    call_off_id: int
    delivered: int
    rejected: int = 0
    kg: Decimal | None = None
    temperature_c: Decimal | None = None
    reason: str = ""


def receive(
    *,
    kitchen: Kitchen,
    delivery_date: date,
    lines: Sequence[ReceivedLine],
    note: str = "",
    at: datetime | None = None,
    once: Once | None = None,
    by: Actor,
) -> dict[str, Any]:
    """Book what a kitchen received and rejected. What was handed over and not received is rejected as missing.

    ``at`` is when it came, where that is told later; without it, now.

    Raises NotFound (a call-off of another kitchen or day), NotHandedOverYet, ReceivedAlready, MoreThanThereIs,
    InvalidInput (a rejection without a reason, a weight below nothing).
    """
    with acting(by, once=once) as act:
        if act.reply is not None:
            return dict(act.reply)
        call_offs = _own_call_offs(kitchen, delivery_date, lines)
        positions = positions_of(call_offs)
        receipt = Receipt.objects.create(
            kitchen=kitchen,
            delivery_date=delivery_date,
            received_by_id=by.person_id,
            note=note[:300],
            at=at or Now(),
        )
        lots = _lots_of(call_offs)
        received = set(
            ReceiptLine.objects.filter(call_off__in=call_offs).values_list("call_off_id", flat=True)
        )
        in_order = sorted(lines, key=lambda line: line.call_off_id)
        for line in in_order:
            if line.call_off_id in received:
                raise ReceivedAlready(product=call_offs[line.call_off_id].promise["product"])
            received.add(line.call_off_id)
            _refuse_unready(call_offs[line.call_off_id], positions[line.call_off_id], line)
        ReceiptLine.objects.bulk_create(
            ReceiptLine(
                receipt=receipt,
                call_off_id=line.call_off_id,
                delivered=line.delivered,
                rejected=line.rejected,
                kg=line.kg,
                temperature_c=line.temperature_c,
                reason=line.reason[:300],
            )
            for line in in_order
        )
        entries = [entry for line in in_order for entry in _entries(line, lots.get(line.call_off_id))]
        book_entries(entries, call_offs=call_offs, source=f"receipt:{receipt.pk}", at=at)
        reply = {
            "receipt": receipt.pk,
            "delivered": sum(line.delivered for line in lines),
            "rejected": sum(line.rejected for line in lines),
        }
        act.answer(reply)
        return reply


def _own_call_offs(
    kitchen: Kitchen, delivery_date: date, lines: Sequence[ReceivedLine]
) -> dict[int, CallOff]:
    call_offs = lock_call_offs([line.call_off_id for line in lines])
    for line in lines:
        call_off = call_offs.get(line.call_off_id)
        if call_off is None or call_off.kitchen_id != kitchen.pk or call_off.delivery_date != delivery_date:
            raise NotFound
    faults = {
        f"lines.{number}.reason": ["Skriv varför. / Say why."]
        for number, line in enumerate(lines)
        if line.rejected and not line.reason.strip()
    }
    faults |= {
        f"lines.{number}.kg": ["kg ≥ 0"]
        for number, line in enumerate(lines)
        if line.kg is not None and line.kg < 0
    }
    if faults or not lines:
        raise InvalidInput(fields=faults or {"lines": ["≥ 1"]})
    return call_offs


def _refuse_unready(call_off: CallOff, position: Quantities, line: ReceivedLine) -> None:
    told = {"product": call_off.promise["product"]}
    if position.handed_over.packs == 0:
        raise NotHandedOverYet(**told, supplier=call_off.promise["supplier"])
    there = int(in_transit(position).packs)
    if line.delivered + line.rejected != there or min(line.delivered, line.rejected) < 0:
        raise MoreThanThereIs(**told, asked=line.delivered + line.rejected, most=there)


def _entries(line: ReceivedLine, goods_lot_id: int | None) -> list[Entry]:
    """Rejected with the hub's weight, then delivered with what the kitchen weighed, else with the rest of it."""
    return [
        Entry(
            call_off_id=line.call_off_id,
            kind=MovementKind.REJECTED,
            packs=line.rejected,
            goods_lot_id=goods_lot_id,
        ),
        Entry(
            call_off_id=line.call_off_id,
            kind=MovementKind.DELIVERED,
            packs=line.delivered,
            kg=line.kg,
            goods_lot_id=goods_lot_id,
        ),
    ]


def _lots_of(call_offs: Mapping[int, CallOff]) -> dict[int, int]:
    """The goods lot that was handed over for each call-off."""
    handed = Movement.objects.filter(
        call_off_id__in=call_offs, kind=MovementKind.HANDED_OVER.value, goods_lot__isnull=False
    )
    return dict(handed.values_list("call_off_id", "goods_lot_id"))


def return_goods(
    *,
    call_off_id: int,
    kitchen: Kitchen,
    packs: int,
    reason: str,
    at: datetime | None = None,
    once: Once | None = None,
    by: Actor,
) -> dict[str, Any]:
    """Send back received packs, at that moment or, without one, now. Raises NotFound, InvalidInput (no reason), MoreThanThereIs."""
    with acting(by, once=once) as act:
        if act.reply is not None:
            return dict(act.reply)
        call_offs = lock_call_offs([call_off_id])
        call_off = call_offs.get(call_off_id)
        if call_off is None or call_off.kitchen_id != kitchen.pk:
            raise NotFound
        if packs <= 0 or not reason.strip():
            raise InvalidInput(fields={"reason": ["Skriv varför. / Say why."]})
        position = positions_of(call_offs)[call_off_id]
        kept = int(position.delivered.packs - position.returned.packs)
        if packs > kept:
            raise MoreThanThereIs(product=call_off.promise["product"], asked=packs, most=kept)
        paper = GoodsReturn.objects.create(
            call_off=call_off, packs=packs, reason=reason[:300], returned_by_id=by.person_id, at=at or Now()
        )
        lot = _lots_of(call_offs).get(call_off_id)
        entry = Entry(call_off_id=call_off_id, kind=MovementKind.RETURNED, packs=packs, goods_lot_id=lot)
        book_entries([entry], call_offs=call_offs, source=f"return:{paper.pk}", at=at)
        reply = {"return": paper.pk, "packs": packs}
        act.answer(reply)
        return reply
