"""A price that the agreement changed under a placed order: the kitchen approves it anew, or the cut-off decides."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F

from config.ground.refusals import ChangedMeanwhile
from config.ground.trail import Actor, acting
from kitchens.actions.settling import Kept, settle_basket
from kitchens.models import Kitchen
from market.actions.booking import Settlement, settle
from market.rules.prices import line_net, line_net_by_weight
from orders.actions.booking import reserved_for_packs
from orders.actions.editing import own_order, replace_lines, told_line
from orders.models import CallOff, Order, OrderLine, TallyDirty
from orders.queries.checking import AskedLine
from orders.queries.repriced import Repriced, repriced_of_order, repriced_of_run
from orders.rules.movements import ZERO
from orders.rules.repricing import unapproved_finding


def approve_prices(
    *,
    kitchen: Kitchen,
    order_id: int,
    version: int,
    seen: Mapping[int, Decimal],
    arrived_at: datetime,
    by: Actor,
) -> dict[str, Any]:
    """Approve the new prices of an order's lines as they were shown (``seen``: SEK by call-off).

    Each such line is replaced whole: judged anew, at the agreement's price of the delivery day. A line whose price
    changed once more since it was shown stays as it was. Raises NotFound, ChangedMeanwhile, CutOffPassed, TryAgain.
    """
    with acting(by):
        order = own_order(kitchen, order_id)
        lines = list(order.lines.standing())
        if order.version != version:
            told = [told_line(line.product_id, line.quantity) for line in lines]
            raise ChangedMeanwhile(now=order.version, yours=version, theirs=told, mine=told)
        shown = {
            each.order_line_id
            for each in repriced_of_order(order.pk)
            if seen.get(each.call_off_id) == each.price_now_sek
        }
        approved = [line for line in lines if line.pk in shown]
        if not approved:
            return {"order": order.pk, "lines": []}
        reply = replace_lines(
            kitchen,
            order,
            gone=approved,
            new=[
                AskedLine(
                    product_id=line.product_id,
                    quantity=line.quantity,
                    accept_part=line.accept_part,
                    note=line.note,
                )
                for line in approved
            ],
            arrived_at=arrived_at,
            by=by,
        )
        Order.objects.filter(pk=order.pk).update(version=F("version") + 1)
        return reply


def settle_prices(*, run_id: int, now: datetime) -> int:
    """At a run's cut-off, inside its closing: what rose and nobody approved goes back to the baskets, what fell is ordered
    at the lower price. Returns how many call-offs were touched.
    """
    changed = repriced_of_run(run_id)
    if not changed:
        return 0
    call_offs = CallOff.objects.select_related("supplier", "pack").in_bulk(
        [each.call_off_id for each in changed]
    )
    risen = [(each, call_offs[each.call_off_id]) for each in changed if each.rose]
    fallen = [(each, call_offs[each.call_off_id]) for each in changed if not each.rose]
    _lower(fallen)
    _take_back(risen, now=now)
    TallyDirty.objects.bulk_create(
        TallyDirty(day=day, kitchen_id=kitchen)
        for day, kitchen in {(each.delivery_date, each.kitchen_id) for each in changed}
    )
    return len(changed)


def _lower(fallen: Sequence[tuple[Repriced, CallOff]]) -> None:
    for each, call_off in fallen:
        call_off.agreement_price_id = each.price_id
        call_off.price_sek = each.price_now_sek
        call_off.net_sek = _net(call_off)
        call_off.finding["inputs"] |= {
            "price_sek": str(each.price_now_sek),
            "net_sek": str(call_off.net_sek),
            "price_before_sek": str(each.price_sek),
        }
        call_off.save(update_fields=["agreement_price", "price_sek", "net_sek", "finding"])
    settle([_settlement(call_off, net_sek=call_off.net_sek) for _each, call_off in fallen])


def _net(call_off: CallOff) -> Decimal:
    if call_off.price_per == "kg" and call_off.kg is not None:
        return line_net_by_weight(kg=call_off.kg, price_per_kg=call_off.price_sek)
    return line_net(packs=Decimal(call_off.packs), price=call_off.price_sek)


def _take_back(risen: Sequence[tuple[Repriced, CallOff]], *, now: datetime) -> None:
    """Nothing is binding yet: stock, ceiling and need are given back, and the line waits in its basket with its reason."""
    settle([_settlement(call_off, net_sek=None) for _each, call_off in risen])
    kept: dict[tuple[int, Any], dict[int, Kept]] = defaultdict(dict)
    for each, call_off in risen:
        CallOff.objects.filter(pk=call_off.pk).update(state=CallOff.State.REPLACED)
        _shrink(call_off, now=now)
        basket = kept[call_off.kitchen_id, call_off.delivery_date]
        earlier = basket.get(call_off.product_id)
        basket[call_off.product_id] = Kept(
            product_id=call_off.product_id,
            quantity=call_off.base_quantity + (earlier.quantity if earlier else ZERO),
            accept_part=True,
            note="",
            refused=unapproved_finding(
                supplier=call_off.supplier.name,
                was_sek=each.price_sek,
                price_sek=each.price_now_sek,
                price_per=each.price_per,
            ),
            laid_at=call_off.placed_at,
        )
    for (kitchen_id, day), lines in sorted(kept.items()):
        settle_basket(kitchen_id=kitchen_id, delivery_date=day, placed=[], kept=list(lines.values()))


def _shrink(call_off: CallOff, *, now: datetime) -> None:
    """The order line is what is still ordered of it; a line of which nothing is left is removed."""
    line = OrderLine.objects.select_for_update(no_key=True).get(pk=call_off.order_line_id)
    left = line.quantity - call_off.base_quantity
    OrderLine.objects.filter(pk=line.pk).update(**({"quantity": left} if left > 0 else {"removed_at": now}))
    Order.objects.filter(pk=call_off.order_id).update(version=F("version") + 1)


def _settlement(call_off: CallOff, *, net_sek: Decimal | None) -> Settlement:
    """``net_sek`` None: nothing of it comes."""
    kept = net_sek is not None
    return Settlement(
        call_off_id=call_off.pk,
        base_quantity=reserved_for_packs(call_off, Decimal(call_off.packs)) if kept else ZERO,
        net_sek=net_sek if net_sek is not None else ZERO,
        kg=(call_off.kg or ZERO) if kept else ZERO,
        back_to_stock=True,
    )
