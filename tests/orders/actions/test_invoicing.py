"""Invoices and credit notes: booked on what came, against the ceilings, by the law's days (docs/rules/invoicing.md)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.ground.refusals import InvalidInput, NotFound, Refusal
from config.ground.trail import acting
from market.models import LawFigure, LotBalance, VatRate
from orders.actions.answering import confirm
from orders.actions.handing_over import HandedLine, hand_over
from orders.actions.invoicing import book_credit, book_invoice
from orders.actions.papers import BilledLine, CreditDraft, InvoiceDraft
from orders.actions.receiving import ReceivedLine, receive, return_goods
from orders.models import CallOff, CreditNote, Invoice, InvoiceLine, Movement, PurchaseOrder
from orders.queries.balances import unproven_balances
from orders.queries.invoices import matched_orders
from orders.refusals import (
    CreditedTooMuch,
    DearerThanAgreed,
    DueTooLate,
    InvoiceWithoutOrder,
    MoreThanThereIs,
    PaperBookedAlready,
    SumNotRight,
)
from tests.factories.world import World, make_world
from tests.orders.actions.test_week import JOB, closed_world

pytestmark = pytest.mark.django_db
ISSUED = date(2026, 11, 23)
PRICE = Decimal(50)  # a sack of 5 kg at 10 SEK


def at_the_hub() -> tuple[World, PurchaseOrder]:
    """Twenty kg, four sacks, ordered, confirmed and handed over."""
    world, order = closed_world(20)
    confirm(purchase_order_id=order.pk, packs=None, now=world.now, by=world.by)
    lines = [HandedLine(order.lines.get().pk, 4)]
    hand_over(purchase_order_id=order.pk, hub_id=world.hub.pk, lines=lines, by=world.by)
    order.refresh_from_db()
    return world, order


def take_in(world: World, delivered: int) -> None:
    line = ReceivedLine(CallOff.objects.get().pk, delivered, rejected=4 - delivered, reason="krossad")
    receive(kitchen=world.kitchen, delivery_date=world.delivery_date, lines=[line], by=world.by)


def invoice(order: PurchaseOrder, packs: int = 4, **other: Any) -> InvoiceDraft:
    line = order.lines.get()
    draft = InvoiceDraft(
        supplier_id=order.supplier_id,
        authority_id=order.authority_id,
        order_reference=order.number,
        number="2026-17",
        issued_on=ISSUED,
        due_on=ISSUED + timedelta(days=30),
        lines=[BilledLine(line_id=line.pk, packs=packs, net_sek=line.price_sek * packs)],
    )
    return replace(draft, **other)


def credit(packs: int, sek: object, **other: Any) -> CreditDraft:
    paper = Invoice.objects.get()
    line = BilledLine(line_id=paper.lines.get().pk, packs=packs, net_sek=Decimal(str(sek)))
    draft = CreditDraft(invoice_id=paper.pk, number="K1", issued_on=ISSUED, reason="krossad", lines=[line])
    return replace(draft, **other)


def bound(world: World) -> tuple[object, object]:
    """SEK and kg that count against the lot's ceiling."""
    own = LotBalance.objects.get(agreement_lot=world.lot, authority=None, supplier=None)
    return own.committed_sek, own.committed_kg


def test_an_invoice_after_a_short_delivery_is_for_what_came() -> None:
    """Case 56: three of four sacks are accepted, one is complained of, the invoice is matched to three."""
    world, order = at_the_hub()
    take_in(world, delivered=3)
    reply = book_invoice(draft=invoice(order, 3), now=world.now, by=world.by)
    assert (reply["net_sek"], reply["vat_sek"], reply["gross_sek"]) == ("150.00", "9.00", "159.00")
    assert bound(world) == (150, 15)
    [row] = matched_orders(world.authority)
    told: tuple[object, ...] = (row.ordered.packs, row.received.packs, row.invoiced.packs, row.match)
    assert told == (4, 3, 3, "matched")
    assert not unproven_balances()


def test_a_ceiling_is_given_back_only_when_the_credit_is_booked() -> None:
    """Case 14: invoiced as sent, short on receipt; the receipt releases nothing, the credit does, both are kept."""
    world, order = at_the_hub()
    book_invoice(draft=invoice(order), now=world.now, by=world.by)
    take_in(world, delivered=3)
    assert bound(world) == (200, 20)
    assert [row.match for row in matched_orders(world.authority)] == ["billed_too_much"]
    reply = book_credit(draft=credit(1, 50), now=world.now, by=world.by)
    assert (reply["net_sek"], reply["vat_sek"]) == ("50.00", "3.00")
    assert bound(world) == (150, 15)
    rows = Movement.objects.filter(kind__in=["invoiced", "credited"]).order_by("pk")
    papers: list[tuple[object, ...]] = list(rows.values_list("kind", "packs", "vat_rate"))
    assert papers == [
        ("invoiced", 4, Decimal("0.06")),
        ("credited", 1, Decimal("0.06")),
    ]
    assert [row.match for row in matched_orders(world.authority)] == ["matched"]
    assert not unproven_balances()


