"""Invoices and credit notes: who may know of them, who may book them, and how they match what came."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import F, Prefetch, Q, QuerySet

from config.ground.models import User
from config.ground.refusals import NotAllowed, NotFound
from kitchens.queries.lists import authorities_of
from market.models import Authority, AuthorityMember
from market.queries.lists import farms_of, narrowed, one_of
from market.rules.prices import TaxedLine, VatSum, vat_by_rate
from orders.models import CreditNote, CreditNoteLine, Invoice, InvoiceLine, PurchaseOrder
from orders.rules.invoicing import Match, match
from orders.rules.movements import Amount

ORDERS_SHOWN = 50


def invoices_seen_by(
    user: User,
    *,
    supplier: int | None = None,
    authority: int | None = None,
    purchase_order: int | None = None,
) -> QuerySet[Invoice]:
    """A farm's own, and those to an authority of hers. Kitchens and hubs have nothing to pay."""
    rows = (
        Invoice.objects.filter(Q(supplier__in=farms_of(user)) | Q(authority__in=authorities_of(user)))
        .annotate(order_number=F("purchase_order__number"))
        .prefetch_related(Prefetch("lines", queryset=InvoiceLine.objects.order_by("pk")))
    )
    return narrowed(rows, supplier=supplier, authority=authority, purchase_order=purchase_order)


def invoice_for(user: User, pk: int) -> Invoice:
    return one_of(invoices_seen_by(user), pk)


def credit_notes_seen_by(
    user: User, *, supplier: int | None = None, invoice: int | None = None
) -> QuerySet[CreditNote]:
    lines = CreditNoteLine.objects.select_related("invoice_line").order_by("pk")
    rows = CreditNote.objects.filter(
        Q(supplier__in=farms_of(user)) | Q(invoice__authority__in=authorities_of(user))
    ).prefetch_related(Prefetch("lines", queryset=lines))
    return narrowed(rows, supplier=supplier, invoice=invoice)


def credit_note_for(user: User, pk: int) -> CreditNote:
    return one_of(credit_notes_seen_by(user), pk)


def check_may_book(user: User, *, supplier: int, authority: int) -> None:
    """A farm books its own papers, an officer those to her authority.

    Raises NotFound; NotAllowed for an auditor of the authority.
    """
    if farms_of(user).filter(supplier=supplier).exists():
        return
    member = AuthorityMember.objects.filter(user=user, authority=authority).first()
    if member is None:
        raise NotFound
    if member.role != AuthorityMember.Role.OFFICER:
        raise NotAllowed


def invoice_to_credit_for(user: User, pk: int) -> Invoice:
    """Raises NotFound; NotAllowed for one who may only look."""
    found = one_of(invoices_seen_by(user), pk)
    check_may_book(user, supplier=found.supplier_id, authority=found.authority_id)
    return found


def vat_of_invoice(invoice: Invoice) -> tuple[VatSum, ...]:
    """The tax per rate, lowest rate first."""
    return vat_by_rate(TaxedLine(net_sek=line.net_sek, rate=line.vat_rate) for line in invoice.lines.all())


def vat_of_credit(note: CreditNote) -> tuple[VatSum, ...]:
    return vat_by_rate(
        TaxedLine(net_sek=line.net_sek, rate=line.invoice_line.vat_rate) for line in note.lines.all()
    )


@dataclass(frozen=True, slots=True)
class MatchedOrder:
    """A purchase order beside what was received (less returns) and invoiced (less credits)."""

    order: PurchaseOrder
    ordered: Amount
    received: Amount
    invoiced: Amount
    match: Match
    invoices: tuple[Invoice, ...]


_SUMS = """
SELECT l.purchase_order_id, count(DISTINCT k.call_off_id),
       coalesce(sum(m.packs) FILTER (WHERE m.kind = 'ordered'), 0),
       coalesce(sum(m.net_sek) FILTER (WHERE m.kind = 'ordered'), 0),
       coalesce(sum(m.packs) FILTER (WHERE m.kind = 'delivered'), 0)
         - coalesce(sum(m.packs) FILTER (WHERE m.kind = 'returned'), 0),
       coalesce(sum(m.net_sek) FILTER (WHERE m.kind = 'delivered'), 0)
         - coalesce(sum(m.net_sek) FILTER (WHERE m.kind = 'returned'), 0),
       coalesce(sum(m.packs) FILTER (WHERE m.kind = 'invoiced'), 0)
         - coalesce(sum(m.packs) FILTER (WHERE m.kind = 'credited'), 0),
       coalesce(sum(m.net_sek) FILTER (WHERE m.kind = 'invoiced'), 0)
         - coalesce(sum(m.net_sek) FILTER (WHERE m.kind = 'credited'), 0)
FROM orders_purchaseorderline l
JOIN orders_purchaseorderlink k ON k.purchase_order_line_id = l.id
JOIN orders_movement m ON m.call_off_id = k.call_off_id
WHERE l.purchase_order_id = ANY(%s)
GROUP BY l.purchase_order_id
"""


def matched_orders(authority: Authority) -> list[MatchedOrder]:
    """The authority's latest purchase orders with their match, in four statements."""
    notes = Prefetch("credit_notes", queryset=CreditNote.objects.order_by("pk"))
    orders = list(
        PurchaseOrder.objects.filter(authority=authority)
        .select_related("supplier")
        .prefetch_related(
            Prefetch("invoices", queryset=Invoice.objects.order_by("pk").prefetch_related(notes))
        )
        .order_by("-delivery_date", "-pk")[:ORDERS_SHOWN]
    )
    sums = _sums_of([order.pk for order in orders])
    return [_matched(order, sums.get(order.pk)) for order in orders]


def _sums_of(order_ids: Sequence[int]) -> dict[int, tuple[int, list[Decimal]]]:
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, [list(order_ids)])
        return {pk: (call_offs, list(sums)) for pk, call_offs, *sums in cursor.fetchall()}


def _matched(order: PurchaseOrder, sums: tuple[int, list[Decimal]] | None) -> MatchedOrder:
    call_offs, measures = sums or (0, [Decimal(0)] * 6)
    ordered, received, invoiced = (
        Amount(packs=packs, net_sek=net_sek)
        for packs, net_sek in zip(measures[::2], measures[1::2], strict=True)
    )
    return MatchedOrder(
        order=order,
        ordered=ordered,
        received=received,
        invoiced=invoiced,
        match=match(received=received, invoiced=invoiced, call_offs=call_offs),
        invoices=tuple(order.invoices.all()),
    )
