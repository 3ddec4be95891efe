"""A farm posts what it has, from the telephone."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from market.models import Offer, StockPool
from tests.factories.world import Farm, Goods, PackOf, World, make_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = make_world(
        farms=[Farm(stock=None, price_is_cap=True, labels=("krav",))],
        products=[Goods(), Goods(name="Lök", in_lot=False, packs=(PackOf(10),))],
    )
    with time_machine.travel(made.now, tick=False):
        yield made


@pytest.fixture
def farm(world: World, client: Client) -> Client:
    client.force_login(world.people.farmers[0], backend="config.ground.sign_in.EmailBackend")
    return client


def new_page(world: World) -> str:
    return f"/gard/{world.supplier.pk}/erbjudanden/nytt/"


def typed(world: World, **extra: object) -> dict[str, object]:
    plain = {"pack": world.pack.pk, "quantity": "40", "period": "nasta", "origin_country": "se"}
    return {**plain, "temperature": "ambient", **extra}


def test_three_answers_are_enough_to_post(world: World, farm: Client) -> None:
    farm.post(new_page(world), typed(world))
    offer = Offer.objects.get()
    assert (offer.pool.valid_from.isoformat(), offer.pool.valid_to.isoformat()) == (
        "2026-11-30",
        "2026-12-06",
    )
    assert offer.pool.quantity == 40
    assert offer.origin_country == "SE"


def test_the_agreed_packs_come_first_with_their_price_per_kg(world: World, farm: Client) -> None:
    html = farm.get(new_page(world)).content.decode()
    assert html.index("Potatis, 5 kg: högst 50,00") < html.index("Lök, 10 kg")
    assert "10,00\u00a0kr/kg" in html


def test_a_pack_without_an_agreed_price_is_posted_with_a_warning(world: World, farm: Client) -> None:
    onions = world.packs[world.products[1].pk][0]
    html = farm.post(new_page(world), typed(world, pack=onions.pk), follow=True).content.decode()
    assert "inget avtal har pris" in html


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", "mycket"),
        ("quantity", "0"),
        ("own_price_sek", "60"),
        ("origin_country", "Sverige"),
        ("valid_from", "i morgon"),
    ],
)
def test_a_fault_is_told_and_what_was_typed_is_kept(
    world: World, farm: Client, field: str, value: str
) -> None:
    answer = farm.post(new_page(world), typed(world, **{field: value, "note": "leveras i lådor"}))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "leveras i lådor" in html
    assert f'value="{value}"' in html
    assert not Offer.objects.exists()


def test_days_that_partly_overlap_another_stock_are_refused_in_the_form(world: World, farm: Client) -> None:
    farm.post(new_page(world), typed(world))
    other = typed(world, period="egna", valid_from="2026-12-01", valid_to="2026-12-02")
    answer = farm.post(new_page(world), other)
    assert answer.status_code == 422
    assert "har redan ett lager" in answer.content.decode()


def test_stock_is_changed_but_not_below_what_is_ordered(world: World, farm: Client) -> None:
    farm.post(new_page(world), typed(world))
    page = f"/gard/{world.supplier.pk}/erbjudanden/{Offer.objects.get().pk}/"
    StockPool.objects.update(reserved=30)
    low = farm.post(page, {"do": "andra", "quantity": "20"})
    assert low.status_code == 422
    assert "redan beställt" in low.content.decode()
    farm.post(page, {"do": "andra", "quantity": "35"})
    assert StockPool.objects.get().quantity == 35


def test_an_offer_is_taken_back(world: World, farm: Client) -> None:
    farm.post(new_page(world), typed(world))
    offer = Offer.objects.get()
    farm.post(f"/gard/{world.supplier.pk}/erbjudanden/{offer.pk}/", {"do": "dra"})
    offer.refresh_from_db()
    assert offer.withdrawn_at is not None


def test_the_lists_take_few_statements(world: World, farm: Client) -> None:
    farm.post(new_page(world), typed(world))
    for page in (new_page(world), f"/gard/{world.supplier.pk}/erbjudanden/"):
        with CaptureQueriesContext(connection) as taken:
            farm.get(page)
        assert len(taken) <= 12