def test_what_is_sent_back_after_the_invoice_is_freed_by_its_credit() -> None:
    world, order = at_the_hub()
    take_in(world, delivered=4)
    book_invoice(draft=invoice(order), now=world.now, by=world.by)
    call_off = CallOff.objects.get()
    return_goods(call_off_id=call_off.pk, kitchen=world.kitchen, packs=1, reason="mögel", by=world.by)
    assert bound(world) == (200, 20)
    book_credit(draft=credit(1, 50), now=world.now, by=world.by)
    assert bound(world) == (150, 15)


def test_payment_due_later_than_the_law_allows_is_refused_with_its_paragraph() -> None:
    """Case 53: 35 days."""
    world, order = at_the_hub()
    with pytest.raises(DueTooLate) as refused:
        book_invoice(draft=invoice(order, due_on=ISSUED + timedelta(days=35)), now=world.now, by=world.by)
    assert refused.value.sentence("sv") == (
        "Fakturan 2026-17 förfaller 2026-12-28. Livsmedel ska betalas inom 30 dagar, "
        "senast 2026-12-23 (5 § LOH)."
    )
    assert refused.value.figures["confirmed"] is False
    assert not Invoice.objects.exists()


def test_the_days_are_those_of_the_law_on_the_invoices_day() -> None:
    world, order = at_the_hub()
    with acting(JOB):
        LawFigure.objects.filter(code="loh_payment_days").update(value=14)
    with pytest.raises(DueTooLate):
        book_invoice(draft=invoice(order, due_on=ISSUED + timedelta(days=15)), now=world.now, by=world.by)
    book_invoice(draft=invoice(order, due_on=ISSUED + timedelta(days=14)), now=world.now, by=world.by)


def test_an_invoice_without_an_order_is_no_silent_match() -> None:
    """Case 79."""
    world, order = at_the_hub()
    for reference in ("", "  ", "KS-17", "%"):
        with pytest.raises(InvoiceWithoutOrder):
            book_invoice(draft=invoice(order, order_reference=reference), now=world.now, by=world.by)
    assert not Movement.objects.filter(kind="invoiced").exists()


def test_an_invoice_to_the_wrong_buyer_is_refused() -> None:
    """Case 79: the neighbour is asked to pay an order that is not its own."""
    world, order = at_the_hub()
    other = make_world(beside=world)
    with pytest.raises(InvoiceWithoutOrder):
        book_invoice(draft=invoice(order, authority_id=other.authority.pk), now=world.now, by=world.by)


def test_what_an_invoice_may_not_say() -> None:
    world, order = at_the_hub()
    faults: list[tuple[dict[str, Any], type[Refusal]]] = [
        ({"number": " "}, InvalidInput),
        ({"issued_on": ISSUED + timedelta(days=1)}, InvalidInput),
        ({"due_on": ISSUED - timedelta(days=1)}, InvalidInput),
        ({"lines": []}, InvalidInput),
        ({"gross_sek": Decimal("212.01")}, SumNotRight),
    ]
    for change, refusal in faults:
        with pytest.raises(refusal):
            book_invoice(draft=invoice(order, **change), now=world.now, by=world.by)
    assert not Invoice.objects.exists()


def test_a_line_is_for_what_was_handed_over_at_the_agreed_price() -> None:
    world, order = at_the_hub()
    faults: list[tuple[int, str, type[Refusal]]] = [
        (5, "250", MoreThanThereIs),
        (4, "200.02", DearerThanAgreed),
        (0, "10", InvalidInput),
        (-1, "10", InvalidInput),
        (1, "0", InvalidInput),
    ]
    for packs, sek, refusal in faults:
        line = BilledLine(line_id=order.lines.get().pk, packs=packs, net_sek=Decimal(sek))
        with pytest.raises(refusal):
            book_invoice(draft=invoice(order, lines=[line]), now=world.now, by=world.by)


def test_a_line_of_another_order_is_not_found_and_none_stands_twice() -> None:
    world, order = at_the_hub()
    [line] = invoice(order).lines
    elsewhere = invoice(order, lines=[replace(line, line_id=line.line_id + 1)])
    with pytest.raises(NotFound):
        book_invoice(draft=elsewhere, now=world.now, by=world.by)
    with pytest.raises(InvalidInput):
        book_invoice(draft=invoice(order, lines=[line, line]), now=world.now, by=world.by)


