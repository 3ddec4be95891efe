"""What is asked of orders and their papers: read strictly, handed on as values."""

from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from config.ground.api.fields import Amount, Asked, Day, Id, IdWanted, Text, Truth, Wanted, Whole
from orders.actions.handing_over import HandedLine
from orders.actions.receiving import ReceivedLine
from orders.models import CallOff, PurchaseOrder
from orders.queries.checking import MOST_LINES, MOST_QUANTITY, AskedLine

GRAM = Decimal("0.001")
Row = dict[str, Any]


def refuse_doubles(rows: Sequence[Row], *, of: Callable[[Row], Hashable], field: str) -> Sequence[Row]:
    """A thing that stands twice: which of the two was meant? Raises ValidationError at the second."""
    seen: set[Hashable] = set()
    faults: list[dict[str, list[str]]] = []
    for row in rows:
        faults.append({field: [_("Står redan på en annan rad.")]} if of(row) in seen else {})
        seen.add(of(row))
    if any(faults):
        raise serializers.ValidationError(faults)
    return rows


class LineAsked(Asked):
    """``quantity`` in the product's base unit. ``supplier`` asks for one farm, where the agreement lets a kitchen choose."""

    product = Id()
    quantity = Amount(max_digits=10, decimal_places=3, min_value=GRAM, max_value=MOST_QUANTITY)
    accept_part = Truth(default=True, help_text="false: all of it or nothing")
    note = Text(default="", allow_blank=True, max_length=200)
    supplier = Id(default=None, allow_null=True)


def _lines(rows: Sequence[Row]) -> list[AskedLine]:
    return [
        AskedLine(
            product_id=row["product"],
            quantity=row["quantity"],
            accept_part=row["accept_part"],
            note=row["note"],
            supplier_id=row["supplier"],
        )
        for row in rows
    ]


class LinesAsked(Asked):
    lines = serializers.ListField(child=LineAsked(), min_length=1, max_length=MOST_LINES)

    def validate_lines(self, rows: Sequence[Row]) -> Sequence[Row]:
        return refuse_doubles(rows, of=lambda row: row["product"], field="product")

    def asked_lines(self) -> list[AskedLine]:
        return _lines(self.validated_data["lines"])


class OrderAsked(LinesAsked):
    kitchen = Id()
    delivery_date = Day()


class OrderEditAsked(Asked):
    """The order's lines from now on; an empty list gives all of it back. ``version`` or If-Match says from which."""

    version = Id(required=False, max_value=2**31 - 2)
    lines = serializers.ListField(child=LineAsked(), allow_empty=True, max_length=MOST_LINES)

    def validate_lines(self, rows: Sequence[Row]) -> Sequence[Row]:
        return refuse_doubles(rows, of=lambda row: row["product"], field="product")

    def asked_lines(self) -> list[AskedLine]:
        return _lines(self.validated_data["lines"])


class AnsweredLineAsked(Asked):
    line = Id()
    packs = Whole()


class AnswerAsked(Asked):
    """A farm's answer. Lines that are not named are confirmed in full; without lines all is. ``packs`` 0 declines."""

    lines = serializers.ListField(child=AnsweredLineAsked(), required=False, max_length=MOST_LINES)
    reason = Text(default="", allow_blank=True, max_length=300)

    def validate_lines(self, rows: Sequence[Row]) -> Sequence[Row]:
        return refuse_doubles(rows, of=lambda row: row["line"], field="line")

    def packs(self) -> dict[int, int] | None:
        rows = self.validated_data.get("lines")
        return None if rows is None else {row["line"]: row["packs"] for row in rows}


class HandedLineAsked(Asked):
    """``line`` is of the purchase order; ``kg`` what the scale showed, for catch weight."""

    line = Id()
    packs = Whole()
    kg = Amount(max_digits=11, decimal_places=3, min_value=0, default=None, allow_null=True)
    temperature_c = Amount(max_digits=3, decimal_places=1, default=None, allow_null=True)
    lot_number = Text(default="", allow_blank=True, max_length=60)
    best_before = Day(default=None, allow_null=True)


class HandOverAsked(Asked):
    hub = Id()
    purchase_order = Id()
    lines = serializers.ListField(child=HandedLineAsked(), allow_empty=True, max_length=MOST_LINES)
    note = Text(default="", allow_blank=True, max_length=300)

    def validate_lines(self, rows: Sequence[Row]) -> Sequence[Row]:
        return refuse_doubles(rows, of=lambda row: row["line"], field="line")

    def handed_lines(self) -> list[HandedLine]:
        return [
            HandedLine(line_id=row["line"], **{name: row[name] for name in row if name != "line"})
            for row in self.validated_data["lines"]
        ]


class ReceivedLineAsked(Asked):
    """``delivered`` and ``rejected`` packs are together all that was handed over. A rejection says why."""

    call_off = Id()
    delivered = Whole()
    rejected = Whole(default=0)
    kg = Amount(max_digits=11, decimal_places=3, min_value=0, default=None, allow_null=True)
    temperature_c = Amount(max_digits=3, decimal_places=1, default=None, allow_null=True)
    reason = Text(default="", allow_blank=True, max_length=300)


class ReceiptAsked(Asked):
    kitchen = Id()
    delivery_date = Day()
    lines = serializers.ListField(child=ReceivedLineAsked(), min_length=1, max_length=MOST_LINES)
    note = Text(default="", allow_blank=True, max_length=300)

    def validate_lines(self, rows: Sequence[Row]) -> Sequence[Row]:
        return refuse_doubles(rows, of=lambda row: row["call_off"], field="call_off")

    def received_lines(self) -> list[ReceivedLine]:
        return [
            ReceivedLine(
                call_off_id=row["call_off"], **{name: row[name] for name in row if name != "call_off"}
            )
            for row in self.validated_data["lines"]
        ]


class ReturnAsked(Asked):
    call_off = Id()
    packs = Whole(min_value=1)
    reason = Text(max_length=300)


class OrdersWanted(Wanted):
    kitchen = IdWanted(required=False)
    delivery_date = Day(required=False)


class CallOffsWanted(OrdersWanted):
    order = IdWanted(required=False)
    supplier = IdWanted(required=False)
    state = serializers.ChoiceField(CallOff.State.choices, required=False)


class PurchaseOrdersWanted(Wanted):
    supplier = IdWanted(required=False)
    delivery_date = Day(required=False)
    answer = serializers.ChoiceField(PurchaseOrder.Answer.choices, required=False)


class HandOversWanted(Wanted):
    hub = IdWanted(required=False)
    purchase_order = IdWanted(required=False)
    delivery_date = Day(required=False)


class ExternalPurchasesWanted(Wanted):
    authority = IdWanted(required=False)
    purchase_import = IdWanted(required=False)
    period_from = Day(required=False, help_text="periods that begin on or after this day")
    period_to = Day(required=False, help_text="periods that end on or before this day")
