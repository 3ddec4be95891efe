"""Orders at the API: checked, placed, read, edited."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kitchens.models import BasketLine
from orders.models import CallOff, Order, RefusedLine
from tests.api.program import Program
from tests.factories.world import Farm, Goods, World, make_world

pytestmark = pytest.mark.django_db


def asked(world: World, quantity: object = 20, **extra: Any) -> dict[str, Any]:
    line = {"product": world.product.pk, "quantity": quantity, **extra}
    return {"kitchen": world.kitchen.pk, "delivery_date": world.delivery_date, "lines": [line]}


def test_an_order_is_placed_with_its_reasons() -> None:
    world = make_world()
    reply = Program(world.manager).post("orders/", asked(world))
    assert reply.status_code == 201
    order, part = reply.json()["order"], reply.json()["lines"][0]["parts"][0]
    assert CallOff.objects.get(pk=part["call_off"]).order_id == order
    assert all(verdict["ok"] for verdict in part["finding"]["verdicts"])


@pytest.mark.parametrize("quantity", [20, "20", "20.000", 20.0])
def test_a_quantity_is_a_number_or_a_text_of_digits(quantity: object) -> None:
    world = make_world()
    reply = Program(world.manager).post("orders/", asked(world, quantity))
    assert reply.json()["lines"][0]["given"] == "20.000"


def test_what_may_not_be_ordered_stays_in_the_basket_and_nothing_is_an_order() -> None:
    world = make_world(farms=[Farm(stock=15)])
    reply = Program(world.manager).post("orders/", asked(world, accept_part=False))
    assert (reply.status_code, reply.json()["order"]) == (200, None)
    assert reply.json()["lines"][0]["finding"]["ways_out"]
    assert BasketLine.objects.get().quantity == Decimal(20)


def test_checking_tells_what_placing_would_and_writes_nothing() -> None:
    world = make_world(farms=[Farm(stock=15)])
    program = Program(world.manager)
    checked = program.post("orders/check/", asked(world))
    assert (Order.objects.count(), RefusedLine.objects.count(), BasketLine.objects.count()) == (0, 0, 0)
    placed = program.post("orders/", asked(world)).json()
    placed.pop("order")
    for part in placed["lines"][0]["parts"]:
        part.pop("call_off")
    assert checked.json() == placed


def test_another_authoritys_agreement_is_not_told_of() -> None:
    theirs = make_world(valid_to=date(2026, 11, 1))
    world = make_world(beside=theirs, authority_named=False)
    program = Program(world.manager)
    for door in ("orders/check/", "orders/"):
        [line] = program.post(door, asked(world)).json()["lines"]
        [verdict] = line["finding"]["verdicts"]
        assert (verdict["rule"], "figures" in verdict) == ("authority_named", False)
        told = json.dumps(line, ensure_ascii=False)
        assert theirs.agreement.title not in told
        assert theirs.supplier.name not in told
    program.client.force_login(world.manager)
    page = program.client.get(f"/kok/{world.kitchen.pk}/bestall/{world.delivery_date}/").content.decode()
    assert "där er myndighet inte är namngiven" in page
    assert theirs.agreement.title not in page
    assert world.agreement.title not in page


def test_the_same_key_gives_the_same_answer_and_one_order() -> None:
    world = make_world()
    program = Program(world.manager)
    first = program.post("orders/", asked(world), Idempotency_Key="monday-1")
    again = program.post("orders/", asked(world, "20.0"), Idempotency_Key="monday-1")
    assert (again.status_code, again.json()) == (201, first.json())
    assert Order.objects.count() == 1
    other = program.post("orders/", asked(world, 25), Idempotency_Key="monday-1")
    assert (other.status_code, other.json()["code"]) == (422, "key_used_for_another_body")


def test_a_key_that_would_be_cut_short_is_refused() -> None:
    world = make_world()
    reply = Program(world.manager).post("orders/", asked(world), Idempotency_Key="k" * 121)
    assert (reply.status_code, list(reply.json()["fields"])) == (422, ["Idempotency-Key"])


@pytest.mark.parametrize(
    ("role", "status"),
    [("staff", 403), ("officer", 403), ("auditor", 403), ("hub_worker", 404), ("admin", 404)],
)
def test_only_a_kitchens_manager_orders(role: str, status: int) -> None:
    world = make_world()
    reply = Program(getattr(world.people, role)).post("orders/", asked(world))
    assert (reply.status_code, Order.objects.count()) == (status, 0)


def test_another_authoritys_kitchen_is_not_there() -> None:
    world = make_world()
    other = make_world(beside=world)
    reply = Program(other.manager).post("orders/", asked(world))
    assert (reply.status_code, reply.json()["code"]) == (404, "not_found")


def test_nobody_is_asked_to_sign_in() -> None:
    world = make_world()
    reply = Program().post("orders/", asked(world))
    assert (reply.status_code, reply.json()["code"]) == (401, "not_signed_in")
    assert reply.headers["WWW-Authenticate"] == "Token"


def test_a_session_needs_its_csrf_token_and_a_key_does_not() -> None:
    world = make_world()
    program = Program(world.manager, by_session=True)
    program.client.handler.enforce_csrf_checks = True
    assert program.post("orders/", asked(world)).status_code == 403
    assert not Order.objects.exists()


def test_an_order_is_read_with_its_lines_and_an_etag() -> None:
    world = make_world()
    program = Program(world.manager)
    number = program.post("orders/", asked(world)).json()["order"]
    order = program.get(f"orders/{number}/")
    assert order.json()["lines"][0]["call_offs"][0]["packs"] == 4
    held = program.get(f"orders/{number}/", If_None_Match=order.headers["ETag"])
    assert (held.status_code, held.content) == (304, b"")


def test_orders_are_listed_by_kitchen_and_day_page_by_page() -> None:
    world = make_world(kitchens=2)
    program = Program(world.manager)
    for _ in range(3):
        program.post("orders/", asked(world, 5))
    first = program.get("orders/?page_size=2").json()
    rest = program.client.get(first["next"], headers=program.headers).json()
    assert [len(first["results"]), len(rest["results"])] == [2, 1]
    assert rest["next"] is None
    assert program.get(f"orders/?kitchen={world.kitchens[1].pk}").json()["results"] == []
    assert len(program.get("orders/?delivery_date=2026-12-01").json()["results"]) == 3


@pytest.mark.parametrize(
    "query",
    [
        "kitchen=abc",
        "kitchen=0",
        f"kitchen={2**63}",
        "page_size=0",
        "cursor=x",
        "cursor=cD1hYmM=",
        "kithcen=1",
    ],
)
def test_a_filter_that_cannot_be_read_is_refused(query: str) -> None:
    reply = Program(make_world().manager).get(f"orders/?{query}")
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_input")


def test_an_edit_goes_out_from_a_version() -> None:
    world = make_world()
    program = Program(world.manager)
    number = program.post("orders/", asked(world)).json()["order"]
    tag = program.get(f"orders/{number}/").headers["ETag"]
    lines = asked(world, 10)["lines"]
    edited = program.put(f"orders/{number}/", {"lines": lines}, If_Match=tag)
    assert (edited.status_code, edited.json()["version"]) == (200, 2)
    late = program.put(f"orders/{number}/", {"lines": lines}, If_Match=tag)
    assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
    assert late.json()["figures"]["theirs"] == [{"product": world.product.pk, "quantity": "10.000"}]
    assert program.put(f"orders/{number}/", {"lines": lines, "version": 1}).status_code == 409
    assert program.put(f"orders/{number}/", {"lines": lines}).json()["fields"].keys() == {"version"}
    assert program.put(f"orders/{number}/", {"lines": [], "version": 2}).json()["lines"] == []


def test_who_may_only_look_edits_nothing() -> None:
    world = make_world()
    number = Program(world.manager).post("orders/", asked(world)).json()["order"]
    body = {"lines": [], "version": 1}
    assert Program(world.people.auditor).put(f"orders/{number}/", body).status_code == 403
    assert Program(world.people.staff).put(f"orders/{number}/", body).status_code == 403
    assert Program(make_world(beside=world).manager).put(f"orders/{number}/", body).status_code == 404
    assert Order.objects.get().version == 1


def test_call_offs_tell_their_finding_to_who_buys_and_not_to_who_sells() -> None:
    world = make_world(products=[Goods(), Goods(name="Morot")])
    Program(world.manager).post("orders/", asked(world))
    for buyer in (world.manager, world.people.staff, world.officer, world.people.auditor):
        found = (
            Program(buyer)
            .get(f"call-offs/?delivery_date={world.delivery_date}&state=placed")
            .json()["results"]
        )
        assert found[0]["finding"]["verdicts"]
    call_off = CallOff.objects.get().pk
    assert Program(world.people.farmers[0]).get(f"call-offs/{call_off}/").status_code == 404
    assert Program(world.people.farmers[0]).get("call-offs/").json()["results"] == []
