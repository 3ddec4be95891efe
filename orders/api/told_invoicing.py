"""What is told of invoices and credit notes."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from market.rules.prices import VatSum
from orders.models import CreditNote, CreditNoteLine, Invoice, InvoiceLine
from orders.queries.invoices import vat_of_credit, vat_of_invoice

PAPER = ["issued_on", "net_sek", "vat_sek", "gross_sek", "booked_by", "booked_at", "vat", "lines"]


class VatTold(serializers.Serializer[Any]):
    """The tax of one rate, from the sum of its lines; ``rate`` 0.12 is twelve per cent."""

    rate = serializers.DecimalField(max_digits=5, decimal_places=4)
    net_sek = serializers.DecimalField(max_digits=14, decimal_places=2)
    vat_sek = serializers.DecimalField(max_digits=14, decimal_places=2)
    gross_sek = serializers.DecimalField(max_digits=14, decimal_places=2)


def _vat(sums: tuple[VatSum, ...]) -> Any:
    return VatTold(sums, many=True).data


class InvoiceLineTold(serializers.ModelSerializer[InvoiceLine]):
    class Meta:
        model = InvoiceLine
        fields = read_only_fields = ["id", "purchase_order_line", "packs", "kg", "net_sek", "vat_rate"]


class InvoiceTold(serializers.ModelSerializer[Invoice]):
    order_number = serializers.CharField(read_only=True)
    vat = serializers.SerializerMethodField()
    lines = InvoiceLineTold(many=True, read_only=True)

    class Meta:
        model = Invoice
        fields = read_only_fields = [
            "id",
            "number",
            "supplier",
            "authority",
            "purchase_order",
            "order_number",
            "due_on",
            *PAPER,
        ]

    @extend_schema_field(VatTold(many=True))
    def get_vat(self, invoice: Invoice) -> Any:
        return _vat(vat_of_invoice(invoice))


class CreditNoteLineTold(serializers.ModelSerializer[CreditNoteLine]):
    class Meta:
        model = CreditNoteLine
        fields = read_only_fields = ["id", "invoice_line", "packs", "kg", "net_sek"]


class CreditNoteTold(serializers.ModelSerializer[CreditNote]):
    vat = serializers.SerializerMethodField()
    lines = CreditNoteLineTold(many=True, read_only=True)

    class Meta:
        model = CreditNote
        fields = read_only_fields = ["id", "number", "supplier", "invoice", "reason", *PAPER]

    @extend_schema_field(VatTold(many=True))
    def get_vat(self, note: CreditNote) -> Any:
        return _vat(vat_of_credit(note))


class InvoiceBookedTold(serializers.Serializer[Any]):
    invoice = serializers.IntegerField()
    purchase_order = serializers.IntegerField()
    net_sek = serializers.DecimalField(max_digits=14, decimal_places=2)
    vat_sek = serializers.DecimalField(max_digits=14, decimal_places=2)
    gross_sek = serializers.DecimalField(max_digits=14, decimal_places=2)


class CreditBookedTold(serializers.Serializer[Any]):
    credit_note = serializers.IntegerField()
    invoice = serializers.IntegerField()
    net_sek = serializers.DecimalField(max_digits=14, decimal_places=2)
    vat_sek = serializers.DecimalField(max_digits=14, decimal_places=2)
    gross_sek = serializers.DecimalField(max_digits=14, decimal_places=2)
