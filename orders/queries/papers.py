"""Which orders and papers a person may know of, and which of them she may act on.

A kitchen's people see their kitchen's, an officer and an auditor their authority's, a farm its own purchase
orders, a hub's workers what passes their hub.
"""

from datetime import date
from typing import Any

from django.db.models import BooleanField, F, Prefetch, Q, QuerySet
from django.db.models.expressions import ExpressionWrapper

from config.ground.models import User
from config.ground.refusals import NotAllowed
from kitchens.models import KitchenMember
from kitchens.queries.access import member_kitchen_for
from kitchens.queries.lists import authorities_of, kitchens_of
from market.models import HubWorker
from market.queries.lists import farms_of, narrowed, one_of
from orders.models import (
    CallOff,
    ExternalPurchase,
    HandOver,
    Order,
    OrderLine,
    PurchaseOrder,
    PurchaseOrderLine,
    Receipt,
)


def _hubs_of(user: User) -> "QuerySet[HubWorker, Any]":
    return HubWorker.objects.filter(user=user).values("hub")


def orders_seen_by(
    user: User, *, kitchen: int | None = None, delivery_date: date | None = None
) -> QuerySet[Order]:
    rows = Order.objects.filter(Q(kitchen__in=kitchens_of(user)) | Q(authority__in=authorities_of(user)))
    return narrowed(rows, kitchen=kitchen, delivery_date=delivery_date)


def order_for(user: User, pk: int) -> Order:
    """An order with its lines and their call-offs. Raises NotFound."""
    call_offs = CallOff.objects.select_related("quantity").order_by("pk")
    lines = OrderLine.objects.standing().select_related("product")
    whole = orders_seen_by(user).prefetch_related(
        Prefetch("lines", queryset=lines.prefetch_related(Prefetch("call_offs", queryset=call_offs)))
    )
    return one_of(whole, pk)


def order_to_edit_for(user: User, pk: int) -> Order:
    """An order of a kitchen that she manages. Raises NotFound; NotAllowed for one who may only look."""
    found = one_of(orders_seen_by(user), pk)
    found.kitchen = member_kitchen_for(user, found.kitchen_id, role=KitchenMember.Role.MANAGER)
    return found


def call_offs_seen_by(
    user: User,
    *,
    order: int | None = None,
    kitchen: int | None = None,
    supplier: int | None = None,
    delivery_date: date | None = None,
    state: str | None = None,
) -> QuerySet[CallOff]:
    """With findings, which name what other farms had: for those who buy, never for those who sell."""
    mine = Q(kitchen__in=kitchens_of(user)) | Q(authority__in=authorities_of(user))
    return narrowed(
        CallOff.objects.filter(mine).select_related("quantity"),
        order=order,
        kitchen=kitchen,
        supplier=supplier,
        delivery_date=delivery_date,
        state=state,
    )


def call_off_for(user: User, pk: int) -> CallOff:
    return one_of(call_offs_seen_by(user), pk)


def call_off_to_return_for(user: User, pk: int) -> CallOff:
    """A call-off of a kitchen that she works in. Raises NotFound; NotAllowed for one who may only look."""
    found = one_of(call_offs_seen_by(user), pk)
    found.kitchen = member_kitchen_for(user, found.kitchen_id)
    return found


def purchase_orders_seen_by(
    user: User,
    *,
    supplier: int | None = None,
    delivery_date: date | None = None,
    answer: str | None = None,
) -> QuerySet[PurchaseOrder]:
    """``sees_prices`` is false for a hub's workers, who take over goods and no prices."""
    trades = Q(supplier__in=farms_of(user)) | Q(authority__in=authorities_of(user))
    rows = (
        PurchaseOrder.objects.filter(trades | Q(supplier_run__delivery_run__hub__in=_hubs_of(user)))
        .annotate(
            hub_id=F("supplier_run__delivery_run__hub"),
            sees_prices=ExpressionWrapper(trades, output_field=BooleanField()),
        )
        .select_related("supplier")
    )
    return narrowed(rows, supplier=supplier, delivery_date=delivery_date, answer=answer)


def purchase_order_for(user: User, pk: int) -> PurchaseOrder:
    """A purchase order with its lines. Raises NotFound."""
    lines = PurchaseOrderLine.objects.select_related("product", "pack").order_by("pk")
    return one_of(purchase_orders_seen_by(user).prefetch_related(Prefetch("lines", queryset=lines)), pk)


def purchase_order_to_answer_for(user: User, pk: int) -> PurchaseOrder:
    """A purchase order to a farm of hers. Raises NotFound; NotAllowed for one who may only look."""
    found = one_of(purchase_orders_seen_by(user), pk)
    if not farms_of(user).filter(supplier=found.supplier_id).exists():
        raise NotAllowed
    return found


def hand_overs_seen_by(
    user: User,
    *,
    hub: int | None = None,
    purchase_order: int | None = None,
    delivery_date: date | None = None,
) -> QuerySet[HandOver]:
    rows = HandOver.objects.filter(
        Q(hub__in=_hubs_of(user))
        | Q(purchase_order__supplier__in=farms_of(user))
        | Q(purchase_order__authority__in=authorities_of(user))
    ).prefetch_related("lines__goods_lot")
    return narrowed(rows, hub=hub, purchase_order=purchase_order, purchase_order__delivery_date=delivery_date)


def hand_over_for(user: User, pk: int) -> HandOver:
    return one_of(hand_overs_seen_by(user), pk)


def receipts_seen_by(
    user: User, *, kitchen: int | None = None, delivery_date: date | None = None
) -> QuerySet[Receipt]:
    rows = Receipt.objects.filter(
        Q(kitchen__in=kitchens_of(user)) | Q(kitchen__authority__in=authorities_of(user))
    ).prefetch_related("lines")
    return narrowed(rows, kitchen=kitchen, delivery_date=delivery_date)


def receipt_for(user: User, pk: int) -> Receipt:
    return one_of(receipts_seen_by(user), pk)


def external_purchases_seen_by(
    user: User,
    *,
    authority: int | None = None,
    purchase_import: int | None = None,
    period_from: date | None = None,
    period_to: date | None = None,
) -> QuerySet[ExternalPurchase]:
    """What an authority of hers bought elsewhere; imports that were undone count nowhere."""
    rows = (
        ExternalPurchase.objects.counting().filter(authority__in=authorities_of(user)).select_related("food")
    )
    return narrowed(
        rows,
        authority=authority,
        purchase_import=purchase_import,
        period_start__gte=period_from,
        period_end__lte=period_to,
    )


def external_purchase_for(user: User, pk: int) -> ExternalPurchase:
    return one_of(external_purchases_seen_by(user), pk)
