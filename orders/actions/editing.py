"""Editing an order before its cut-off: a delta over old and new call-offs, with a version."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F
from django.utils.timezone import localtime

from config.ground.refusals import ChangedMeanwhile, InvalidInput, NotFound
from config.ground.trail import Actor, Once, acting
from kitchens.models import Kitchen
from market.actions.booking import NoRoomAnyMore, Settlement, lock_runs, settle
from orders.actions.placing import lock_all, place_into
from orders.models import CallOff, Order, OrderLine, TallyDirty
from orders.queries.checking import AskedLine, check_order
from orders.refusals import CutOffPassed, TryAgain
from orders.rules.movements import ZERO


def edit_order(
    *,
    kitchen: Kitchen,
    order_id: int,
    version: int,
    lines: Sequence[AskedLine],
    arrived_at: datetime,
    once: Once | None = None,
    by: Actor,
) -> dict[str, Any]:
    """Make ``lines`` the order's lines. Those that are as before keep their call-offs untouched.

    A line is replaced whole: its call-offs are given back and it is judged anew, in the same transaction. Raises
    NotFound, ChangedMeanwhile (another version; carries both), CutOffPassed (a line that is binding by now),
    InvalidInput, TryAgain.
    """
    with acting(by, once=once) as act:
        if act.reply is not None:
            return dict(act.reply)
        order = own_order(kitchen, order_id)
        present = _lines_of(order)
        if order.version != version:
            raise ChangedMeanwhile(
                now=order.version,
                yours=version,
                theirs=[told_line(line.product_id, line.quantity) for line in present.values()],
                mine=[told_line(line.product_id, line.quantity) for line in lines],
            )
        asked = {line.product_id: line for line in lines}
        if len(asked) < len(lines):
            raise InvalidInput(fields={"lines": ["×2"]})
        gone = [line for product, line in present.items() if not _same(asked.get(product), line)]
        new = [line for product, line in asked.items() if not _same(line, present.get(product))]
        reply = replace_lines(kitchen, order, gone=gone, new=new, arrived_at=arrived_at, by=by)
        Order.objects.filter(pk=order.pk).update(version=F("version") + 1)
        reply["version"] = version + 1
        act.answer(reply)
        return reply


def own_order(kitchen: Kitchen, order_id: int) -> Order:
    order = Order.objects.select_for_update(no_key=True).filter(pk=order_id, kitchen=kitchen).first()
    if order is None:
        raise NotFound
    return order


def _lines_of(order: Order) -> dict[int, OrderLine]:
    return {line.product_id: line for line in order.lines.standing()}


def told_line(product_id: int, quantity: object) -> dict[str, Any]:
    return {"product": product_id, "quantity": str(quantity)}


def _same(asked: AskedLine | OrderLine | None, line: AskedLine | OrderLine | None) -> bool:
    return (
        asked is not None and line is not None and asked.quantity == line.quantity and asked.note == line.note
    )


def replace_lines(
    kitchen: Kitchen,
    order: Order,
    *,
    gone: Sequence[OrderLine],
    new: Sequence[AskedLine],
    arrived_at: datetime,
    by: Actor,
) -> dict[str, Any]:
    """Lock what old and new lines touch, give the old back, then judge and place the new."""
    old = list(
        CallOff.objects.filter(order_line__in=gone, state=CallOff.State.PLACED)
        .select_related("supplier_run__supplier")
        .order_by("pk")
    )
    _refuse_bound(old, arrived_at=arrived_at)
    check = partial(
        check_order, kitchen=kitchen, delivery_date=order.delivery_date, lines=new, arrived_at=arrived_at
    )
    if new:
        lock_all(check(), also=old)
    settle([_nothing(call_off) for call_off in old])
    CallOff.objects.filter(pk__in=[each.pk for each in old]).update(state=CallOff.State.REPLACED)
    OrderLine.objects.filter(pk__in=[line.pk for line in gone]).update(removed_at=arrived_at)
    TallyDirty.objects.create(day=order.delivery_date, kitchen=kitchen)
    if not new:
        return {"order": order.pk, "lines": []}
    first_position = order.lines.count() + 1
    try:
        return place_into(check(), order_id=order.pk, first_position=first_position, by=by)
    except NoRoomAnyMore:  # posted between the two looks, and so not locked
        raise TryAgain from None


def _refuse_bound(old: Sequence[CallOff], *, arrived_at: datetime) -> None:
    """A call-off is binding from its cut-off; only its supplier can agree to a change then (LOH)."""
    for call_off in old:
        run = call_off.supplier_run
        if run.state != run.State.OPEN or arrived_at > run.cut_off:
            raise _passed(call_off)
    try:
        lock_runs({call_off.supplier_run_id for call_off in old})
    except NoRoomAnyMore:
        raise _passed(old[0]) from None


def _passed(call_off: CallOff) -> CutOffPassed:
    run = call_off.supplier_run
    return CutOffPassed(supplier=run.supplier.name, cut_off=f"{localtime(run.cut_off):%Y-%m-%d %H:%M}")


def _nothing(call_off: CallOff) -> Settlement:
    return Settlement(call_off_id=call_off.pk, base_quantity=ZERO, net_sek=ZERO, kg=ZERO, back_to_stock=True)
