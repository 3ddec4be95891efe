"""A kitchen's orders: each line with the call-offs that it became, and what stands still to be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from config.ground.refusals import NotFound
from kitchens.models import Basket, BasketLine, Kitchen
from kitchens.queries.baskets import waiting_lines
from market.models import SupplierRun
from market.queries.delivery import ComingDay, coming_days
from market.queries.factors import factors_of
from market.queries.findings import Confirmed, ToldVerdict, confirmed_paragraphs, main_reasons, told
from market.queries.names import unit_name
from market.rules.climate import Factor
from orders.models import CallOff, Order, OrderLine
from orders.queries.repriced import Repriced, repriced_of_kitchen, repriced_of_order
from orders.queries.states import State, call_off_state

NOTHING = Decimal(0)
DAYS_AHEAD = 6
ORDERS_SHOWN = 12
SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class CallOffRow:
    """A call-off as the kitchen reads it. ``may_change``: its farm's cut-off has not passed.

    ``repriced``: the agreement's price on the delivery day is by now another than the promised one.
    """

    call_off: CallOff
    state: State
    may_change: bool
    co2e_kg: Decimal | None
    repriced: Repriced | None = None

    @property
    def cut_off(self) -> datetime:
        return self.call_off.supplier_run.cut_off


@dataclass(frozen=True, slots=True)
class OrderRow:
    line: OrderLine
    unit: str
    call_offs: tuple[CallOffRow, ...]

    @property
    def may_change(self) -> bool:
        return all(each.may_change for each in self.call_offs)

    @property
    def net_sek(self) -> Decimal:
        return sum((each.call_off.net_sek for each in self.call_offs), NOTHING)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A line that waits in the basket because it was refused or the farm could not bring it."""

    line: BasketLine
    unit: str
    verdicts: tuple[ToldVerdict, ...]


@dataclass(frozen=True, slots=True)
class OrderSheet:
    order: Order
    rows: tuple[OrderRow, ...]
    waiting: tuple[WaitingRow, ...]

    @property
    def may_change(self) -> bool:
        return any(row.may_change for row in self.rows)

    @property
    def risen(self) -> list[Repriced]:
        """What the kitchen is asked to approve before the cut-off."""
        return [each.repriced for each in self.call_offs if each.repriced is not None and each.repriced.rose]

    @property
    def call_offs(self) -> list[CallOffRow]:
        return [each for row in self.rows for each in row.call_offs]

    @property
    def net_sek(self) -> Decimal:
        return sum((row.net_sek for row in self.rows), NOTHING)

    @property
    def kg(self) -> Decimal:
        return sum((each.call_off.kg or NOTHING for each in self.call_offs), NOTHING)

    @property
    def co2e_kg(self) -> Decimal:
        return sum((each.co2e_kg or NOTHING for each in self.call_offs), NOTHING)

    @property
    def without_co2e(self) -> int:
        return sum(1 for each in self.call_offs if each.co2e_kg is None)


def order_sheet(*, kitchen: Kitchen, order_id: int, now: datetime) -> OrderSheet:
    """An order of the kitchen. Raises NotFound."""
    order = Order.objects.select_related("placed_by").filter(pk=order_id, kitchen=kitchen).first()
    if order is None:
        raise NotFound
    lines = order.lines.standing().select_related("product")
    placed = CallOff.objects.filter(order=order, state=CallOff.State.PLACED).select_related(
        "supplier", "supplier_run", "quantity"
    )
    call_offs = sorted(placed, key=lambda each: (each.promise["legal"]["rank"], -each.base_quantity, each.pk))
    foods = {each.promise["food"] for each in call_offs if each.promise.get("food")}
    factors = factors_of(foods, on=order.delivery_date)
    repriced = {each.call_off_id: each for each in repriced_of_order(order.pk)}
    by_line: dict[int, list[CallOffRow]] = {}
    for each in call_offs:
        row = _call_off_row(each, factors, now)
        by_line.setdefault(each.order_line_id, []).append(
            replace(row, repriced=repriced.get(each.pk) if row.may_change else None)
        )
    waiting = waiting_lines(kitchen, days=[order.delivery_date])
    return OrderSheet(
        order=order,
        rows=tuple(
            OrderRow(
                line=line, unit=unit_name(line.product.base_unit), call_offs=tuple(by_line.get(line.pk, ()))
            )
            for line in lines
        ),
        waiting=waiting_rows(waiting, confirmed_paragraphs()) if waiting else (),
    )


def _call_off_row(call_off: CallOff, factors: Mapping[str, Factor], now: datetime) -> CallOffRow:
    run = call_off.supplier_run
    may_change = run.state == SupplierRun.State.OPEN and now <= run.cut_off
    factor = factors.get(call_off.promise.get("food") or "")
    return CallOffRow(
        call_off=call_off,
        state=call_off_state(call_off, may_change=may_change),
        may_change=may_change,
        co2e_kg=None if factor is None or call_off.kg is None else factor.kg_co2e_per_kg * call_off.kg,
    )


def waiting_rows(lines: Sequence[BasketLine], confirmed: Confirmed) -> tuple[WaitingRow, ...]:
    return tuple(
        WaitingRow(
            line=line,
            unit=unit_name(line.product.base_unit),
            verdicts=main_reasons(
                told(line.refused, unit=unit_name(line.product.base_unit), confirmed=confirmed)
            ),
        )
        for line in lines
    )


