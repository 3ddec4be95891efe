"""The order page: filling, checking and ordering a basket."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kitchens.models import Basket, BasketLine
from market.models import DeliveryRun, SupplierRun
from orders.models import CallOff, Order
from tests.factories.world import Farm, Goods, World, make_world
from tests.orders.views.conftest import SignIn

MOST_STATEMENTS = 12
MOST_BYTES = 100_000


@pytest.fixture
def page(world: World) -> str:
    return f"/kok/{world.kitchen.pk}/bestall/{world.delivery_date}/"


@pytest.fixture
def kitchen(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.manager)


def typed(world: World, quantity: str, **extra: str) -> dict[str, str]:
    return {f"antal-{world.product.pk}": quantity, "version": "0", "do": "spara", **extra}


def test_the_range_tells_the_farm_the_price_and_the_room(world: World, kitchen: Client, page: str) -> None:
    html = kitchen.get(page).content.decode()
    assert "Björkhaga gård" in html
    assert "Rang 1 av 2" in html
    assert "10,00\u00a0kr/kg" in html
    assert "tak: 100\u00a0000\u00a0kr kvar" in html
    assert "0,17\u00a0kg\u00a0CO₂e/kg" in html


@pytest.mark.parametrize("words", ["potatis", "POTATISAR", "pottatis", "agg"])
def test_a_search_forgives_spelling(world: World, kitchen: Client, page: str, words: str) -> None:
    html = kitchen.get(page, {"q": words}).content.decode()
    assert ("Ägg" if words == "agg" else "Potatis") in html.split('id="range"')[1]


def test_a_search_without_a_hit_says_so(world: World, kitchen: Client, page: str) -> None:
    assert "Ingen vara stämmer" in kitchen.get(page, {"q": "kaviar"}).content.decode()


def test_a_saved_basket_is_kept_and_nothing_is_ordered(world: World, kitchen: Client, page: str) -> None:
    answer = kitchen.post(page, typed(world, "12,5"), follow=True)
    assert "Varukorgen är sparad" in answer.content.decode()
    assert BasketLine.objects.get().quantity == 12.5
    assert not Order.objects.exists()


@pytest.mark.parametrize("quantity", ["tio", "-3", "1,2345", "1.000", "9999999999"])
def test_what_can_not_be_read_stands_where_it_was_typed(
    world: World, kitchen: Client, page: str, quantity: str
) -> None:
    answer = kitchen.post(page, typed(world, quantity, do="bestall"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{quantity}"' in html
    assert f'aria-describedby="fel-{world.product.pk}"' in html
    assert not Order.objects.exists()
    assert not Basket.objects.exists()


def test_a_check_writes_nothing_and_tells_what_would_be(world: World, kitchen: Client, page: str) -> None:
    html = kitchen.post(page, typed(world, "113", do="kontrollera")).content.decode()
    assert "1 rad kan inte beställas i sin helhet" in html
    assert "Åsens lantbruk" in html
    assert "Minsta förpackningen" in html
    assert "(ej bekräftad)" in html
    assert not Basket.objects.exists()
    assert not Order.objects.exists()


def test_ordering_shows_from_whom_and_what_was_refused(world: World, kitchen: Client, page: str) -> None:
    answer = kitchen.post(page, typed(world, "200", do="bestall", once="k1"), follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain[0][0].startswith(f"/kok/{world.kitchen.pk}/bestallning/")
    assert "Det här blev inte beställt" in html
    assert "85 kg Potatis" in html
    assert "Åsens lantbruk har 100" in html
    assert CallOff.objects.count() == 2


def test_a_double_click_orders_once(world: World, kitchen: Client, page: str) -> None:
    body = typed(world, "10", do="bestall", once="k1")
    first = kitchen.post(page, body)
    assert kitchen.post(page, body).headers["Location"] == first.headers["Location"]
    assert Order.objects.count() == 1


def test_an_order_after_the_cut_off_keeps_the_basket_and_says_the_servers_time(
    world: World, kitchen: Client, page: str
) -> None:
    late = world.supplier_run.cut_off + timedelta(seconds=3)
    with time_machine.travel(late, tick=False):
        kitchen.force_login(world.manager, backend="config.ground.sign_in.EmailBackend")
        html = kitchen.post(page, typed(world, "10", do="bestall", once="k1"), follow=True).content.decode()
    assert "Inget är beställt" in html
    assert "fredag 27 november kl.\u00a012.00" in html
    assert "12.00.03" in html
    assert BasketLine.objects.get().quantity == 10
    assert not Order.objects.exists()


def test_two_tabs_get_both_versions(world: World, kitchen: Client, page: str) -> None:
    kitchen.post(page, typed(world, "10"))
    answer = kitchen.post(page, typed(world, "30", do="bestall", once="k2"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "10 kg" in html
    assert 'value="30"' in html
    assert not Order.objects.exists()


def test_what_was_typed_last_can_be_saved_over_the_other_version(
    world: World, kitchen: Client, page: str
) -> None:
    kitchen.post(page, typed(world, "10"))
    kitchen.post(page, typed(world, "30"))
    kitchen.post(page, typed(world, "30", version=str(Basket.objects.get().version)))
    assert BasketLine.objects.get().quantity == 30


def test_an_empty_basket_is_not_ordered(world: World, kitchen: Client, page: str) -> None:
    html = kitchen.post(page, typed(world, "", do="bestall"), follow=True).content.decode()
    assert "Varukorgen är tom" in html


def test_staff_may_not_order(world: World, sign_in: SignIn, page: str) -> None:
    answer = sign_in(world.people.staff).post(page, typed(world, "10", do="bestall"))
    assert answer.status_code == 403
    assert not Order.objects.exists()


def test_a_way_out_sets_the_lines_quantity(world: World, kitchen: Client, page: str) -> None:
    kitchen.post(page, {**typed(world, "12"), "do": "", "satt": f"{world.product.pk}:15.000"})
    assert BasketLine.objects.get().quantity == 15


def test_a_line_moves_to_another_day(world: World, kitchen: Client, page: str) -> None:
    later = world.delivery_date + timedelta(days=2)
    run = DeliveryRun.objects.create(hub=world.hub, delivery_date=later)
    SupplierRun.objects.create(
        delivery_run=run, supplier=world.supplier, delivery_date=later, cut_off=world.supplier_run.cut_off
    )
    kitchen.post(page, {**typed(world, "12"), "do": "", "flytta": f"{world.product.pk}:{later}"})
    assert BasketLine.objects.get().basket.delivery_date == later


def test_a_day_without_a_run_says_to_choose_another(world: World, kitchen: Client) -> None:
    answer = kitchen.get(f"/kok/{world.kitchen.pk}/bestall/{world.delivery_date + timedelta(days=1)}/")
    assert answer.status_code == 409
    assert "Välj en annan leveransdag" in answer.content.decode()


def test_a_day_that_is_none_is_not_found(kitchen: Client, world: World) -> None:
    assert kitchen.get(f"/kok/{world.kitchen.pk}/bestall/2026-02-30/").status_code == 404


def test_the_page_takes_few_statements_and_bytes_whatever_the_range(sign_in: SignIn, db: None) -> None:
    goods = [Goods(name=f"Vara {number}") for number in range(60)]
    world = make_world(farms=[Farm(), Farm(name="Nummer två", rank=2)], products=goods)
    page = f"/kok/{world.kitchen.pk}/bestall/{world.delivery_date}/"
    with time_machine.travel(world.now, tick=False):
        client = sign_in(world.manager)
        body = {f"antal-{product.pk}": "12" for product in world.products[:40]}
        client.post(page, {**body, "version": "0", "do": "spara"})
        client.get(page)
        with CaptureQueriesContext(connection) as taken:
            answer = client.get(page)
    assert len(taken) <= MOST_STATEMENTS, [query["sql"][:80] for query in taken]
    assert answer.content.decode().count('name="antal-') == 60
    assert len(answer.content) <= MOST_BYTES, len(answer.content)


def test_the_english_page_has_the_days_name_in_english(world: World, kitchen: Client, page: str) -> None:
    kitchen.cookies["django_language"] = "en"
    assert date(2026, 12, 1) == world.delivery_date
    assert "Tuesday" in kitchen.get(page).content.decode()
