"""Purchase orders as a farm reads them: its own goods and prices, and nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from config.ground.refusals import NotFound
from market.models import SupplierRun
from orders.models import CallOff, PurchaseOrder, PurchaseOrderLine
from orders.queries.states import State, answer_state
from suppliers.models import Supplier

RUNS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class PurchaseOrderSheet:
    """An order with its lines; each line has ``confirmed`` packs."""

    order: PurchaseOrder
    state: State
    lines: tuple[PurchaseOrderLine, ...]

    @property
    def is_answered(self) -> bool:
        return self.order.answer != PurchaseOrder.Answer.NONE

    @property
    def kg(self) -> Decimal:
        return sum((line.kg or Decimal(0) for line in self.lines), Decimal(0))


def lines_of(orders: Sequence[PurchaseOrder]) -> list[PurchaseOrderLine]:
    """The lines with what was confirmed of each, in Swedish order of the goods. One statement."""
    lines = (
        PurchaseOrderLine.objects.filter(purchase_order__in=orders)
        .annotate(confirmed=Coalesce(Sum("links__call_off__quantity__confirmed"), Decimal(0)))
        .select_related("product", "pack")
    )
    return list(lines.order_by("purchase_order", "product__sort_key", "pk"))


def confirmed_packs(line: PurchaseOrderLine) -> int:
    """The packs that ``lines_of`` has added up."""
    return int(vars(line)["confirmed"])


def purchase_order_for(supplier: Supplier, pk: int) -> PurchaseOrderSheet:
    """An order to this farm. Raises NotFound."""
    return _sheet(PurchaseOrder.objects.filter(pk=pk, supplier=supplier))


def sheet_of(pk: int) -> PurchaseOrderSheet:
    """An order for one who holds its link. Raises NotFound."""
    return _sheet(PurchaseOrder.objects.filter(pk=pk))


def _sheet(orders: "QuerySet[PurchaseOrder]") -> PurchaseOrderSheet:
    order = _with_names(orders).first()
    if order is None:
        raise NotFound
    return PurchaseOrderSheet(order=order, state=answer_state(order), lines=tuple(lines_of([order])))


def _with_names(orders: "QuerySet[PurchaseOrder]") -> "QuerySet[PurchaseOrder]":
    return orders.select_related(
        "authority", "supplier", "answered_by", "supplier_run__delivery_run__hub", "hand_over"
    )


@dataclass(frozen=True, slots=True)
class RunRow:
    """A delivery that the farm still takes orders for, and what is ordered so far."""

    run: SupplierRun
    hub: str
    lines: int
    net_sek: Decimal


@dataclass(frozen=True, slots=True)
class FarmOrders:
    to_answer: tuple[PurchaseOrder, ...]
    to_bring: tuple[PurchaseOrder, ...]
    runs: tuple[RunRow, ...]


def farm_orders(supplier: Supplier, *, today: date, now: datetime) -> FarmOrders:
    """What a farm has to answer, to bring and to expect, in two statements."""
    coming = _with_names(PurchaseOrder.objects.filter(supplier=supplier, delivery_date__gte=today))
    orders = list(coming.annotate(line_count=Count("lines")).order_by("delivery_date", "number"))
    none, declined = PurchaseOrder.Answer.NONE, PurchaseOrder.Answer.DECLINED
    return FarmOrders(
        to_answer=tuple(order for order in orders if order.answer == none),
        to_bring=tuple(
            order
            for order in orders
            if order.answer not in {none, declined} and not hasattr(order, "hand_over")
        ),
        runs=_runs(supplier, now=now),
    )


def _runs(supplier: Supplier, *, now: datetime) -> tuple[RunRow, ...]:
    placed = Q(call_offs__state=CallOff.State.PLACED)
    runs = (
        SupplierRun.objects.filter(supplier=supplier, state=SupplierRun.State.OPEN, cut_off__gte=now)
        .annotate(
            hub_name=F("delivery_run__hub__name"),
            line_count=Count("call_offs", filter=placed),
            net_sek=Sum("call_offs__net_sek", filter=placed),
        )
        .order_by("cut_off", "pk")
    )
    return tuple(
        RunRow(run=run, hub=run.hub_name, lines=run.line_count, net_sek=run.net_sek or Decimal(0))
        for run in runs[:RUNS_SHOWN]
    )