def call_off_for(kitchen: Kitchen, call_off_id: int) -> CallOff:
    """A call-off of the kitchen, to tell why it is so. Raises NotFound."""
    found = CallOff.objects.select_related("supplier", "product", "agreement", "agreement_lot").filter(
        pk=call_off_id, kitchen=kitchen
    )
    call_off = found.first()
    if call_off is None:
        raise NotFound
    return call_off


@dataclass(frozen=True, slots=True)
class DayRow:
    """A delivery day of the kitchen with its basket and what is ordered. ``soon``: its first cut-off is within a day."""

    day: ComingDay
    in_basket: int
    refused: int
    ordered_lines: int
    ordered_sek: Decimal
    soon: bool

    @property
    def waits_to_be_ordered(self) -> bool:
        return self.day.is_open and self.in_basket > self.refused

    @property
    def has_nothing(self) -> bool:
        """Open, with an empty basket and nothing ordered."""
        return self.day.is_open and not self.in_basket and not self.ordered_lines


@dataclass(frozen=True, slots=True)
class ReceiptDue:
    """Goods that lie at the hub or stand at the door, and nobody has signed for."""

    day: date
    call_offs: int


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    order: Order
    lines: int
    net_sek: Decimal


@dataclass(frozen=True, slots=True)
class KitchenPage:
    days: tuple[DayRow, ...]
    orders: tuple[PlacedOrder, ...]
    receipts: tuple[ReceiptDue, ...]
    waiting: tuple[WaitingRow, ...]
    risen: tuple[Repriced, ...] = ()

    @property
    def to_order(self) -> list[DayRow]:
        return [row for row in self.days if row.waits_to_be_ordered]

    @property
    def to_begin(self) -> DayRow | None:
        """The next open day, where nothing is wanted or ordered for it yet."""
        first_open = next((row for row in self.days if row.day.is_open), None)
        return first_open if first_open is not None and first_open.has_nothing else None


def kitchen_page(*, kitchen: Kitchen, today: date, now: datetime) -> KitchenPage:
    """What a kitchen has before it, in eight statements."""
    days = coming_days(hub_id=kitchen.hub_id, today=today, now=now, most=DAYS_AHEAD)
    shown = [day.day for day in days]
    baskets = {
        basket.delivery_date: basket
        for basket in Basket.objects.filter(kitchen=kitchen, delivery_date__in=shown).annotate(
            in_basket=Count("lines"), refused=Count("lines", filter=Q(lines__refused__isnull=False))
        )
    }
    ordered = {
        row["delivery_date"]: (row["lines"], row["net_sek"])
        for row in CallOff.objects.filter(
            kitchen=kitchen, delivery_date__in=shown, state=CallOff.State.PLACED
        )
        .values("delivery_date")
        .annotate(lines=Count("order_line", distinct=True), net_sek=Sum("net_sek"))
    }
    waiting = waiting_lines(kitchen, days=None, today=today)
    return KitchenPage(
        days=tuple(
            DayRow(
                day=day,
                in_basket=getattr(baskets.get(day.day), "in_basket", 0),
                refused=getattr(baskets.get(day.day), "refused", 0),
                ordered_lines=ordered.get(day.day, (0, NOTHING))[0],
                ordered_sek=ordered.get(day.day, (0, NOTHING))[1],
                soon=day.first_cut_off is not None and day.first_cut_off - now <= SOON,
            )
            for day in days
        ),
        orders=_placed_orders(kitchen),
        receipts=_receipts_due(kitchen),
        waiting=waiting_rows(waiting, confirmed_paragraphs()),
        risen=_risen(kitchen, today=today, now=now),
    )


def _risen(kitchen: Kitchen, *, today: date, now: datetime) -> tuple[Repriced, ...]:
    """One call-off of each order in which a price rose and may still be approved: the one that closes first."""
    first: dict[int, Repriced] = {}
    for each in repriced_of_kitchen(kitchen, today=today):
        if each.rose and now <= each.cut_off:
            there = first.get(each.order_id)
            first[each.order_id] = each if there is None or each.cut_off < there.cut_off else there
    return tuple(first.values())


def _placed_orders(kitchen: Kitchen) -> tuple[PlacedOrder, ...]:
    live = Q(call_offs__state=CallOff.State.PLACED)
    orders = (
        Order.objects.filter(kitchen=kitchen)
        .annotate(
            lines_now=Count("call_offs__order_line", filter=live, distinct=True),
            net_sek=Sum("call_offs__net_sek", filter=live),
        )
        .select_related("placed_by")
        .order_by("-delivery_date", "-pk")
    )
    return tuple(
        PlacedOrder(order=order, lines=order.lines_now, net_sek=order.net_sek or NOTHING)
        for order in orders[:ORDERS_SHOWN]
    )


def _receipts_due(kitchen: Kitchen) -> tuple[ReceiptDue, ...]:
    rows = (
        CallOff.objects.filter(kitchen=kitchen, quantity__handed_over__gt=0, receipt_line__isnull=True)
        .values("delivery_date")
        .annotate(call_offs=Count("pk"))
        .order_by("delivery_date")
    )
    return tuple(ReceiptDue(day=row["delivery_date"], call_offs=row["call_offs"]) for row in rows)
