"""Invoices and credit notes at the API: booked by a farm or an officer, read by both and the auditor."""

from typing import Any

import pytest

from orders.models import CallOff, Invoice
from tests.api.program import Program
from tests.api.test_papers import handed_over
from tests.factories.world import World

pytestmark = pytest.mark.django_db


def asked(world: World, call_off: CallOff, **extra: Any) -> dict[str, Any]:
    line = call_off.link.purchase_order_line
    return {
        "supplier": world.supplier.pk,
        "authority": world.authority.pk,
        "order_reference": line.purchase_order.number,
        "number": "2026-17",
        "issued_on": "2026-11-23",
        "due_on": "2026-12-23",
        "lines": [{"line": line.pk, "packs": 4, "net_sek": "200.00"}],
        **extra,
    }


def test_a_farm_bills_an_officer_credits_and_the_auditor_reads() -> None:
    world, call_off = handed_over()
    farm, officer = Program(world.people.farmers[0]), Program(world.officer)
    body = asked(world, call_off, gross_sek=212)
    booked = farm.post("invoices/", body, Idempotency_Key="f-17")
    assert booked.status_code == 201
    assert farm.post("invoices/", body, Idempotency_Key="f-17").json() == booked.json()
    assert Invoice.objects.count() == 1
    told = Program(world.people.auditor).get(f"invoices/{booked.json()['invoice']}/").json()
    assert (told["order_number"], told["gross_sek"]) == (body["order_reference"], "212.00")
    assert told["vat"] == [{"rate": "0.0600", "net_sek": "200.00", "vat_sek": "12.00", "gross_sek": "212.00"}]
    credit = {
        "invoice": told["id"],
        "number": "K1",
        "issued_on": "2026-11-23",
        "reason": "krossad",
        "lines": [{"line": told["lines"][0]["id"], "packs": 1, "net_sek": 50}],
    }
    note = officer.post("credit-notes/", credit).json()["credit_note"]
    read = farm.get(f"credit-notes/{note}/").json()
    assert (read["invoice"], read["vat"][0]["vat_sek"], read["lines"][0]["packs"]) == (told["id"], "3.00", 1)
    assert [each["id"] for each in farm.get(f"credit-notes/?invoice={told['id']}").json()["results"]] == [
        note
    ]


def test_a_refused_invoice_says_why_in_its_figures() -> None:
    world, call_off = handed_over()
    farm = Program(world.people.farmers[0])
    late = farm.post("invoices/", asked(world, call_off, due_on="2026-12-28"))
    assert (late.status_code, late.json()["code"]) == (422, "due_too_late")
    assert "5 § LOH" in late.json()["title"]
    lost = farm.post("invoices/", asked(world, call_off, order_reference=""))
    assert (lost.status_code, lost.json()["code"]) == (422, "invoice_without_order")
    dear = farm.post(
        "invoices/",
        asked(world, call_off, lines=[{**asked(world, call_off)["lines"][0], "net_sek": 250}]),
    )
    assert (dear.status_code, dear.json()["code"]) == (422, "dearer_than_agreed")
