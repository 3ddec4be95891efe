"""What is told of orders and their papers. Read-only: nothing here writes."""

from typing import Any

from rest_framework import serializers

from market.models import AgreementPrice
from orders.models import (
    CallOff,
    CallOffQuantity,
    ExternalPurchase,
    HandOver,
    HandOverLine,
    Order,
    OrderLine,
    PurchaseOrder,
    PurchaseOrderLine,
    Receipt,
    ReceiptLine,
)


class PartTold(serializers.Serializer[Any]):
    """What one farm brings of a line under one agreement lot; ``finding`` says why that is lawful."""

    call_off = serializers.IntegerField(required=False, help_text="once it is placed")
    supplier = serializers.IntegerField()
    supplier_name = serializers.CharField()
    agreement_lot = serializers.IntegerField()
    pack = serializers.IntegerField()
    packs = serializers.IntegerField()
    quantity = serializers.DecimalField(max_digits=14, decimal_places=3)
    kg = serializers.DecimalField(max_digits=14, decimal_places=3, allow_null=True)
    price_sek = serializers.DecimalField(max_digits=12, decimal_places=4)
    price_per = serializers.ChoiceField(AgreementPrice.Per.choices)
    net_sek = serializers.DecimalField(max_digits=14, decimal_places=2)
    finding = serializers.DictField()


class JudgedLineTold(serializers.Serializer[Any]):
    """A line as it was judged. ``finding`` is null when nothing is missing, else rules, paragraphs and ways out."""

    product = serializers.IntegerField()
    quantity = serializers.DecimalField(max_digits=14, decimal_places=3)
    given = serializers.DecimalField(max_digits=14, decimal_places=3)
    missing = serializers.DecimalField(max_digits=14, decimal_places=3)
    parts = PartTold(many=True)
    finding = serializers.DictField(allow_null=True)


class CheckTold(serializers.Serializer[Any]):
    delivery_date = serializers.DateField()
    lines = JudgedLineTold(many=True)


class PlacedTold(CheckTold):
    """``order`` is null when no line could be placed: nothing is ordered, all stays in the basket."""

    order = serializers.IntegerField(allow_null=True)


class EditedTold(serializers.Serializer[Any]):
    """``lines`` are those that were judged anew; what was as before is not repeated."""

    order = serializers.IntegerField()
    version = serializers.IntegerField()
    delivery_date = serializers.DateField(required=False)
    lines = JudgedLineTold(many=True)


class QuantityTold(serializers.ModelSerializer[CallOffQuantity]):
    """Sums of movements, in packs where the name does not say otherwise."""

    class Meta:
        model = CallOffQuantity
        fields = read_only_fields = [
            "confirmed",
            "declined",
            "handed_over",
            "delivered",
            "delivered_kg",
            "delivered_sek",
            "rejected",
            "returned",
        ]


class CallOffBriefTold(serializers.ModelSerializer[CallOff]):
    quantities = QuantityTold(source="quantity", read_only=True, allow_null=True)

    class Meta:
        model = CallOff
        fields = read_only_fields = [
            "id",
            "supplier",
            "agreement_lot",
            "pack",
            "packs",
            "base_quantity",
            "kg",
            "price_sek",
            "price_per",
            "net_sek",
            "state",
            "quantities",
        ]


class CallOffTold(serializers.ModelSerializer[CallOff]):
    """A call-off: what was promised, under what, and what came of it."""

    quantities = QuantityTold(source="quantity", read_only=True, allow_null=True)
    promise = serializers.DictField(read_only=True)
    finding = serializers.DictField(read_only=True)

    class Meta:
        model = CallOff
        fields = read_only_fields = [
            "id",
            "order",
            "order_line",
            "authority",
            "kitchen",
            "delivery_date",
            "supplier",
            "supplier_run",
            "agreement",
            "agreement_lot",
            "offer",
            "product",
            "pack",
            "packs",
            "base_quantity",
            "kg",
            "price_sek",
            "price_per",
            "net_sek",
            "state",
            "placed_at",
            "promise",
            "finding",
            "quantities",
        ]


class OrderTold(serializers.ModelSerializer[Order]):
    class Meta:
        model = Order
        fields = read_only_fields = [
            "id",
            "kitchen",
            "authority",
            "delivery_date",
            "version",
            "placed_by",
            "arrived_at",
            "placed_at",
        ]


class OrderLineTold(serializers.ModelSerializer[OrderLine]):
    product_name = serializers.CharField(source="product.name_sv", read_only=True)
    call_offs = CallOffBriefTold(many=True, read_only=True)

    class Meta:
        model = OrderLine
        fields = read_only_fields = [
            "id",
            "position",
            "product",
            "product_name",
            "quantity",
            "accept_part",
            "note",
            "call_offs",
        ]


