"""What was handed over for a kitchen on a day, what it has signed for, and what is still on its way."""

from dataclasses import dataclass
from datetime import date

from kitchens.models import Kitchen
from orders.models import CallOff, CallOffQuantity, GoodsLot, ReceiptLine


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """``there`` packs wait to be received; ``kept`` were received and not returned."""

    call_off: CallOff
    there: int
    kept: int
    receipt_line: ReceiptLine | None
    goods_lot: GoodsLot | None

    @property
    def catch_weight(self) -> bool:
        return self.call_off.price_per == "kg"

    @property
    def returned(self) -> int:
        return int(self.call_off.quantity.returned)


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    to_receive: tuple[ReceiptRow, ...]
    received: tuple[ReceiptRow, ...]
    coming: tuple[ReceiptRow, ...]

    def row(self, call_off_id: int) -> ReceiptRow | None:
        return next((row for row in self.received if row.call_off.pk == call_off_id), None)


def receipt_page(kitchen: Kitchen, delivery_date: date) -> ReceiptPage:
    """The day's call-offs that a farm has confirmed, by farm and product. One statement."""
    call_offs = (
        CallOff.objects.filter(
            kitchen=kitchen,
            delivery_date=delivery_date,
            state=CallOff.State.PLACED,
            quantity__confirmed__gt=0,
        )
        .select_related(
            "supplier",
            "quantity",
            "receipt_line",
            "link__purchase_order_line__hand_over__goods_lot",
        )
        .order_by("supplier__sort_key", "product__sort_key", "pk")
    )
    rows = [_row(each) for each in call_offs]
    return ReceiptPage(
        to_receive=tuple(row for row in rows if row.there and row.receipt_line is None),
        received=tuple(row for row in rows if row.receipt_line is not None),
        coming=tuple(row for row in rows if not row.there and row.receipt_line is None),
    )


def _row(call_off: CallOff) -> ReceiptRow:
    booked: CallOffQuantity = call_off.quantity
    handed = getattr(call_off.link.purchase_order_line, "hand_over", None)
    return ReceiptRow(
        call_off=call_off,
        there=int(booked.handed_over - booked.delivered - booked.rejected),
        kept=int(booked.delivered - booked.returned),
        receipt_line=getattr(call_off, "receipt_line", None),
        goods_lot=handed.goods_lot if handed else None,
    )
