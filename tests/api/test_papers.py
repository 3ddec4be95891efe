"""The papers of a delivery at the API: purchase order and answer, hand-over, receipt, return."""

from datetime import timedelta
from typing import Any

import pytest

from config.ground.trail import Actor
from orders.actions.closing import close_supplier_run
from orders.models import CallOff, HandOver, PurchaseOrder, Receipt
from orders.queries.balances import unproven_balances
from tests.api.program import Program
from tests.api.test_orders import asked
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db


def closed(**extra: Any) -> tuple[World, PurchaseOrder]:
    world = make_world(**extra)
    assert Program(world.manager).post("orders/", asked(world)).status_code == 201
    after = world.supplier_run.cut_off + timedelta(seconds=1)
    close_supplier_run(run_id=world.supplier_run.pk, now=after, by=Actor.job("tests"))
    return world, PurchaseOrder.objects.get()


def handed_over() -> tuple[World, CallOff]:
    world, order = closed()
    Program(world.people.farmers[0]).post(f"purchase-orders/{order.pk}/answer/", {})
    Program(world.people.hub_worker).post("hand-overs/", handing(world, order))
    return world, CallOff.objects.get()


def handing(world: World, order: PurchaseOrder, packs: int = 4) -> dict[str, Any]:
    line = {"line": order.lines.get().pk, "packs": packs, "temperature_c": 4.5, "lot_number": "P-7"}
    return {"hub": world.hub.pk, "purchase_order": order.pk, "lines": [line]}


def receiving(world: World, delivered: int = 3, rejected: int = 1) -> dict[str, Any]:
    line = {
        "call_off": CallOff.objects.get().pk,
        "delivered": delivered,
        "rejected": rejected,
        "reason": "krossad",
    }
    return {"kitchen": world.kitchen.pk, "delivery_date": world.delivery_date, "lines": [line]}


def test_a_week_passes_at_the_api_and_every_counter_is_proven() -> None:
    world, order = closed()
    farm, hub = Program(world.people.farmers[0]), Program(world.people.hub_worker)
    lines = [{"line": order.lines.get().pk, "packs": 3}]
    answer = farm.post(f"purchase-orders/{order.pk}/answer/", {"lines": lines, "reason": "frost"})
    assert answer.json() == {
        "purchase_order": order.pk,
        "number": order.number,
        "answer": "part",
        "confirmed": 3,
        "declined": 1,
    }
    assert hub.post("hand-overs/", handing(world, order, packs=3)).status_code == 201
    kitchen = Program(world.people.staff)
    assert kitchen.post("receipts/", receiving(world, 2, 1)).json()["delivered"] == 2
    back = {"call_off": CallOff.objects.get().pk, "packs": 1, "reason": "mögel"}
    assert kitchen.post("returns/", back).status_code == 201
    quantities = kitchen.get(f"call-offs/{back['call_off']}/").json()["quantities"]
    assert (quantities["delivered"], quantities["rejected"], quantities["returned"]) == (
        "2.000",
        "1.000",
        "1.000",
    )
    assert not unproven_balances()


def test_a_farm_reads_its_purchase_order_with_prices_and_the_hub_without() -> None:
    world, order = closed()
    path = f"purchase-orders/{order.pk}/"
    for reader in (world.people.farmers[0], world.officer, world.people.auditor):
        assert Program(reader).get(path).json()["net_sek"] == str(order.net_sek)
    told = Program(world.people.hub_worker).get(path).json()
    assert (told["net_sek"], told["lines"][0]["price_sek"], told["lines"][0]["packs"]) == (None, None, 4)


def test_a_purchase_order_is_answered_by_its_farm_alone() -> None:
    world, order = closed()
    path = f"purchase-orders/{order.pk}/answer/"
    for reader in (world.people.hub_worker, world.officer, world.people.auditor):
        assert Program(reader).post(path, {}).status_code == 403
    for stranger in (world.manager, world.people.admin, make_world(beside=world).officer):
        assert Program(stranger).post(path, {}).status_code == 404
    assert PurchaseOrder.objects.get().answer == "none"


def test_an_answer_is_given_once_and_only_to_lines_of_the_order() -> None:
    world, order = closed()
    farm = Program(world.people.farmers[0])
    path = f"purchase-orders/{order.pk}/answer/"
    assert farm.post(path, {"lines": [{"line": 2**62, "packs": 0}]}).status_code == 404
    assert farm.post(path, {"lines": [{"line": order.lines.get().pk, "packs": 9}]}).status_code == 422
    first = farm.post(path, {}, Idempotency_Key="tap")
    assert farm.post(path, {}, Idempotency_Key="tap").json() == first.json()
    assert farm.post(path, {}).json()["code"] == "answered_already"


def test_goods_are_taken_over_by_their_own_hub_alone() -> None:
    world, order = closed()
    elsewhere = make_world()
    for stranger in (world.people.farmers[0], world.manager, world.officer, elsewhere.people.hub_worker):
        assert Program(stranger).post("hand-overs/", handing(world, order)).status_code == 404
    other_hub = {**handing(world, order), "hub": elsewhere.hub.pk}
    assert Program(elsewhere.people.hub_worker).post("hand-overs/", other_hub).status_code == 404
    assert not HandOver.objects.exists()


def test_a_kitchen_receives_its_own_goods_alone() -> None:
    world, _ = handed_over()
    other = make_world(beside=world)
    for stranger, status in (
        (world.people.farmers[0], 404),
        (other.manager, 404),
        (world.officer, 403),
        (world.people.auditor, 403),
    ):
        assert Program(stranger).post("receipts/", receiving(world)).status_code == status
    foreign = {**receiving(world), "kitchen": other.kitchen.pk}
    assert Program(other.manager).post("receipts/", foreign).status_code == 404
    assert not Receipt.objects.exists()


def test_a_rejection_says_why() -> None:
    world, _ = handed_over()
    body = receiving(world)
    body["lines"][0]["reason"] = " "
    assert "lines.0.reason" in Program(world.manager).post("receipts/", body).json()["fields"]


def test_more_than_came_is_not_received_nor_sent_back() -> None:
    world, call_off = handed_over()
    kitchen = Program(world.manager)
    assert kitchen.post("receipts/", receiving(world, 9, 0)).json()["code"] == "more_than_there_is"
    assert kitchen.post("receipts/", receiving(world)).status_code == 201
    back = {"call_off": call_off.pk, "packs": 4, "reason": "mögel"}
    assert kitchen.post("returns/", back).json()["code"] == "more_than_there_is"
    assert Program(world.officer).post("returns/", back).status_code == 403
    assert Program(world.people.hub_worker).post("returns/", back).status_code == 404


@pytest.mark.parametrize("path", ["hand-overs/", "receipts/"])
def test_a_paper_is_listed_and_read_with_an_etag(path: str) -> None:
    world, _ = handed_over()
    Program(world.manager).post("receipts/", receiving(world))
    officer = Program(world.officer)
    [row] = officer.get(f"{path}?delivery_date={world.delivery_date}").json()["results"]
    one = officer.get(f"{path}{row['id']}/")
    assert one.json() == row
    assert officer.get(f"{path}{row['id']}/", If_None_Match=one.headers["ETag"]).status_code == 304
    assert Program(world.people.outsider).get(f"{path}{row['id']}/").status_code == 404
