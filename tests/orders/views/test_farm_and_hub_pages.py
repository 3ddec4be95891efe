"""The farm answers, the hub takes over."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kitchens.models import BasketLine
from orders.models import CallOffQuantity, GoodsLot, PurchaseOrder
from tests.factories.world import World
from tests.orders.views import walk
from tests.orders.views.conftest import SignIn

MOST_STATEMENTS = 12


@pytest.fixture
def farm(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.people.farmers[0])


@pytest.fixture
def hub(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.people.hub_worker)


def order_page(order: PurchaseOrder) -> str:
    return f"/gard/{order.supplier_id}/inkopsorder/{order.pk}/"


def test_the_first_page_asks_for_the_answer(world: World, farm: Client) -> None:
    walk.place(world)
    order = walk.close(world)
    with CaptureQueriesContext(connection) as taken:
        html = farm.get(f"/gard/{world.supplier.pk}/").content.decode()
    assert order_page(order) in html
    assert "Svara på inköpsordern till tisdag 1 december 2026" in html
    assert len(taken) <= MOST_STATEMENTS


def test_one_tap_confirms_all_whatever_stands_in_the_boxes(world: World, farm: Client) -> None:
    walk.place(world)
    order = walk.close(world)
    farm.post(order_page(order), {"do": "allt", f"rad-{order.lines.get().pk}": "kanske"})
    order.refresh_from_db()
    assert order.answer == "full"


def test_a_part_needs_a_reason_and_goes_back_to_the_basket(world: World, farm: Client) -> None:
    walk.place(world)
    order = walk.close(world)
    body = {"do": "delvis", f"rad-{order.lines.get().pk}": "1"}
    refused = farm.post(order_page(order), body)
    assert refused.status_code == 422
    assert 'value="1"' in refused.content.decode()
    farm.post(order_page(order), {**body, "reason": "frost"})
    order.refresh_from_db()
    assert order.answer == "part"
    assert BasketLine.objects.get().quantity == 5


def test_more_than_ordered_is_refused_beside_its_line(world: World, farm: Client) -> None:
    walk.place(world)
    order = walk.close(world)
    body = {"do": "delvis", f"rad-{order.lines.get().pk}": "9", "reason": "–"}
    assert farm.post(order_page(order), body).status_code == 422


def test_an_order_that_can_not_be_brought_is_declined_with_its_reason(world: World, farm: Client) -> None:
    walk.place(world)
    order = walk.close(world)
    assert farm.post(order_page(order), {"do": "nej"}).status_code == 422
    farm.post(order_page(order), {"do": "nej", "reason": "frost"})
    html = farm.get(order_page(order)).content.decode()
    assert "Kan inte levereras" in html
    assert "frost" in html


def test_an_order_shows_no_other_farms_price_and_no_kitchen(world: World, farm: Client) -> None:
    walk.place(world, 20)
    html = farm.get(order_page(walk.close(world))).content.decode()
    assert "Åsens lantbruk" not in html
    assert "Provköket" not in html


def test_the_delivery_note_has_what_was_confirmed(world: World, farm: Client) -> None:
    walk.place(world)
    order = walk.answer(world)
    html = farm.get(f"{order_page(order)}foljesedel/").content.decode()
    assert order.number in html
    assert '<td class="number">2</td>' in html


def test_the_hub_takes_over_with_lot_and_temperature(world: World, hub: Client) -> None:
    walk.place(world)
    order = walk.answer(world)
    day = f"/nav/{world.hub.pk}/{world.delivery_date}/"
    line = order.lines.get()
    body = {
        f"rad-{line.pk}-packs": "2",
        f"rad-{line.pk}-temperature_c": "4,5",
        f"rad-{line.pk}-lot_number": "L7",
        f"rad-{line.pk}-best_before": "2026-12-20",
    }
    assert hub.post(f"{day}{order.pk}/", body).headers["Location"] == day
    assert CallOffQuantity.objects.get().handed_over == 2
    assert GoodsLot.objects.get().number == "L7"
    assert "L7" in hub.get(f"{day}plocklista/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("packs", "3"), ("packs", "två"), ("temperature_c", "varm"), ("best_before", "snart")],
)
def test_a_faulty_hand_over_keeps_what_was_typed(world: World, hub: Client, field: str, value: str) -> None:
    walk.place(world)
    order = walk.answer(world)
    line = order.lines.get()
    body = {f"rad-{line.pk}-packs": "2", f"rad-{line.pk}-{field}": value}
    answer = hub.post(f"/nav/{world.hub.pk}/{world.delivery_date}/{order.pk}/", body)
    assert answer.status_code == 422
    assert f'value="{value}"' in answer.content.decode()
    assert not GoodsLot.objects.exists()


def test_the_hubs_pages_take_few_statements_whatever_the_farms(world: World, hub: Client) -> None:
    walk.place(world, 20)
    walk.answer(world)
    walk.neighbour(world)
    for page in (f"/nav/{world.hub.pk}/", f"/nav/{world.hub.pk}/{world.delivery_date}/"):
        with CaptureQueriesContext(connection) as taken:
            hub.get(page)
        assert len(taken) <= MOST_STATEMENTS
