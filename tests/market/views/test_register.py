"""The product register: who keeps it, names and doubles, and where goods belong from which day on."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from config.ground.models import User
from market.models import ClimateFood, CpvMapping, FoodMapping, NeedMapping, Product, VatClass, VatMapping
from market.queries.register import products_meant
from tests.factories.world import Farm, Goods, World, make_world

pytestmark = pytest.mark.django_db


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="config.ground.sign_in.EmailBackend")
    return client


@pytest.fixture
def world() -> World:
    goods = [
        Goods(name="Palsternacka"),
        Goods(name="Palsternackor", in_lot=False),
        Goods(name="Ägg", unit="piece"),
    ]
    return make_world(products=goods, farms=[Farm(stock={"Palsternacka": 50})])


@pytest.fixture
def officer(world: World) -> Client:
    with time_machine.travel(world.now, tick=False):
        return enter(world.officer)


def page_of(product: Product) -> str:
    return f"/varor/{product.pk}/"


def test_the_register_is_searched_as_people_write_and_tells_of_doubles(world: World, officer: Client) -> None:
    html = officer.get("/varor/").content.decode()
    assert "Kan vara samma vara" in html
    html = officer.get("/varor/", {"q": "palsternackan"}).content.decode()
    assert html.count("/varor/") >= 3
    assert "Ägg" not in html
    assert "Ingen vara heter så" in officer.get("/varor/", {"q": "kaviar"}).content.decode()


def test_a_rename_keeps_the_words_that_find_the_goods(world: World, officer: Client) -> None:
    names = {"do": "namn", "name_sv": "Ägg, frigående", "name_en": "Eggs", "season_months": ["3", "4"]}
    html = officer.post(page_of(world.products[2]), {**names, "synonyms": "hönsägg\n\nvitägg"}, follow=True)
    assert "Namnen är sparade" in html.content.decode()
    product = Product.objects.get(pk=world.products[2].pk)
    assert (product.synonyms, product.season_months) == (["hönsägg", "vitägg"], [3, 4])
    assert products_meant("hönsäggen") == [product]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name_sv": "Palsternacka"}, "En vara heter redan så"),
        ({"name_sv": " "}, "name_sv"),
        ({"name_sv": "Ägg", "synonyms": "x" * 81}, "Högst 30 ord"),
        ({"name_sv": "Ägg", "season_months": ["13"]}, "season_months"),
    ],
)
def test_a_rename_that_can_not_be_is_said_at_the_form(
    world: World, officer: Client, changed: dict[str, object], said: str
) -> None:
    answer = officer.post(page_of(world.products[2]), {"do": "namn", "name_en": "Eggs", **changed})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_double_becomes_a_word_of_the_other(world: World, officer: Client) -> None:
    kept, gone, _eggs = world.products
    answer = officer.post(page_of(gone), {"do": "sla-ihop", "in-i": str(kept.pk)}, follow=True)
    assert "Samma vara som Palsternacka" in answer.content.decode()
    assert "Palsternackor" in Product.objects.get(pk=kept.pk).synonyms
    assert [product.pk for product in products_meant("Palsternackor")] == [kept.pk]
    assert officer.post(page_of(kept), {"do": "sla-ihop", "in-i": str(gone.pk)}).status_code == 422


def test_goods_that_lie_in_an_agreement_are_not_merged_away(world: World, officer: Client) -> None:
    kept, gone, eggs = world.products
    with time_machine.travel(world.now, tick=False):
        client = enter(world.officer)
        answer = client.post(page_of(kept), {"do": "sla-ihop", "in-i": str(gone.pk)})
    assert answer.status_code == 409
    assert world.agreement.title in answer.content.decode()
    for other in (str(eggs.pk), str(gone.pk)):
        assert officer.post(page_of(gone), {"do": "sla-ihop", "in-i": other}).status_code == 422
    assert officer.post(page_of(gone), {"do": "sla-ihop", "in-i": "x"}).status_code == 404


def mapped(world: World, client: Client, **told: str) -> int:
    body = {
        "do": "koppla",
        "reason": "nytt beslut",
        "first_day": str(world.today + timedelta(days=7)),
        **told,
    }
    return client.post(page_of(world.product), body).status_code


def test_where_goods_belong_is_answered_from_a_day_on_with_a_reason(world: World) -> None:
    vat = VatClass.objects.exclude(pk=VatMapping.objects.get(product=world.product).vat_class_id).first()
    food = ClimateFood.objects.get(key="carrot")
    assert vat is not None
    with time_machine.travel(world.now, tick=False):
        client = enter(world.officer)
        assert mapped(world, client, kind="vat", vat=str(vat.pk)) == 302
        assert mapped(world, client, kind="cpv", cpv="03221112-4") == 302
        assert mapped(world, client, kind="food", food=str(food.pk)) == 302
        assert mapped(world, client, kind="need", need=str(world.need.pk)) == 302
        html = client.get(page_of(world.product)).content.decode()
    before, after = CpvMapping.objects.filter(product=world.product).order_by("valid_from")
    assert (before.valid_to, after.valid_from) == (
        world.today + timedelta(days=6),
        world.today + timedelta(days=7),
    )
    assert (after.reason, after.mapped_by) == ("nytt beslut", world.officer)
    of_product = FoodMapping.objects.filter(product=world.product)
    assert of_product.standing().on(world.today + timedelta(days=7)).get().food == food
    assert of_product.exclude(retired_at=None).exists()  # what was published by it is counted again by it
    assert NeedMapping.objects.filter(product=world.product, authority=world.authority).exists()
    assert "nytt beslut" in html
    assert "tills vidare" in html


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "cpv", "cpv": "abc"},
        {"kind": "cpv", "cpv": ""},
        {"kind": "cpv", "cpv": "03221112", "reason": " "},
        {"kind": "cpv", "cpv": "03221112", "first_day": "2026-11-01"},
        {"kind": "vat", "vat": "99999"},
    ],
)
def test_a_mapping_that_can_not_be_is_said_at_the_form(world: World, told: dict[str, str]) -> None:
    with time_machine.travel(world.now, tick=False):
        assert mapped(world, enter(world.officer), **told) == 422
    assert CpvMapping.objects.filter(product=world.product).count() == 1


def test_a_mapping_does_not_begin_before_one_that_is_there(world: World) -> None:
    with time_machine.travel(world.now, tick=False):
        client = enter(world.officer)
        assert mapped(world, client, kind="cpv", cpv="03221112") == 302
        assert mapped(world, client, kind="cpv", cpv="03221110") == 409


def test_only_a_food_is_told_anew_of_days_that_were(world: World) -> None:
    food = ClimateFood.objects.get(key="carrot")
    was = str(world.today - timedelta(days=30))
    with time_machine.travel(world.now, tick=False):
        client = enter(world.officer)
        assert mapped(world, client, kind="food", food=str(food.pk), first_day=was) == 302
        assert mapped(world, client, kind="cpv", cpv="03221113", first_day=was) == 422
    standing = FoodMapping.objects.filter(product=world.product).standing()
    assert standing.on(world.today - timedelta(days=1)).get().food == food


def test_goods_that_the_register_lacks_are_added_with_their_mappings(world: World, officer: Client) -> None:
    form = {
        "name_sv": "Fänkål",
        "name_en": "Fennel",
        "synonyms": "fänkålsknöl",
        "category": world.product.category.code,
        "group": "vegetables",
        "base_unit": "kg",
        "pack_base": "2,5",
        "cpv": "03221000",
        "vat_class": "food",
        "food": "",
    }
    assert officer.post("/varor/ny/", {**form, "cpv": "1"}).status_code == 422
    assert officer.post("/varor/ny/", {**form, "name_sv": "Ägg"}).status_code == 422
    assert officer.get("/varor/ny/").status_code == 200
    html = officer.post("/varor/ny/", form, follow=True).content.decode()
    made = Product.objects.get(name_sv="Fänkål")
    assert "Fänkål finns nu i registret." in html
    assert made.packs.get().base_per_pack == 2.5
    assert products_meant("fankal") == [made]


def test_the_platforms_administrator_keeps_it_too_and_others_do_not_know_of_it(world: World) -> None:
    assert enter(world.people.admin).get(page_of(world.product)).status_code == 200
    for user in (world.manager, world.people.auditor, world.people.farmers[0], world.people.outsider):
        assert enter(user).get("/varor/").status_code == 404
        assert enter(user).post(page_of(world.product), {"do": "namn"}).status_code == 404
