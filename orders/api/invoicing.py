"""``/invoices/`` and ``/credit-notes/``: what suppliers ask for their goods, and what they give back."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.doors import actor_of, arrived_at, once_of, user_of
from orders.actions.invoicing import book_credit, book_invoice
from orders.api.asked_invoicing import CreditNoteAsked, CreditNotesWanted, InvoiceAsked, InvoicesWanted
from orders.api.told_invoicing import CreditBookedTold, CreditNoteTold, InvoiceBookedTold, InvoiceTold
from orders.queries.invoices import (
    check_may_book,
    credit_note_for,
    credit_notes_seen_by,
    invoice_for,
    invoice_to_credit_for,
    invoices_seen_by,
)


class InvoicesDoor(Door):
    @extend_schema(parameters=[InvoicesWanted], responses=InvoiceTold(many=True))
    def get(self, request: Request) -> Response:
        """The invoices of your farms, or to your authority."""
        return self.page(invoices_seen_by(user_of(request), **self.wanted(InvoicesWanted)), InvoiceTold)

    @extend_schema(request=InvoiceAsked, responses={201: InvoiceBookedTold})
    def post(self, request: Request) -> Response:
        """Book a supplier's invoice for one purchase order: by the farm itself, or by an officer of the buyer."""
        asked = self.asked(InvoiceAsked)
        draft = asked.draft()
        check_may_book(user_of(request), supplier=draft.supplier_id, authority=draft.authority_id)
        reply = book_invoice(
            draft=draft,
            now=arrived_at(request),
            once=once_of(request, endpoint="POST invoices", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(reply, status=201)


class InvoiceDoor(Door):
    @extend_schema(responses=InvoiceTold)
    def get(self, request: Request, pk: int) -> Response:
        """An invoice with its lines and its tax per rate."""
        return self.one(InvoiceTold(invoice_for(user_of(request), pk)))


class CreditNotesDoor(Door):
    @extend_schema(parameters=[CreditNotesWanted], responses=CreditNoteTold(many=True))
    def get(self, request: Request) -> Response:
        """The credit notes of your farms, or to your authority."""
        rows = credit_notes_seen_by(user_of(request), **self.wanted(CreditNotesWanted))
        return self.page(rows, CreditNoteTold)

    @extend_schema(request=CreditNoteAsked, responses={201: CreditBookedTold})
    def post(self, request: Request) -> Response:
        """Book a supplier's credit note on one of its invoices. Only this frees what the invoice has bound."""
        asked = self.asked(CreditNoteAsked)
        invoice = invoice_to_credit_for(user_of(request), asked.validated_data["invoice"])
        reply = book_credit(
            draft=asked.draft(invoice.pk),
            now=arrived_at(request),
            once=once_of(request, endpoint="POST credit-notes", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(reply, status=201)


class CreditNoteDoor(Door):
    @extend_schema(responses=CreditNoteTold)
    def get(self, request: Request, pk: int) -> Response:
        """A credit note with its lines and its tax per rate."""
        return self.one(CreditNoteTold(credit_note_for(user_of(request), pk)))