class WholeOrderTold(OrderTold):
    lines = OrderLineTold(many=True, read_only=True)

    class Meta(OrderTold.Meta):
        fields = read_only_fields = [*OrderTold.Meta.fields, "lines"]


PRICES = ("net_sek", "price_sek", "price_per")


class PurchaseOrderLineTold(serializers.ModelSerializer[PurchaseOrderLine]):
    promise = serializers.DictField(read_only=True)
    price_sek = serializers.DecimalField(max_digits=12, decimal_places=4, read_only=True, allow_null=True)
    price_per = serializers.CharField(read_only=True, allow_null=True)
    net_sek = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True, allow_null=True)

    class Meta:
        model = PurchaseOrderLine
        fields = read_only_fields = [
            "id",
            "product",
            "pack",
            "packs",
            "base_quantity",
            "kg",
            "price_sek",
            "price_per",
            "net_sek",
            "promise",
        ]


class PurchaseOrderTold(serializers.ModelSerializer[PurchaseOrder]):
    """Prices are null for a hub's workers, who take over goods and no prices."""

    supplier_name = serializers.CharField(source="supplier.name", read_only=True)
    hub = serializers.IntegerField(source="hub_id", read_only=True)
    net_sek = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True, allow_null=True)

    class Meta:
        model = PurchaseOrder
        fields = read_only_fields = [
            "id",
            "number",
            "supplier_run",
            "supplier",
            "supplier_name",
            "authority",
            "hub",
            "delivery_date",
            "net_sek",
            "minimum_met",
            "answer",
            "answered_at",
            "answer_reason",
            "created_at",
        ]

    def to_representation(self, instance: Any) -> dict[str, Any]:
        told = super().to_representation(instance)
        if not instance.sees_prices:
            for row in [told, *told.get("lines", [])]:
                row.update({name: None for name in PRICES if name in row})
        return told


class WholePurchaseOrderTold(PurchaseOrderTold):
    lines = PurchaseOrderLineTold(many=True, read_only=True)

    class Meta(PurchaseOrderTold.Meta):
        fields = read_only_fields = [*PurchaseOrderTold.Meta.fields, "lines"]


class AnswerTold(serializers.Serializer[Any]):
    """``confirmed`` and ``declined`` in packs."""

    purchase_order = serializers.IntegerField()
    number = serializers.CharField()
    answer = serializers.ChoiceField(PurchaseOrder.Answer.choices)
    confirmed = serializers.IntegerField()
    declined = serializers.IntegerField()


class HandOverLineTold(serializers.ModelSerializer[HandOverLine]):
    line = serializers.IntegerField(source="purchase_order_line_id", read_only=True)
    lot_number = serializers.CharField(source="goods_lot.number", read_only=True, default="")

    class Meta:
        model = HandOverLine
        fields = read_only_fields = ["line", "packs", "kg", "temperature_c", "lot_number"]


class HandOverTold(serializers.ModelSerializer[HandOver]):
    lines = HandOverLineTold(many=True, read_only=True)

    class Meta:
        model = HandOver
        fields = read_only_fields = ["id", "purchase_order", "hub", "taken_by", "at", "note", "lines"]


class HandedOverTold(serializers.Serializer[Any]):
    hand_over = serializers.IntegerField()
    purchase_order = serializers.IntegerField()
    packs = serializers.IntegerField()


class ReceiptLineTold(serializers.ModelSerializer[ReceiptLine]):
    class Meta:
        model = ReceiptLine
        fields = read_only_fields = ["call_off", "delivered", "rejected", "kg", "temperature_c", "reason"]


class ReceiptTold(serializers.ModelSerializer[Receipt]):
    lines = ReceiptLineTold(many=True, read_only=True)

    class Meta:
        model = Receipt
        fields = read_only_fields = ["id", "kitchen", "delivery_date", "received_by", "at", "note", "lines"]


class ReceivedTold(serializers.Serializer[Any]):
    receipt = serializers.IntegerField()
    delivered = serializers.IntegerField()
    rejected = serializers.IntegerField()


class ReturnedTold(serializers.Serializer[Any]):
    packs = serializers.IntegerField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """``return`` is the paper's number, and a word that Python keeps for itself."""
        return {"return": serializers.IntegerField(), **super().get_fields()}


class ExternalPurchaseTold(serializers.ModelSerializer[ExternalPurchase]):
    """A line of somebody else's file as given: period, currency, unit. The seller's number is not told: it may be a
    person's.
    """

    food = serializers.CharField(source="food.key", read_only=True, default=None, allow_null=True)

    class Meta:
        model = ExternalPurchase
        fields = read_only_fields = [
            "id",
            "purchase_import",
            "row_number",
            "authority",
            "buyer",
            "supplier_name",
            "product_text",
            "product_label",
            "category",
            "period_start",
            "period_end",
            "currency",
            "amount",
            "quantity",
            "quantity_unit",
            "kg",
            "food",
        ]
