"""What is asked of invoices and credit notes."""

from collections.abc import Sequence
from decimal import Decimal

from rest_framework import serializers

from config.ground.api.fields import Amount, Asked, Day, Id, IdWanted, Text, Wanted, Whole
from orders.actions.papers import BilledLine, CreditDraft, InvoiceDraft
from orders.api.asked import Row, refuse_doubles
from orders.queries.checking import MOST_LINES

ORE = Decimal("0.01")


class InvoiceLineAsked(Asked):
    """``line`` is of the purchase order; ``kg`` counts for weighed goods, of others the packs say the weight."""

    line = Id()
    packs = Whole(min_value=1)
    kg = Amount(max_digits=11, decimal_places=3, min_value=0, default=None, allow_null=True)
    net_sek = Amount(max_digits=12, decimal_places=2, min_value=ORE)


class CreditNoteLineAsked(Asked):
    """``line`` is of the invoice; ``packs`` 0 is a rebate."""

    line = Id()
    packs = Whole()
    kg = Amount(max_digits=11, decimal_places=3, min_value=0, default=None, allow_null=True)
    net_sek = Amount(max_digits=12, decimal_places=2, min_value=ORE)


def _lines(rows: Sequence[Row]) -> list[BilledLine]:
    return [
        BilledLine(line_id=row["line"], packs=row["packs"], net_sek=row["net_sek"], kg=row["kg"])
        for row in rows
    ]


class PaperAsked(Asked):
    """``gross_sek`` is what the paper asks for with VAT; where it is told it must be the sum of the lines."""

    number = Text(max_length=40)
    issued_on = Day()
    gross_sek = Amount(max_digits=12, decimal_places=2, min_value=ORE, default=None, allow_null=True)

    def validate_lines(self, rows: Sequence[Row]) -> Sequence[Row]:
        return refuse_doubles(rows, of=lambda row: row["line"], field="line")


class InvoiceAsked(PaperAsked):
    """``order_reference`` is the purchase order's number: an invoice that names none is refused, never guessed at."""

    supplier = Id()
    authority = Id(help_text="the buyer")
    order_reference = Text(default="", allow_blank=True, max_length=40)
    due_on = Day()
    lines = serializers.ListField(child=InvoiceLineAsked(), min_length=1, max_length=MOST_LINES)

    def draft(self) -> InvoiceDraft:
        told = self.validated_data
        return InvoiceDraft(
            supplier_id=told["supplier"],
            authority_id=told["authority"],
            order_reference=told["order_reference"],
            number=told["number"],
            issued_on=told["issued_on"],
            due_on=told["due_on"],
            lines=_lines(told["lines"]),
            gross_sek=told["gross_sek"],
        )


class CreditNoteAsked(PaperAsked):
    invoice = Id()
    reason = Text(max_length=300)
    lines = serializers.ListField(child=CreditNoteLineAsked(), min_length=1, max_length=MOST_LINES)

    def draft(self, invoice_id: int) -> CreditDraft:
        told = self.validated_data
        return CreditDraft(
            invoice_id=invoice_id,
            number=told["number"],
            issued_on=told["issued_on"],
            reason=told["reason"],
            lines=_lines(told["lines"]),
            gross_sek=told["gross_sek"],
        )


class InvoicesWanted(Wanted):
    supplier = IdWanted(required=False)
    authority = IdWanted(required=False)
    purchase_order = IdWanted(required=False)


class CreditNotesWanted(Wanted):
    supplier = IdWanted(required=False)
    invoice = IdWanted(required=False)