def test_a_number_is_used_once_and_no_pack_is_billed_twice() -> None:
    world, order = at_the_hub()
    book_invoice(draft=invoice(order, 3, gross_sek=Decimal("159.00")), now=world.now, by=world.by)
    with pytest.raises(PaperBookedAlready):
        book_invoice(draft=invoice(order, 1), now=world.now, by=world.by)
    with pytest.raises(MoreThanThereIs):
        book_invoice(draft=invoice(order, 2, number="2026-18"), now=world.now, by=world.by)
    book_invoice(draft=invoice(order, 1, number="2026-18"), now=world.now, by=world.by)


def test_the_tax_is_that_of_the_delivery_day_and_a_credit_keeps_its_lines_rate() -> None:
    world, order = at_the_hub()
    book_invoice(draft=invoice(order), now=world.now, by=world.by)
    with acting(JOB):
        VatRate.objects.filter(rate=Decimal("0.06")).update(rate=Decimal("0.05"))
    assert book_credit(draft=credit(1, 50), now=world.now, by=world.by)["vat_sek"] == "3.00"


def test_what_a_credit_note_may_not_say() -> None:
    world, order = at_the_hub()
    book_invoice(draft=invoice(order), now=world.now, by=world.by)
    faults: list[tuple[int, str, dict[str, Any], type[Refusal]]] = [
        (5, "50", {}, CreditedTooMuch),
        (1, "200.01", {}, CreditedTooMuch),
        (1, "50", {"reason": " "}, InvalidInput),
        (1, "50", {"invoice_id": 2**40}, NotFound),
        (1, "50", {"gross_sek": Decimal("53.01")}, SumNotRight),
        (1, "50", {"number": ""}, InvalidInput),
    ]
    for packs, sek, other, refusal in faults:
        with pytest.raises(refusal):
            book_credit(draft=credit(packs, sek, **other), now=world.now, by=world.by)
    assert not CreditNote.objects.exists()


def test_credits_end_where_their_invoice_ends() -> None:
    world, order = at_the_hub()
    book_invoice(draft=invoice(order, 2), now=world.now, by=world.by)
    book_invoice(draft=invoice(order, 2, number="2026-18"), now=world.now, by=world.by)
    first = Invoice.objects.earliest("pk")
    line = BilledLine(line_id=first.lines.get().pk, packs=2, net_sek=Decimal(100))
    draft = CreditDraft(first.pk, number="K1", issued_on=ISSUED, reason="fel", lines=[line])
    book_credit(draft=draft, now=world.now, by=world.by)
    again = replace(draft, number="K2", lines=[replace(line, packs=0, net_sek=Decimal("0.01"))])
    with pytest.raises(CreditedTooMuch):
        book_credit(draft=again, now=world.now, by=world.by)
    wrong = replace(again, invoice_id=Invoice.objects.latest("pk").pk)
    with pytest.raises(NotFound):
        book_credit(draft=wrong, now=world.now, by=world.by)
    assert not unproven_balances()


def written(make: Callable[[], object]) -> None:
    with transaction.atomic(), acting(JOB):
        make()
        connection.check_constraints()


def test_the_database_holds_a_paper_to_its_order_its_parties_and_its_sums() -> None:
    world, order = at_the_hub()
    other = make_world(beside=world)
    book_invoice(draft=invoice(order), now=world.now, by=world.by)
    paper = Invoice.objects.get()
    whole: dict[str, Any] = {
        "purchase_order_id": order.pk,
        "supplier_id": order.supplier_id,
        "authority_id": order.authority_id,
        "number": "9",
        "issued_on": ISSUED,
        "due_on": ISSUED,
        "net_sek": 1,
        "vat_sek": 0,
        "gross_sek": 1,
        "booked_by": world.officer,
    }
    faults: list[dict[str, Any]] = [
        {"authority_id": other.authority.pk},
        {"number": paper.number},
        {"due_on": ISSUED - timedelta(days=1)},
        {"gross_sek": 2},
    ]
    for fault in faults:
        with pytest.raises(IntegrityError):
            written(partial(Invoice.objects.create, **whole | fault))
    line = paper.lines.get()
    stray = {"invoice": paper, "purchase_order_line": line.purchase_order_line, "packs": 1, "net_sek": 1}
    with pytest.raises(IntegrityError):
        written(partial(InvoiceLine.objects.create, **stray, vat_rate=0, purchase_order_id=order.pk + 1))


def test_the_officer_sees_whether_what_came_is_what_is_billed(client: Client) -> None:
    world, order = at_the_hub()
    book_invoice(draft=invoice(order), now=world.now, by=world.by)
    take_in(world, delivered=3)
    client.force_login(world.people.auditor, backend="config.ground.sign_in.EmailBackend")
    with CaptureQueriesContext(connection) as taken:
        page = client.get(reverse("officer:invoices", args=[world.authority.pk])).content.decode()
    assert order.number in page
    assert "mer än mottaget" in page
    assert "212,00" in page
    assert len(taken) <= 12
