"""A kitchen's first page, its orders and its door."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orders.models import CallOff, CallOffQuantity, Order, ReceiptLine
from tests.factories.world import World
from tests.orders.views import walk
from tests.orders.views.conftest import SignIn

MOST_STATEMENTS = 12


@pytest.fixture
def kitchen(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.manager)


def first_page(world: World) -> str:
    return f"/kok/{world.kitchen.pk}/"


def door(world: World) -> str:
    return f"/kok/{world.kitchen.pk}/mottagning/{world.delivery_date}/"


def test_the_first_page_shows_days_orders_and_what_waits(world: World, kitchen: Client) -> None:
    walk.place(world, 200)
    with CaptureQueriesContext(connection) as taken:
        html = kitchen.get(first_page(world)).content.decode()
    assert "tisdag 1 december 2026" in html
    assert "fredag 27 november kl.\u00a012.00" in html
    assert "1 stoppad" in html
    assert "Ligger kvar i varukorgen" in html
    assert len(taken) <= MOST_STATEMENTS


def test_the_first_page_says_what_needs_the_kitchen_now(world: World, kitchen: Client) -> None:
    assert "Inget är beställt till tisdag 1 december 2026" in kitchen.get(first_page(world)).content.decode()
    basket = {f"antal-{world.product.pk}": "5", "version": "0", "do": "spara"}
    kitchen.post(f"{first_page(world)}bestall/{world.delivery_date}/", basket)
    html = kitchen.get(first_page(world)).content.decode()
    assert "Varukorgen till tisdag 1 december 2026 är inte beställd" in html
    assert "task now" not in html
    with time_machine.travel(world.supplier_run.cut_off - timedelta(hours=5), tick=False):
        kitchen.force_login(world.manager, backend="config.ground.sign_in.EmailBackend")
        assert "task now" in kitchen.get(first_page(world)).content.decode()
        walk.place(world)
        kitchen.post(f"{first_page(world)}bestall/{world.delivery_date}/", {"version": "3", "do": "spara"})
    with time_machine.travel(world.supplier_run.cut_off + timedelta(hours=5), tick=False):
        kitchen.force_login(world.manager, backend="config.ground.sign_in.EmailBackend")
        assert "Inget just nu." in kitchen.get(first_page(world)).content.decode()


def test_an_order_is_changed_before_its_cut_off(world: World, kitchen: Client) -> None:
    order = walk.place(world)
    page = f"{first_page(world)}bestallning/{order}/"
    kitchen.post(page, {f"antal-{world.product.pk}": "5", "version": "1"})
    assert CallOff.objects.get(state="placed").base_quantity == 5
    assert Order.objects.get().version == 2


def test_two_tabs_on_an_order_get_both_versions(world: World, kitchen: Client) -> None:
    order = walk.place(world)
    page = f"{first_page(world)}bestallning/{order}/"
    kitchen.post(page, {f"antal-{world.product.pk}": "5", "version": "1"})
    answer = kitchen.post(page, {f"antal-{world.product.pk}": "15", "version": "1"})
    assert answer.status_code == 409
    assert 'value="15"' in answer.content.decode()
    assert CallOff.objects.get(state="placed").base_quantity == 5


def test_a_faulty_quantity_stands_and_changes_nothing(world: World, kitchen: Client) -> None:
    order = walk.place(world)
    page = f"{first_page(world)}bestallning/{order}/"
    answer = kitchen.post(page, {f"antal-{world.product.pk}": "fem", "version": "1"})
    assert answer.status_code == 422
    assert 'value="fem"' in answer.content.decode()
    assert Order.objects.get().version == 1


def test_after_the_cut_off_the_order_has_no_boxes(world: World, kitchen: Client) -> None:
    order = walk.place(world)
    with time_machine.travel(world.supplier_run.cut_off + timedelta(seconds=1), tick=False):
        kitchen.force_login(world.manager, backend="config.ground.sign_in.EmailBackend")
        html = kitchen.get(f"{first_page(world)}bestallning/{order}/").content.decode()
    assert 'name="antal-' not in html
    assert "bindande" in html


def test_why_a_call_off_is_so_is_told_rule_by_rule(world: World, kitchen: Client) -> None:
    walk.place(world, 20)
    second = CallOff.objects.get(supplier=world.suppliers[1])
    html = kitchen.get(f"{first_page(world)}avrop/{second.pk}/").content.decode()
    assert "Björkhaga gård har 15" in html
    assert "Avtalets villkor ger avropet till gården (rang 2)" in html
    assert "(ej bekräftad)" in " ".join(html.split())


def test_all_in_order_receives_all(world: World, sign_in: SignIn) -> None:
    walk.place(world)
    walk.bring(world)
    staff = sign_in(world.people.staff)
    assert "1 vara har lämnats vid navet" in staff.get(first_page(world)).content.decode()
    with CaptureQueriesContext(connection) as taken:
        staff.get(door(world))
    assert len(taken) <= MOST_STATEMENTS
    staff.post(door(world), {"do": "allt", "once": "r1"})
    assert CallOffQuantity.objects.get().delivered == 2


def test_what_is_turned_away_needs_its_reason_and_what_was_typed_is_kept(
    world: World, kitchen: Client
) -> None:
    walk.place(world)
    walk.bring(world)
    call_off = CallOff.objects.get()
    body = {f"rad-{call_off.pk}-delivered": "1", f"rad-{call_off.pk}-temperature_c": "6,5"}
    answer = kitchen.post(door(world), body)
    assert answer.status_code == 422
    assert 'value="6,5"' in answer.content.decode()
    kitchen.post(door(world), {**body, f"rad-{call_off.pk}-reason": "krossad"})
    line = ReceiptLine.objects.get()
    assert (line.delivered, line.rejected, str(line.temperature_c)) == (1, 1, "6.5")


def test_goods_go_back_later(world: World, kitchen: Client) -> None:
    walk.place(world)
    walk.bring(world)
    kitchen.post(door(world), {"do": "allt"})
    call_off = CallOff.objects.get()
    too_many = {
        "retur": call_off.pk,
        f"retur-{call_off.pk}-packs": "3",
        f"retur-{call_off.pk}-reason": "mögel",
    }
    assert kitchen.post(door(world), too_many).status_code == 422
    kitchen.post(door(world), {**too_many, f"retur-{call_off.pk}-packs": "1"})
    assert CallOffQuantity.objects.get().returned == 1
