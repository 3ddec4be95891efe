"""A supplier's invoices and credit notes are booked: on the call-offs that they fall on, and against the ceilings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, Once, acting
from market.queries.law import law_figure, vat_rates
from orders.actions.booking import book_entries, is_weighed, lock_call_offs, positions_of
from orders.actions.papers import (
    BilledLine,
    CreditDraft,
    InvoiceDraft,
    Parted,
    call_offs_by_line,
    entries_of,
    refuse_nonsense,
    sums_of,
    told_sums,
    write_once,
)
from orders.models import (
    CallOff,
    CreditNote,
    CreditNoteLine,
    Invoice,
    InvoiceLine,
    Movement,
    PurchaseOrder,
    PurchaseOrderLine,
)
from orders.refusals import (
    CreditedTooMuch,
    DearerThanAgreed,
    DueTooLate,
    InvoiceWithoutOrder,
    MoreThanThereIs,
)
from orders.rules.invoicing import BillRefusal, BillVerdict, LineTerms, Standing, bill, credit, last_due_day
from orders.rules.movements import NOTHING, Amount, MovementKind, Quantities

LOH_DAYS = "loh_payment_days"


def invoice_source(pk: int) -> str:
    return f"invoice:{pk}"


def credit_source(pk: int) -> str:
    return f"credit:{pk}"


def book_invoice(
    *, draft: InvoiceDraft, now: datetime, once: Once | None = None, by: Actor
) -> dict[str, Any]:
    """Book a supplier's invoice for one purchase order.

    Raises InvoiceWithoutOrder, DueTooLate, PaperBookedAlready, MoreThanThereIs (more than was handed over),
    DearerThanAgreed, SumNotRight, LawFigureMissing, NotFound (a line of another order), InvalidInput.
    """
    with acting(by, once=once) as act:
        if act.reply is not None:
            return dict(act.reply)
        refuse_nonsense(draft.number, draft.issued_on, draft.lines, now=now)
        order = _order_of(draft)
        _refuse_late_payment(draft)
        lines = _lines_of(order, draft.lines)
        rates = vat_rates(class_ids={line.vat_class_id for line in lines.values()}, on=order.delivery_date)
        links = call_offs_by_line(lines)
        call_offs = lock_call_offs([pk for own in links.values() for pk in own])
        positions = positions_of(call_offs)
        parted = [
            _bill(asked, lines[asked.line_id], links[asked.line_id], call_offs, positions, rates=rates)
            for asked in sorted(draft.lines, key=lambda each: each.line_id)
        ]
        sums = sums_of(parted, number=draft.number, asked=draft.gross_sek)
        invoice = _write_invoice(draft, order, parted, sums, by=by)
        entries = entries_of(parted, MovementKind.INVOICED)
        book_entries(entries, call_offs=call_offs, source=invoice_source(invoice.pk), at=now)
        reply = {"invoice": invoice.pk, "purchase_order": order.pk, **told_sums(sums)}
        act.answer(reply)
        return reply


def book_credit(*, draft: CreditDraft, now: datetime, once: Once | None = None, by: Actor) -> dict[str, Any]:
    """Book a supplier's credit note on one of its invoices, at the VAT rates of the invoice's lines.

    Raises PaperBookedAlready, CreditedTooMuch (more than is left of the invoice's line), SumNotRight, NotFound,
    InvalidInput.
    """
    with acting(by, once=once) as act:
        if act.reply is not None:
            return dict(act.reply)
        refuse_nonsense(draft.number, draft.issued_on, draft.lines, now=now)
        if not draft.reason.strip():
            raise InvalidInput(fields={"reason": ["Skriv varför. / Say why."]})
        invoice = Invoice.objects.filter(pk=draft.invoice_id).first()
        if invoice is None:
            raise NotFound
        lines = {line.pk: line for line in invoice.lines.select_related("purchase_order_line")}
        if any(asked.line_id not in lines for asked in draft.lines):
            raise NotFound
        links = call_offs_by_line({pk: line.purchase_order_line for pk, line in lines.items()})
        call_offs = lock_call_offs([pk for own in links.values() for pk in own])
        positions = positions_of(call_offs)
        left = _left_of(invoice, call_offs)
        parted = [
            _credit(asked, lines[asked.line_id], links[asked.line_id], call_offs, positions, left=left)
            for asked in sorted(draft.lines, key=lambda each: each.line_id)
        ]
        sums = sums_of(parted, number=draft.number, asked=draft.gross_sek)
        note = _write_credit(draft, invoice, parted, sums, by=by)
        entries = entries_of(parted, MovementKind.CREDITED)
        book_entries(entries, call_offs=call_offs, source=credit_source(note.pk), at=now)
        reply = {"credit_note": note.pk, "invoice": invoice.pk, **told_sums(sums)}
        act.answer(reply)
        return reply


def _write_invoice(
    draft: InvoiceDraft,
    order: PurchaseOrder,
    parted: Sequence[Parted],
    sums: Mapping[str, Decimal],
    *,
    by: Actor,
) -> Invoice:
    invoice = write_once(
        Invoice(
            purchase_order=order,
            supplier_id=order.supplier_id,
            authority_id=order.authority_id,
            number=draft.number,
            issued_on=draft.issued_on,
            due_on=draft.due_on,
            booked_by_id=by.person_id,
            **sums,
        )
    )
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice,
            purchase_order=order,
            purchase_order_line_id=each.line.line_id,
            packs=each.line.packs,
            kg=each.kg,
            net_sek=each.line.net_sek,
            vat_rate=each.rate,
        )
        for each in parted
    )
    return invoice


def _write_credit(
    draft: CreditDraft,
    invoice: Invoice,
    parted: Sequence[Parted],
    sums: Mapping[str, Decimal],
    *,
    by: Actor,
) -> CreditNote:
    note = write_once(
        CreditNote(
            invoice=invoice,
            supplier_id=invoice.supplier_id,
            number=draft.number,
            issued_on=draft.issued_on,
            reason=draft.reason[:300],
            booked_by_id=by.person_id,
            **sums,
        )
    )
    CreditNoteLine.objects.bulk_create(
        CreditNoteLine(
            credit_note=note,
            invoice=invoice,
            invoice_line_id=each.line.line_id,
            packs=each.line.packs,
            kg=each.kg,
            net_sek=each.line.net_sek,
        )
        for each in parted
    )
    return note


def _order_of(draft: InvoiceDraft) -> PurchaseOrder:
    """The purchase order that the paper names, of this buyer to this supplier. No guess is made where it names none."""
    orders = PurchaseOrder.objects.select_for_update(no_key=True)
    order = orders.filter(
        number=draft.order_reference.strip(), supplier=draft.supplier_id, authority=draft.authority_id
    ).first()
    if order is None:
        raise InvoiceWithoutOrder(number=draft.number, reference=draft.order_reference)
    return order


def _refuse_late_payment(draft: InvoiceDraft) -> None:
    if draft.due_on < draft.issued_on:
        raise InvalidInput(fields={"due_on": ["≥ issued_on"]})
    law = law_figure(code=LOH_DAYS, on=draft.issued_on)
    days = law.value or Decimal(0)
    last = last_due_day(issued_on=draft.issued_on, days=days)
    if draft.due_on > last:
        raise DueTooLate(
            number=draft.number,
            due_on=draft.due_on,
            days=days,
            last=last,
            paragraph=law.paragraph,
            confirmed=law.confirmed,
        )


def _lines_of(order: PurchaseOrder, asked: Sequence[BilledLine]) -> dict[int, PurchaseOrderLine]:
    """Raises NotFound for a line of another order, InvalidInput for one without packs."""
    lines = order.lines.in_bulk([line.line_id for line in asked])
    if any(line.line_id not in lines for line in asked):
        raise NotFound
    without = {f"lines.{place}.packs": ["≥ 1"] for place, line in enumerate(asked) if line.packs < 1}
    if without:
        raise InvalidInput(fields=without)
    return lines


def _bill(
    asked: BilledLine,
    line: PurchaseOrderLine,
    links: Sequence[int],
    call_offs: Mapping[int, CallOff],
    positions: Mapping[int, Quantities],
    *,
    rates: Mapping[int, Decimal],
) -> Parted:
    first = call_offs[links[0]]
    verdict = bill(
        [Standing(pk, positions[pk]) for pk in links],
        packs=asked.packs,
        kg=asked.kg,
        net_sek=asked.net_sek,
        terms=LineTerms(price_sek=line.price_sek, price_per=line.price_per, is_weighed=is_weighed(first)),
    )
    _refuse_bill(verdict, asked, product=line.promise["product"])
    return Parted(asked, rates[line.vat_class_id], verdict.parts, tells_kg=first.kg is not None)


def _refuse_bill(verdict: BillVerdict, asked: BilledLine, *, product: str) -> None:
    if verdict.refusal is BillRefusal.MORE_PACKS:
        raise MoreThanThereIs(product=product, asked=asked.packs, most=int(verdict.most))
    if verdict.refusal is BillRefusal.MORE_KG:
        raise MoreThanThereIs(product=product, asked=asked.kg, most=verdict.most)
    if verdict.refusal is BillRefusal.MORE_SEK:
        raise DearerThanAgreed(product=product, asked=asked.net_sek, most=verdict.most)


def _credit(
    asked: BilledLine,
    line: InvoiceLine,
    links: Sequence[int],
    call_offs: Mapping[int, CallOff],
    positions: Mapping[int, Quantities],
    *,
    left: Mapping[int, Amount],
) -> Parted:
    first = call_offs[links[0]]
    verdict = credit(
        [Standing(pk, positions[pk], on_invoice=left.get(pk, NOTHING)) for pk in links],
        packs=asked.packs,
        kg=asked.kg,
        net_sek=asked.net_sek,
        is_weighed=is_weighed(first),
    )
    if verdict.refusal is not None:
        told = {
            BillRefusal.MORE_PACKS: Decimal(asked.packs),
            BillRefusal.MORE_KG: asked.kg,
            BillRefusal.MORE_SEK: asked.net_sek,
        }
        product = line.purchase_order_line.promise["product"]
        raise CreditedTooMuch(product=product, asked=told[verdict.refusal], most=verdict.most)
    return Parted(asked, line.vat_rate, verdict.parts, tells_kg=first.kg is not None)


def _left_of(invoice: Invoice, call_offs: Mapping[int, CallOff]) -> dict[int, Amount]:
    """What is left of the invoice on each call-off, after the credit notes on it."""
    notes = invoice.credit_notes.values_list("pk", flat=True)
    sources = [invoice_source(invoice.pk), *(credit_source(pk) for pk in notes)]
    left: dict[int, Amount] = {}
    for row in Movement.objects.filter(call_off__in=list(call_offs), source__in=sources):
        amount = Amount(row.packs, row.kg or Decimal(0), row.net_sek)
        own = left.get(row.call_off_id, NOTHING)
        left[row.call_off_id] = own + amount if row.kind == MovementKind.INVOICED.value else own - amount
    return left
