"""Filling a basket besides typing, counting while one types, and what is wanted by habit and ahead."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.ground.trail import acting
from kitchens.actions.forecasts import save_forecasts
from kitchens.models import Basket, BasketLine, Forecast, StandingList
from market.models import DeliveryRun, SupplierHubTerms, SupplierRun
from orders.models import Order, OrderLine
from tests.factories.world import Farm, Goods, World, make_world
from tests.orders.views.conftest import SignIn
from tests.orders.views.walk import place

MOST_STATEMENTS_WHILE_TYPING = 9


@pytest.fixture
def page(world: World) -> str:
    return f"/kok/{world.kitchen.pk}/bestall/{world.delivery_date}/"


@pytest.fixture
def kitchen(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.manager)


def typed(world: World, quantity: str, **extra: str) -> dict[str, str]:
    return {f"antal-{world.product.pk}": quantity, "version": "0", **extra}


def in_basket() -> dict[str, Decimal]:
    return {line.product.name_sv: line.quantity for line in BasketLine.objects.select_related("product")}


def test_while_one_types_the_sums_and_the_lines_that_say_something_come_and_nothing_is_written(
    world: World, kitchen: Client, page: str
) -> None:
    kitchen.get(page)
    with CaptureQueriesContext(connection) as taken:
        html = kitchen.post(
            page, typed(world, "25", do="rakna", andrad=str(world.product.pk))
        ).content.decode()
    assert len(taken) <= MOST_STATEMENTS_WHILE_TYPING, [query["sql"][:80] for query in taken]
    assert 'id="sum"' in html
    assert "230,00\u00a0kr" in html  # 15 kg at 10 of the first farm, 10 kg at 8 of the second
    assert "4,25\u00a0kg\u00a0CO₂e" in html
    assert f'id="svar-{world.product.pk}"' in html
    assert "Åsens lantbruk" in html
    assert "99\u00a0770\u00a0kr" in html
    assert not Basket.objects.exists()


def test_while_one_types_a_wrong_number_and_what_is_missing_are_said_beside_the_line(
    world: World, kitchen: Client, page: str
) -> None:
    html = kitchen.post(page, typed(world, "tio", do="rakna")).content.decode()
    assert "Skriv ett tal" in html
    html = kitchen.post(page, typed(world, "200", do="rakna", korg=str(world.product.pk))).content.decode()
    assert "1 rad går inte helt" in html
    assert f'id="varde-{world.product.pk}"' in html
    html = kitchen.post(
        page, typed(world, "", do="rakna", visar=f"{world.product.pk},x", korg=str(world.product.pk))
    ).content.decode()
    assert f'<div id="svar-{world.product.pk}" hx-swap-oob="true"></div>' in html


def test_goods_without_a_factor_lower_the_share_that_the_climate_figure_covers(
    world: World, kitchen: Client, page: str
) -> None:
    eggs = world.products[1]
    html = kitchen.post(page, typed(world, "15", do="rakna", **{f"antal-{eggs.pk}": "30"})).content.decode()
    assert "av vikten" not in html  # the eggs' weight is not known: they are on neither side of the share


def test_the_last_order_is_copied_and_what_was_typed_stands(world: World, kitchen: Client) -> None:
    place(world, 10)
    later = f"/kok/{world.kitchen.pk}/bestall/{world.delivery_date + timedelta(days=7)}/"
    _plan(world, world.delivery_date + timedelta(days=7))
    eggs = world.products[1]
    html = kitchen.post(
        later, {f"antal-{eggs.pk}": "30", "version": "0", "do": "kopiera"}, follow=True
    ).content.decode()
    assert "1 rad ligger nu i varukorgen" in html
    assert in_basket() == {"Potatis": Decimal(10), "Ägg": Decimal(30)}


def test_without_an_order_there_is_nothing_to_copy(world: World, kitchen: Client, page: str) -> None:
    html = kitchen.post(page, typed(world, "3", do="kopiera"), follow=True).content.decode()
    assert "ingen tidigare beställning" in html


def test_a_basket_is_kept_as_a_list_and_taken_again(world: World, kitchen: Client, page: str) -> None:
    answer = kitchen.post(page, typed(world, "12", do="lista", listnamn=" Måndagar "), follow=True)
    assert "Listan Måndagar är sparad." in answer.content.decode()
    BasketLine.objects.all().delete()
    kept = StandingList.objects.get()
    version = str(Basket.objects.get().version)
    kitchen.post(page, {"version": version, "do": "hamta", "lista": str(kept.pk)})
    assert in_basket() == {"Potatis": Decimal(12)}
    html = kitchen.get(f"/kok/{world.kitchen.pk}/listor/").content.decode()
    assert "12 kg Potatis" in html
    kitchen.post(f"/kok/{world.kitchen.pk}/listor/", {"ta-bort": str(kept.pk)})
    assert not StandingList.objects.exists()


@pytest.mark.parametrize(("name", "quantity", "said"), [("", "3", "Skriv listans namn"), ("L", "", "tom")])
def test_a_list_needs_a_name_and_lines(
    world: World, kitchen: Client, page: str, name: str, quantity: str, said: str
) -> None:
    html = kitchen.post(page, typed(world, quantity, do="lista", listnamn=name), follow=True).content.decode()
    assert said in html
    assert not StandingList.objects.exists()


def test_another_kitchens_list_is_not_there(world: World, kitchen: Client, page: str) -> None:
    for wanted in ("999", "x"):
        assert kitchen.post(page, typed(world, "", do="hamta", lista=wanted)).status_code in {404, 422}
    assert kitchen.post(f"/kok/{world.kitchen.pk}/listor/", {"ta-bort": "x"}).status_code == 404


def test_pasted_lines_are_laid_in_the_basket_and_the_rest_is_told_back(
    world: World, kitchen: Client, page: str
) -> None:
    text = "Vara\tAntal\npotatisar\t12,5 kg\nPotatis 2 kg\nägg; 5 dussin\nkaviar 1 kg\nägg 2 kg\npotatis\nägg 2 back"
    answer = kitchen.post(page, {"version": "0", "do": "klistra", "klistrat": text})
    html = answer.content.decode()
    assert in_basket() == {"Potatis": Decimal("14.5"), "Ägg": Decimal(60)}
    assert "3 rader ligger nu i varukorgen" in html
    assert "4 rader förstod vi inte" in html
    for why in ("Ingen vara i utbudet", "Varan beställs i st", "inget antal", "Förpackningar är olika"):
        assert why in html
    assert "kaviar 1 kg\nägg 2 kg\npotatis\nägg 2 back</textarea>" in html
    assert not Order.objects.exists()


def test_a_name_that_means_several_goods_is_not_guessed(sign_in: SignIn, db: None) -> None:
    goods = [Goods(name=name) for name in ("Potatis, fast", "Potatis, mjölig", "Morot")]
    world = make_world(farms=[Farm()], products=goods)
    page = f"/kok/{world.kitchen.pk}/bestall/{world.delivery_date}/"
    with time_machine.travel(world.now, tick=False):
        text = "potatis 3 kg\nPotatis, fast 2 kg\nmorötter tvättade stora 4 kg\n0 kg morot"
        html = (
            sign_in(world.manager)
            .post(page, {"version": "0", "do": "klistra", "klistrat": text})
            .content.decode()
        )
    assert "Flera varor stämmer: Potatis, fast, Potatis, mjölig" in html
    assert in_basket() == {"Potatis, fast": Decimal(2), "Morot": Decimal(4)}


def test_nothing_pasted_says_so(world: World, kitchen: Client, page: str) -> None:
    html = kitchen.post(page, {"version": "0", "do": "klistra", "klistrat": " \n"}).content.decode()
    assert "inga rader att läsa" in html


def test_a_line_is_ordered_again_into_the_next_open_day(world: World, kitchen: Client) -> None:
    order = place(world, 10)
    line = OrderLine.objects.get()
    address = f"/kok/{world.kitchen.pk}/bestallning/{order}/igen/"
    for _time in range(2):
        answer = kitchen.post(address, {"rad": str(line.pk)})
    assert answer.headers["Location"].endswith(f"/bestall/{world.delivery_date}/")
    assert in_basket() == {"Potatis": Decimal(20)}
    assert kitchen.post(address, {"rad": "x"}).status_code == 404
    with time_machine.travel(world.supplier_run.cut_off + timedelta(hours=1), tick=False):
        kitchen.force_login(world.manager, backend="config.ground.sign_in.EmailBackend")
        html = kitchen.post(address, {"rad": str(line.pk)}, follow=True).content.decode()
    assert "Ingen leveransdag är öppen" in html


def _plan(world: World, day: date) -> None:
    run = DeliveryRun.objects.create(hub=world.hub, delivery_date=day)
    SupplierRun.objects.create(
        delivery_run=run, supplier=world.supplier, delivery_date=day, cut_off=world.supplier_run.cut_off
    )


def monday(world: World) -> date:
    return world.today - timedelta(days=world.today.weekday()) + timedelta(days=7)


def test_a_forecast_is_written_changed_and_taken_away_and_orders_nothing(
    world: World, kitchen: Client
) -> None:
    page = f"/kok/{world.kitchen.pk}/prognos/"
    cell = f"prognos-{world.product.pk}-{monday(world)}"
    html = kitchen.post(page, {"do": "vara", "vara": "potatisar"}).content.decode()
    assert cell in html
    assert not Forecast.objects.exists()
    html = kitchen.post(page, {"do": "spara", cell: "40,5"}, follow=True).content.decode()
    assert 'value="40,5"' in html
    assert "inte bindande" in html
    kitchen.post(page, {"do": "spara", cell: "50", "prognos-1-2026-13-01": "3", "prognos-1-2020-01-06": "3"})
    assert Forecast.objects.get().quantity == 50
    kitchen.post(page, {"do": "spara", cell: ""})
    assert not Forecast.objects.exists()
    assert not Order.objects.exists()


@pytest.mark.parametrize("text", ["tio", "-1", "1,2345", "1e400", "NaN", "\u202e5", "5\x00", "🥔"])
def test_a_forecast_that_can_not_be_read_stands_where_it_was_typed(
    world: World, kitchen: Client, text: str
) -> None:
    cell = f"prognos-{world.product.pk}-{monday(world)}"
    answer = kitchen.post(f"/kok/{world.kitchen.pk}/prognos/", {"do": "spara", cell: text})
    assert answer.status_code == 422
    assert "Rätta de markerade antalen" in answer.content.decode()


def test_goods_that_the_register_does_not_have_are_not_forecast(world: World, kitchen: Client) -> None:
    page = f"/kok/{world.kitchen.pk}/prognos/"
    assert "Ingen vara i registret" in kitchen.post(page, {"do": "vara", "vara": "kaviar"}).content.decode()
    assert kitchen.post(page, {"do": "vara", "vara": "!"}).status_code == 422
    wrong = f"prognos-99999-{monday(world)}"
    assert kitchen.post(page, {"do": "spara", wrong: "3"}).status_code == 422


def test_farms_see_the_sum_of_three_kitchens_and_never_one_alone(sign_in: SignIn, db: None) -> None:
    world = make_world(kitchens=3, products=[Goods(), Goods(name="Morot")])
    _terms(world)
    week = monday(world)
    for number, kitchen in enumerate(world.kitchens):
        wanted: dict[tuple[int, date], Decimal | None] = {(world.product.pk, week): Decimal(10)}
        if number:
            wanted[world.products[1].pk, week] = Decimal(7)
        save_forecasts(kitchen=kitchen, quantities=wanted, by=world.by)
    with time_machine.travel(world.now, tick=False):
        html = sign_in(world.people.farmers[0]).get(f"/gard/{world.supplier.pk}/behov/").content.decode()
    assert "Potatis" in html
    assert "<span>30<" in html
    assert "Morot" not in html
    assert not any(kitchen.name in html for kitchen in world.kitchens)


def _terms(world: World) -> None:
    with acting(world.by):
        SupplierHubTerms.objects.get_or_create(
            supplier=world.supplier, hub=world.hub, defaults={"weekdays": "2", "cut_off_time": time(12)}
        )
