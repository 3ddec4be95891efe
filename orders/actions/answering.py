"""A farm answers its purchase order: in full, in part, or not."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from config.ground.refusals import NotFound
from config.ground.trail import Actor, Once, acting
from kitchens.actions.settling import Kept, settle_basket
from orders.actions.booking import Entry, book_entries, lock_call_offs
from orders.models import CallOff, LinkUse, PurchaseOrder, PurchaseOrderLink
from orders.refusals import AnsweredAlready, MoreThanThereIs
from orders.rules.closing import Share, shortage_shares
from orders.rules.movements import MovementKind
from orders.rules.promises import declined_finding


def confirm(
    *,
    purchase_order_id: int,
    packs: Mapping[int, int] | None,
    reason: str = "",
    now: datetime,
    once: Once | None = None,
    by: Actor,
) -> dict[str, Any]:
    """Confirm a purchase order: ``packs`` by line, or None for all of it in full.

    What is not confirmed is declined: it is shared among the kitchens by the stated rule, given back to the
    ceilings, and goes back to their baskets. Raises NotFound (also for a line of another order), AnsweredAlready,
    MoreThanThereIs.
    """
    with acting(by, once=once) as act:
        if act.reply is not None:
            return dict(act.reply)
        order = PurchaseOrder.objects.select_for_update(no_key=True).filter(pk=purchase_order_id).first()
        if order is None:
            raise NotFound
        if order.answer != PurchaseOrder.Answer.NONE:
            raise AnsweredAlready(number=order.number)
        shares = _shares(order, packs)
        call_offs = lock_call_offs(list(shares))
        book_entries(_entries(call_offs, shares), call_offs=call_offs, source=f"answer:{order.pk}", at=now)
        _back_to_baskets(call_offs, shares, reason=reason)
        order.answer = _answer(call_offs, shares)
        order.answered_at = now
        order.answered_by_id = by.user_id
        order.answer_reason = reason[:300]
        order.save(update_fields=["answer", "answered_at", "answered_by", "answer_reason"])
        reply = {
            "purchase_order": order.pk,
            "number": order.number,
            "answer": str(order.answer),
            "confirmed": sum(shares.values()),
            "declined": sum(call_offs[pk].packs - given for pk, given in shares.items()),
        }
        act.answer(reply)
        return reply


def answer_by_link(
    *,
    purchase_order_id: int,
    packs: Mapping[int, int] | None,
    reason: str = "",
    now: datetime,
    once: Once | None = None,
) -> dict[str, Any]:
    """``confirm`` by whoever holds the link of the order's letter. The link is spent in the same transaction.

    Raises AnsweredAlready, also where the link was used at the same moment.
    """
    by = Actor(name=f"link:order:{purchase_order_id}", door="link")
    with acting(by, once=once) as act:
        if act.reply is not None:
            return dict(act.reply)
        reply = confirm(purchase_order_id=purchase_order_id, packs=packs, reason=reason, now=now, by=by)
        LinkUse.objects.create(purchase_order_id=purchase_order_id, used_at=now)
        act.answer(reply)
    return reply


def _shares(order: PurchaseOrder, packs: Mapping[int, int] | None) -> dict[int, int]:
    """Confirmed packs by call-off. Lines that are not named are confirmed in full."""
    shares: dict[int, int] = {}
    lines = list(order.lines.order_by("pk"))
    if set(packs or ()) - {line.pk for line in lines}:
        raise NotFound
    wanted = _wanted(order)
    for line in lines:
        given = line.packs if packs is None else packs.get(line.pk, line.packs)
        if not 0 <= given <= line.packs:
            raise MoreThanThereIs(product=line.promise["product"], asked=given, most=line.packs)
        shares |= shortage_shares(wanted=wanted[line.pk], available_packs=given)
    return shares


def _wanted(order: PurchaseOrder) -> dict[int, list[Share]]:
    """What each line is for: its call-offs, first come first."""
    wanted: dict[int, list[Share]] = defaultdict(list)
    links = PurchaseOrderLink.objects.filter(purchase_order_line__purchase_order=order)
    rows = links.order_by("call_off__placed_at", "call_off_id").values_list(
        "purchase_order_line_id", "call_off_id", "call_off__packs"
    )
    for line_id, call_off_id, packs in rows:
        position = len(wanted[line_id])
        wanted[line_id].append(Share(call_off_id=call_off_id, position=position, packs=packs))
    return wanted


def _entries(call_offs: Mapping[int, CallOff], shares: Mapping[int, int]) -> list[Entry]:
    entries = []
    for pk, given in shares.items():
        # Declined first: what is confirmed is all that is left, to the gram and the öre.
        entries.append(Entry(call_off_id=pk, kind=MovementKind.DECLINED, packs=call_offs[pk].packs - given))
        entries.append(Entry(call_off_id=pk, kind=MovementKind.CONFIRMED, packs=given))
    return entries


def _answer(call_offs: Mapping[int, CallOff], shares: Mapping[int, int]) -> str:
    if all(given == call_offs[pk].packs for pk, given in shares.items()):
        return PurchaseOrder.Answer.FULL
    return PurchaseOrder.Answer.PART if any(shares.values()) else PurchaseOrder.Answer.DECLINED


def _back_to_baskets(call_offs: Mapping[int, CallOff], shares: Mapping[int, int], *, reason: str) -> None:
    """What a farm can't bring is back in the kitchen's basket, so that nobody has to remember it."""
    short: dict[int, dict[int, Kept]] = defaultdict(dict)
    for pk, given in sorted(shares.items()):
        call_off = call_offs[pk]
        missing = call_off.packs - given
        if missing:
            quantity = call_off.base_quantity * missing / call_off.packs
            earlier = short[call_off.kitchen_id].get(call_off.product_id)
            short[call_off.kitchen_id][call_off.product_id] = Kept(
                product_id=call_off.product_id,
                quantity=quantity + (earlier.quantity if earlier else 0),
                accept_part=True,
                note="",
                refused=declined_finding(supplier=call_off.promise["supplier"], packs=missing, reason=reason),
                laid_at=call_off.placed_at,
            )
    day = next(iter(call_offs.values())).delivery_date if call_offs else None
    for kitchen_id, kept in sorted(short.items()):
        if day is not None:
            settle_basket(kitchen_id=kitchen_id, delivery_date=day, placed=[], kept=list(kept.values()))
