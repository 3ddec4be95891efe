"""A farm posts what it has, from the telephone."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from market.models import Offer, Pack, Product, StockPool
from tests.factories.world import Farm, Goods, PackOf, World, make_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = make_world(
        farms=[Farm(stock=None, price_is_cap=True, labels=("krav",))],
        products=[Goods(packs=(PackOf(5), PackOf(10))), Goods(name="Lök", in_lot=False, packs=(PackOf(10),))],
    )
    with time_machine.travel(made.now, tick=False):
        yield made


@pytest.fixture
def farm(world: World, client: Client) -> Client:
    client.force_login(world.people.farmers[0], backend="config.ground.sign_in.EmailBackend")
    return client


def list_page(world: World) -> str:
    return f"/gard/{world.supplier.pk}/erbjudanden/"


def new_page(world: World, product: int = 0) -> str:
    return f"{list_page(world)}nytt/?vara={world.products[product].pk}"


def typed(world: World, **extra: object) -> dict[str, object]:
    plain = {"pack": world.pack.pk, "quantity": "40", "period": "nasta", "origin_country": "SE"}
    return {**plain, "temperature": "ambient", **extra}


def test_three_answers_are_enough_to_post(world: World, farm: Client) -> None:
    farm.post(new_page(world), typed(world))
    offer = Offer.objects.get()
    assert (offer.pool.valid_from.isoformat(), offer.pool.valid_to.isoformat()) == (
        "2026-11-30",
        "2026-12-06",
    )
    assert offer.pool.quantity == 40


def test_own_goods_are_one_tap_away_and_all_others_a_word(world: World, farm: Client) -> None:
    choose = f"{list_page(world)}nytt/"
    html = farm.get(choose).content.decode()
    assert f"?vara={world.products[0].pk}" in html
    assert f"?vara={world.products[1].pk}" not in html
    for words in ("lök", "LÖK", "lok", "\x00lök"):
        assert f"?vara={world.products[1].pk}" in farm.get(choose, {"sok": words}).content.decode(), words
    assert "Ingen vara" in farm.get(choose, {"sok": "tandkräm"}).content.decode()


def test_a_product_that_is_not_there_is_not_found(world: World, farm: Client) -> None:
    for number in ("0", "999999", "abc", "9" * 40):
        assert farm.get(f"{list_page(world)}nytt/?vara={number}").status_code == 404


def test_the_packs_stand_with_their_price_per_kg(world: World, farm: Client) -> None:
    html = farm.get(new_page(world)).content.decode()
    assert html.index("5 kg: högst 50,00") < html.index("10 kg: högst 100,00")
    assert "10,00\u00a0kr/kg" in html


def test_packs_stand_in_the_language_of_the_page(world: World, farm: Client) -> None:
    Pack.objects.filter(pk=world.pack.pk).update(name_sv="5 kg säck", name_en="5 kg sack")
    farm.cookies["django_language"] = "en"
    html = farm.get(new_page(world)).content.decode()
    assert "5 kg sack" in html
    assert "5 kg säck" not in html


def test_merged_goods_are_no_choice_and_their_address_leads_to_what_they_are(
    world: World, farm: Client
) -> None:
    potatoes, onions = world.products
    Product.objects.filter(pk=potatoes.pk).update(merged_into=onions)
    choose = f"{list_page(world)}nytt/"
    for words in ("", potatoes.name_sv):
        assert f"?vara={potatoes.pk}" not in farm.get(choose, {"sok": words}).content.decode()
    form = farm.get(new_page(world)).content.decode()
    assert onions.name_sv in form
    assert potatoes.name_sv not in form


def test_a_pack_without_an_agreed_price_is_posted_with_a_warning(world: World, farm: Client) -> None:
    onions = world.packs[world.products[1].pk][0]
    html = farm.post(new_page(world, 1), typed(world, pack=onions.pk), follow=True).content.decode()
    assert "inget avtal har pris" in html


def test_a_farm_makes_a_pack_of_its_own(world: World, farm: Client) -> None:
    new = {
        "pack": "ny",
        "new_container": "crate",
        "new_size": "1,2",
        "new_weighed": "on",
        "new_tolerance": "12,5",
    }
    farm.post(new_page(world), typed(world, **new))
    pack = Offer.objects.get().pack
    assert (pack.name_sv, pack.name_en) == ("ca 1,2 kg låda", "about 1.2 kg crate")
    assert (pack.base_per_pack, pack.upper_tolerance) == (Decimal("1.2"), Decimal("0.125"))
    again = farm.post(new_page(world), typed(world, **{**new, "new_tolerance": "20"}))
    assert again.status_code == 422
    assert "12.5 procents tolerans" in again.content.decode()
    assert Pack.objects.filter(name_sv="ca 1,2 kg låda").count() == 1


@pytest.mark.parametrize("size", ["", "0", "-2", "1e400", "NaN"])
def test_a_pack_that_can_not_be_is_told_beside_its_box(world: World, farm: Client, size: str) -> None:
    answer = farm.post(
        new_page(world), typed(world, pack="ny", new_container="box", new_size=size, note="kvar")
    )
    assert answer.status_code == 422
    assert 'id="id_new_size_error"' in answer.content.decode()
    assert 'value="kvar"' in answer.content.decode()
    assert not Offer.objects.exists()


def test_a_price_ten_times_off_is_asked_about_once(world: World, farm: Client) -> None:
    farm.post(new_page(world), typed(world, own_price_sek="45"))
    slip = typed(world, own_price_sek="4,50", note="kvar")
    asked = farm.post(new_page(world), slip)
    html = asked.content.decode()
    assert asked.status_code == 422
    assert "10 gånger mindre än det vanliga, 45,00" in html
    assert 'value="kvar"' in html
    assert Offer.objects.count() == 1
    other = farm.post(new_page(world), {**slip, "own_price_sek": "4", "price_is_right": "4.5"})
    assert other.status_code == 422, "the answer was for another price"
    farm.post(new_page(world), {**slip, "price_is_right": "4.5"})
    assert Offer.objects.get(withdrawn_at=None).own_price_sek == Decimal("4.5")


def test_only_marks_that_a_certificate_covers_can_be_chosen(world: World, farm: Client) -> None:
    html = farm.get(new_page(world)).content.decode()
    assert 'value="krav"' in html
    assert 'value="msc"' not in html
    assert farm.post(new_page(world), typed(world, claims=["msc"])).status_code == 422


def test_the_next_time_what_was_written_stands_there(world: World, farm: Client) -> None:
    first = typed(world, quantity="1200", contains=["milk"], may_contain=["nuts"], origin_place="Åkerbo")
    farm.post(new_page(world), {**first, "own_price_sek": "42,5"})
    html = farm.get(new_page(world)).content.decode()
    assert 'value="1200"' in html
    assert 'value="42,5"' in html
    assert 'value="Åkerbo"' in html
    assert html.count(" checked") >= 4


@pytest.mark.parametrize(
    ("field", "value"),
    [("quantity", "mycket"), ("quantity", "0"), ("own_price_sek", "60"), ("valid_from", "i morgon")],
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
    page = f"{list_page(world)}{Offer.objects.get().pk}/"
    StockPool.objects.update(reserved=30)
    low = farm.post(page, {"do": "andra", "quantity": "20"})
    assert low.status_code == 422
    assert "redan beställt" in low.content.decode()
    farm.post(page, {"do": "andra", "quantity": "35"})
    assert StockPool.objects.get().quantity == 35


def test_an_offer_is_taken_back(world: World, farm: Client) -> None:
    farm.post(new_page(world), typed(world))
    offer = Offer.objects.get()
    farm.post(f"{list_page(world)}{offer.pk}/", {"do": "dra"})
    offer.refresh_from_db()
    assert offer.withdrawn_at is not None


def test_a_week_later_one_tap_says_that_it_is_still_right(world: World, farm: Client) -> None:
    season = typed(world, period="egna", valid_from="2026-11-23", valid_to="2026-12-31")
    farm.post(new_page(world), season)
    assert "Stämmer det fortfarande?" not in farm.get(list_page(world)).content.decode()
    with time_machine.travel(world.now + timedelta(days=7), tick=False):
        assert "Stämmer det fortfarande?" in farm.get(list_page(world)).content.decode()
        pool = StockPool.objects.get()
        farm.post(f"{list_page(world)}vecka/", {"do": "stammer", "pool": pool.pk})
        assert "Stämmer det fortfarande?" not in farm.get(list_page(world)).content.decode()
    assert farm.post(f"{list_page(world)}vecka/", {"do": "stammer", "pool": pool.pk + 1}).status_code == 404


def test_a_week_is_repeated_once_and_what_is_there_is_left_alone(world: World, farm: Client) -> None:
    small, big = world.packs[world.product.pk]
    for pack in (small, big):
        farm.post(
            new_page(world), typed(world, pack=pack.pk, period="denna", own_price_sek="45", contains=["milk"])
        )
    page = f"{list_page(world)}vecka/?vecka=2026-11-30"
    assert "Lägg ut dem" in farm.get(f"{list_page(world)}?vecka=2026-11-30").content.decode()
    farm.post(page, {"do": "upprepa"})
    farm.post(page, {"do": "upprepa"})
    copies = Offer.objects.filter(pool__valid_from=date(2026, 11, 30), withdrawn_at=None)
    assert {(offer.pack_id, offer.own_price_sek, tuple(offer.contains)) for offer in copies} == {
        (small.pk, Decimal(45), ("milk",)),
        (big.pk, Decimal(45), ("milk",)),
    }
    assert StockPool.objects.get(valid_from=date(2026, 11, 30)).quantity == 40
    assert farm.post(f"{list_page(world)}vecka/?vecka=2026-11-16", {"do": "upprepa"}).status_code == 422


def test_the_lists_take_few_statements(world: World, farm: Client) -> None:
    farm.post(new_page(world), typed(world))
    for page in (new_page(world), f"{list_page(world)}nytt/?sok=pot", list_page(world)):
        with CaptureQueriesContext(connection) as taken:
            farm.get(page)
        assert len(taken) <= 13, page
