"""What a hub expects and hands on: purchase orders by farm, and each kitchen's share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from config.ground.refusals import NotFound
from market.models import DeliveryRun, Hub
from orders.models import CallOff, HandOver, PurchaseOrder, PurchaseOrderLine
from orders.queries.purchase_orders import confirmed_packs, lines_of
from orders.queries.states import State, answer_state

DAYS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class HubDay:
    day: date
    orders: int
    handed_over: int


def hub_days(hub: Hub, *, today: date) -> list[HubDay]:
    """The hub's days from today on, with what is expected of each. One statement."""
    orders = Count("supplier_runs__purchase_orders", distinct=True)
    done = Count(
        "supplier_runs__purchase_orders",
        filter=Q(supplier_runs__purchase_orders__hand_over__isnull=False),
        distinct=True,
    )
    runs = DeliveryRun.objects.filter(hub=hub, delivery_date__gte=today).annotate(orders=orders, done=done)
    return [
        HubDay(day=run.delivery_date, orders=run.orders, handed_over=run.done)
        for run in runs.order_by("delivery_date")[:DAYS_SHOWN]
    ]


@dataclass(frozen=True, slots=True)
class ExpectedOrder:
    """A farm's order for an authority at this hub on this day; each line has ``confirmed`` packs."""

    order: PurchaseOrder
    state: State
    lines: tuple[PurchaseOrderLine, ...]
    handed: HandOver | None

    @property
    def may_hand_over(self) -> bool:
        return self.handed is None and any(confirmed_packs(line) for line in self.lines)


def expected_orders(hub: Hub, day: date) -> list[ExpectedOrder]:
    """The day's purchase orders by farm, in two statements."""
    orders = list(
        PurchaseOrder.objects.filter(delivery_date=day, supplier_run__delivery_run__hub=hub)
        .select_related("supplier", "authority", "hand_over__taken_by")
        .order_by("supplier__sort_key", "number")
    )
    by_order: dict[int, list[PurchaseOrderLine]] = {}
    for line in lines_of(orders):
        by_order.setdefault(line.purchase_order_id, []).append(line)
    return [
        ExpectedOrder(
            order=order,
            state=answer_state(order),
            lines=tuple(by_order.get(order.pk, ())),
            handed=getattr(order, "hand_over", None),
        )
        for order in orders
    ]


def expected_order(hub: Hub, day: date, order_id: int) -> ExpectedOrder:
    """One of them. Raises NotFound."""
    found = next((each for each in expected_orders(hub, day) if each.order.pk == order_id), None)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class PickLine:
    call_off: CallOff
    packs: int
    lot_number: str


@dataclass(frozen=True, slots=True)
class PickList:
    """A kitchen's goods of the day, as they stand at the hub."""

    kitchen: str
    address: str
    lines: tuple[PickLine, ...]

    @property
    def packs(self) -> int:
        return sum(line.packs for line in self.lines)

    @property
    def kg(self) -> Decimal:
        shares = (
            line.call_off.kg * line.packs / line.call_off.packs
            for line in self.lines
            if line.call_off.kg is not None
        )
        return sum(shares, Decimal(0))


def pick_lists(hub: Hub, day: date) -> list[PickList]:
    """What was handed over for each kitchen. One statement."""
    call_offs = (
        CallOff.objects.filter(
            delivery_date=day, supplier_run__delivery_run__hub=hub, quantity__handed_over__gt=0
        )
        .select_related("kitchen", "supplier", "quantity", "link__purchase_order_line__hand_over__goods_lot")
        .order_by("kitchen__sort_key", "kitchen", "supplier__sort_key", "product__sort_key", "pk")
    )
    by_kitchen: dict[int, list[CallOff]] = {}
    for each in call_offs:
        by_kitchen.setdefault(each.kitchen_id, []).append(each)
    return [_pick_list(rows) for rows in by_kitchen.values()]


def _pick_list(call_offs: list[CallOff]) -> PickList:
    kitchen = call_offs[0].kitchen
    return PickList(
        kitchen=kitchen.name,
        address=kitchen.address,
        lines=tuple(
            PickLine(call_off=each, packs=int(each.quantity.handed_over), lot_number=_lot_number(each))
            for each in call_offs
        ),
    )


def _lot_number(call_off: CallOff) -> str:
    handed = getattr(call_off.link.purchase_order_line, "hand_over", None)
    return handed.goods_lot.number if handed and handed.goods_lot else ""


def by_farm(expected: list[ExpectedOrder]) -> Mapping[str, list[ExpectedOrder]]:
    farms: dict[str, list[ExpectedOrder]] = {}
    for each in expected:
        farms.setdefault(each.order.supplier.name, []).append(each)
    return farms
