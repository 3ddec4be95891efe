"""Which orders and papers a person may know of, and which of them she may act on.

A kitchen's people see their kitchen's, an officer and an auditor their authority's, a farm its own purchase
orders, a hub's workers what passes their hub.
"""

from datetime import date
from typing import Any, TypeVar

from django.db.models import BooleanField, F, Model, Prefetch, Q, QuerySet
from django.db.models.expressions import ExpressionWrapper

from config.ground.models import User
from config.ground.refusals import NotAllowed, NotFound
from kitchens.models import Kitchen, KitchenMember
from kitchens.queries.access import member_kitchen_for
from kitchens.queries.lists import authorities_of, kitchens_of
from market.models import HubWorker
from orders.models import CallOff, HandOver, Order, OrderLine, PurchaseOrder, PurchaseOrderLine, Receipt
from suppliers.models import FarmMember

Row = TypeVar("Row", bound=Model)


def _farms_of(user: User) -> "QuerySet[FarmMember, Any]":
    return FarmMember.objects.filter(user=user).values("supplier")


def _hubs_of(user: User) -> "QuerySet[HubWorker, Any]":
    return HubWorker.objects.filter(user=user).values("hub")


def _one(rows: QuerySet[Row], pk: int) -> Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _narrowed(rows: QuerySet[Row], **wanted: object) -> QuerySet[Row]:
    """The rows that match all filters that were given; None is none given."""
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def _worked_in(user: User, kitchen_id: int, *, role: str = "") -> Kitchen:
    """The kitchen of a paper that she may read. Raises NotAllowed when she does not work there."""
    try:
        return member_kitchen_for(user, kitchen_id, role=role)
    except NotFound:
        raise NotAllowed from None


def orders_seen_by(
    user: User, *, kitchen: int | None = None, delivery_date: date | None = None
) -> QuerySet[Order]:
    rows = Order.objects.filter(Q(kitchen__in=kitchens_of(user)) | Q(authority__in=authorities_of(user)))
    return _narrowed(rows, kitchen=kitchen, delivery_date=delivery_date)


def order_for(user: User, pk: int) -> Order:
    """An order with its lines and their call-offs. Raises NotFound."""
    call_offs = CallOff.objects.select_related("quantity").order_by("pk")
    lines = OrderLine.objects.filter(removed_at=None).select_related("product").order_by("position")
    whole = orders_seen_by(user).prefetch_related(
        Prefetch("lines", queryset=lines.prefetch_related(Prefetch("call_offs", queryset=call_offs)))
    )
    return _one(whole, pk)


def order_to_edit_for(user: User, pk: int) -> Order:
    """An order of a kitchen that she manages. Raises NotFound; NotAllowed for one who may only look."""
    found = _one(orders_seen_by(user), pk)
    found.kitchen = _worked_in(user, found.kitchen_id, role=KitchenMember.Role.MANAGER)
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
    return _narrowed(
        CallOff.objects.filter(mine).select_related("quantity"),
        order=order,
        kitchen=kitchen,
        supplier=supplier,
        delivery_date=delivery_date,
        state=state,
    )


def call_off_for(user: User, pk: int) -> CallOff:
    return _one(call_offs_seen_by(user), pk)


def call_off_to_return_for(user: User, pk: int) -> CallOff:
    """A call-off of a kitchen that she works in. Raises NotFound; NotAllowed for one who may only look."""
    found = _one(call_offs_seen_by(user), pk)
    found.kitchen = _worked_in(user, found.kitchen_id)
    return found


def purchase_orders_seen_by(
    user: User,
    *,
    supplier: int | None = None,
    delivery_date: date | None = None,
    answer: str | None = None,
) -> QuerySet[PurchaseOrder]:
    """``sees_prices`` is false for a hub's workers, who take over goods and no prices."""
    trades = Q(supplier__in=_farms_of(user)) | Q(authority__in=authorities_of(user))
    rows = (
        PurchaseOrder.objects.filter(trades | Q(supplier_run__delivery_run__hub__in=_hubs_of(user)))
        .annotate(
            hub_id=F("supplier_run__delivery_run__hub"),
            sees_prices=ExpressionWrapper(trades, output_field=BooleanField()),
        )
        .select_related("supplier")
    )
    return _narrowed(rows, supplier=supplier, delivery_date=delivery_date, answer=answer)


def purchase_order_for(user: User, pk: int) -> PurchaseOrder:
    """A purchase order with its lines. Raises NotFound."""
    lines = PurchaseOrderLine.objects.select_related("product", "pack").order_by("pk")
    return _one(purchase_orders_seen_by(user).prefetch_related(Prefetch("lines", queryset=lines)), pk)


def purchase_order_to_answer_for(user: User, pk: int) -> PurchaseOrder:
    """A purchase order to a farm of hers. Raises NotFound; NotAllowed for one who may only look."""
    found = _one(purchase_orders_seen_by(user), pk)
    if not _farms_of(user).filter(supplier=found.supplier_id).exists():
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
        | Q(purchase_order__supplier__in=_farms_of(user))
        | Q(purchase_order__authority__in=authorities_of(user))
    ).prefetch_related("lines__goods_lot")
    return _narrowed(
        rows, hub=hub, purchase_order=purchase_order, purchase_order__delivery_date=delivery_date
    )


def hand_over_for(user: User, pk: int) -> HandOver:
    return _one(hand_overs_seen_by(user), pk)


def receipts_seen_by(
    user: User, *, kitchen: int | None = None, delivery_date: date | None = None
) -> QuerySet[Receipt]:
    rows = Receipt.objects.filter(
        Q(kitchen__in=kitchens_of(user)) | Q(kitchen__authority__in=authorities_of(user))
    ).prefetch_related("lines")
    return _narrowed(rows, kitchen=kitchen, delivery_date=delivery_date)


def receipt_for(user: User, pk: int) -> Receipt:
    return _one(receipts_seen_by(user), pk)
