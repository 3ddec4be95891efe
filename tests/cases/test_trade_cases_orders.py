"""Hard cases of the trade about orders under an agreement, each by its number in the list (docs/cases.md)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from config.ground.refusals import ChangedMeanwhile, InvalidInput
from config.ground.trail import Actor, acting
from kitchens.actions.baskets import approve_price, save_basket
from kitchens.models import BasketLine
from kitchens.queries.baskets import WantedLine, basket_of
from market.actions.offers import publish_offer
from market.actions.prices import adjust_price
from market.models import LotBalance, Offer
from market.rules.price_adjustment import Adjustment, Ground
from orders.actions.closing import close_supplier_run
from orders.actions.placing import place_order
from orders.actions.repricing import approve_prices
from orders.models import CallOff, Order, PurchaseOrder
from orders.queries.balances import unproven_balances
from orders.queries.checking import AskedLine
from orders.queries.repriced import repriced_of_order
from suppliers.models import Certificate, Supplier
from tests.api.program import Program
from tests.factories.criteria import demand_organic
from tests.factories.world import Farm, Goods, PackOf, World, make_world
from tests.orders.actions.test_placing import place
from tests.orders.actions.test_week import closed_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db

EGGS = Goods(name="Ägg", unit="piece", kg_per_base=None, packs=(PackOf(30),), group="eggs", food=None)


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


def refused(world: World, quantity: object = 20) -> dict[str, dict[str, Any]]:
    """The failed rules of a line that was refused, with their paragraphs and figures."""
    assert place(world, quantity)["order"] is None
    finding = BasketLine.objects.get().refused
    assert finding is not None
    return {verdict["rule"]: verdict for verdict in finding["verdicts"] if not verdict["ok"]}


def test_case_12_an_order_is_filled_up_to_the_ceiling_and_the_rest_is_stopped_with_the_officer_told() -> None:
    world = make_world(ceiling_sek=150)
    line = place(world, 20)["lines"][0]
    assert (line["parts"][0]["quantity"], line["missing"]) == ("15.000", "5.000")
    kept = BasketLine.objects.get()
    assert kept.refused is not None
    assert {each["rule"] for each in kept.refused["verdicts"] if not each["ok"]} == {"ceiling_room"}
    assert {way["code"] for way in kept.refused["ways_out"]} >= {"ask_the_officer"}
    assert "Livsmedel" in client_of(world.officer).get(address(world, "home")).content.decode()


def test_case_15_rank_two_is_not_asked_before_rank_one_has_answered() -> None:
    world = make_world(farms=[Farm(stock=15), Farm(name="Åsen", rank=2)], posted_stock_is_an_answer=False)
    line = place(world, 20)["lines"][0]
    assert ([part["quantity"] for part in line["parts"]], line["missing"]) == (["15.000"], "5.000")


@pytest.mark.parametrize(("delivers", "placed"), [(True, True), (False, False)])
def test_case_19_an_order_before_the_end_is_delivered_after_it_only_by_the_terms(
    delivers: bool, placed: bool
) -> None:
    world = make_world(valid_to=date(2026, 11, 23), delivers_after_end=delivers)
    assert (place(world)["order"] is not None) is placed


def test_case_19_after_the_end_nothing_is_ordered() -> None:
    world = make_world(valid_to=date(2026, 11, 22), delivers_after_end=True)
    assert "agreement_in_force" in refused(world)


def test_case_33_a_bankruptcy_pauses_new_call_offs_and_leaves_what_is_ordered() -> None:
    world = make_world()
    place(world, 5)
    with acting(world.by_officer):
        Supplier.objects.filter(pk=world.supplier.pk).update(is_bankrupt=True)
    assert refused(world)["standing"]["figures"]["bankrupt"] is True
    assert CallOff.objects.count() == 1


def raised(
    world: World, sek: str = "52", *, first_day: date | None = None, now: datetime | None = None
) -> None:
    """The agreement's own clause changes the price (50 SEK a pack) from that day of delivery on."""
    adjust_price(
        lot=world.lot,
        supplier=world.supplier,
        pack=world.pack,
        asked=Adjustment(
            price_sek=Decimal(sek),
            first_day=first_day or world.delivery_date,
            ground=Ground.CLAUSE,
            clause="punkt 7.3",
        ),
        now=now or world.now + timedelta(minutes=5),
        by=world.by_officer,
    )


def order_basket(world: World, *, version: int, at: datetime) -> dict[str, Any]:
    """The kitchen orders its basket as it lies."""
    line = AskedLine(product_id=world.product.pk, quantity=Decimal(5))
    return place_order(
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=[line],
        arrived_at=at,
        basket_version=version,
        by=world.by,
    )


def filled(world: World) -> int:
    wanted = WantedLine(product_id=world.product.pk, quantity=Decimal(5), laid_at=world.now)
    return save_basket(
        kitchen=world.kitchen, delivery_date=world.delivery_date, lines=[wanted], version=0, by=world.by
    )


def test_case_48_a_basket_filled_at_the_old_price_is_not_ordered_before_the_new_one_is_approved() -> None:
    world = make_world()
    version, later = filled(world), world.now + timedelta(hours=1)
    raised(world)
    reply = order_basket(world, version=version, at=later)
    assert reply["order"] is None
    kept = BasketLine.objects.get()
    assert kept.refused is not None
    assert kept.refused["verdicts"][0]["figures"] | {"supplier": ""} == {
        "supplier": "",
        "was_sek": "50.0000",
        "price_sek": "52.0000",
        "price_per": "pack",
    }
    assert [way["code"] for way in kept.refused["ways_out"]] == ["approve_price"]
    basket = basket_of(world.kitchen, world.delivery_date)
    approve_price(
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=basket.lines,
        version=basket.version,
        product_id=world.product.pk,
        seen_at=later,
        by=world.by,
    )
    order_basket(world, version=basket.version + 1, at=later)
    assert CallOff.objects.get().net_sek == Decimal(52)


@pytest.mark.parametrize(("sek", "net"), [("48", 48), ("52", 50)])
def test_case_48_a_lower_price_and_a_later_day_ask_nobody(sek: str, net: int) -> None:
    world = make_world()
    version = filled(world)
    later_day = world.delivery_date + timedelta(days=1)
    raised(world, sek, first_day=world.delivery_date if net == 48 else later_day)
    order_basket(world, version=version, at=world.now + timedelta(hours=1))
    assert CallOff.objects.get().net_sek == net


def test_case_48_a_placed_order_is_approved_anew_before_the_cut_off() -> None:
    world = make_world()
    order_id = place(world, 5)["order"]
    raised(world)
    found = repriced_of_order(order_id)
    assert [(each.price_sek, each.price_now_sek, each.rose) for each in found] == [
        (Decimal(50), Decimal(52), True)
    ]
    approve = partial(
        approve_prices,
        kitchen=world.kitchen,
        order_id=order_id,
        version=1,
        arrived_at=world.now + timedelta(hours=1),
        by=world.by,
    )
    assert approve(seen={found[0].call_off_id: Decimal(51)})["lines"] == []
    approve(seen={found[0].call_off_id: Decimal(52)})
    assert CallOff.objects.get(state="placed").net_sek == Decimal(52)
    assert repriced_of_order(order_id) == []
    assert LotBalance.objects.get(authority=None, supplier=None).committed_sek == Decimal(52)
    with pytest.raises(ChangedMeanwhile):
        approve(seen={})


def close(world: World) -> None:
    after = world.supplier_run.cut_off + timedelta(minutes=1)
    close_supplier_run(run_id=world.supplier_run.pk, now=after, by=Actor.job("close"))


def test_case_48_what_nobody_approved_goes_back_to_the_basket_at_the_cut_off() -> None:
    world = make_world()
    place(world, 5)
    raised(world)
    close(world)
    assert not PurchaseOrder.objects.exists()
    assert not CallOff.objects.filter(state="placed").exists()
    kept = BasketLine.objects.get()
    assert (kept.quantity, kept.laid_at) == (Decimal(5), CallOff.objects.get().placed_at)
    assert LotBalance.objects.get(authority=None, supplier=None).committed_sek == 0
    assert not unproven_balances()
    page = client_of(world.manager).get(reverse("orders:kitchen", args=[world.kitchen.pk])).content.decode()
    assert "har ändrats" in page


def test_case_48_a_price_that_fell_is_ordered_at_the_lower_one() -> None:
    world = make_world()
    place(world, 5)
    raised(world, "48")
    close(world)
    call_off = CallOff.objects.get()
    assert (call_off.price_sek, call_off.net_sek) == (Decimal(48), Decimal(48))
    assert call_off.finding["inputs"]["price_before_sek"] == "50.0000"
    assert PurchaseOrder.objects.get().net_sek == Decimal(48)
    assert not unproven_balances()


@pytest.mark.parametrize("first_day", [0, 1])
def test_case_48_a_later_adjustment_and_one_after_the_cut_off_change_nothing(first_day: int) -> None:
    """From the day after the delivery, or entered when the run has closed."""
    world = make_world()
    place(world, 5)
    if first_day == 0:
        close(world)
    raised(world, first_day=world.delivery_date + timedelta(days=first_day))
    if first_day == 1:
        close(world)
    assert CallOff.objects.get().net_sek == PurchaseOrder.objects.get().net_sek == Decimal(50)


def test_case_48_the_kitchen_sees_the_old_price_and_the_new_one_and_says_yes() -> None:
    world = make_world()
    order_id = place(world, 5)["order"]
    raised(world, now=datetime(2026, 11, 23, 8, 30, tzinfo=UTC))
    kitchen = client_of(world.manager)
    url = reverse("orders:order", args=[world.kitchen.pk, order_id])
    assert (
        "Godkänn nytt pris"
        in kitchen.get(reverse("orders:kitchen", args=[world.kitchen.pk])).content.decode()
    )
    page = kitchen.get(url).content.decode()
    assert "50,00\xa0kr → 52,00\xa0kr" in page
    told = {"do": "godkann", "version": "1", f"pris-{CallOff.objects.get().pk}": "52.0000"}
    assert kitchen.post(url, told).status_code == 302
    assert CallOff.objects.get(state="placed").net_sek == Decimal(52)
    assert (
        "Priset har ändrats igen" in kitchen.post(url, told | {"version": "2"}, follow=True).content.decode()
    )


def test_case_48_a_page_shown_before_the_change_orders_nothing_dearer() -> None:
    world = make_world()
    kitchen = client_of(world.manager)
    url = reverse("orders:order_new", args=[world.kitchen.pk, world.delivery_date])
    antal = f"antal-{world.product.pk}"
    raised(world, now=datetime(2026, 11, 23, 8, 30, tzinfo=UTC))
    shown = "2026-11-23T08:00:00+00:00"
    kitchen.post(url, {"do": "bestall", "version": "0", "sedd": shown, antal: "5"})
    assert not Order.objects.exists()
    page = kitchen.get(url).content.decode()
    assert "50,00\xa0kr → 52,00\xa0kr/förpackning" in page
    assert "Godkänn det nya priset" in page
    version = str(basket_of(world.kitchen, world.delivery_date).version)
    now = {"version": version, "sedd": "2026-11-23T09:00:00+00:00", antal: "5"}
    assert kitchen.post(url, now | {"godkann": f"{world.product.pk}:1"}).status_code == 302
    kitchen.post(url, now | {"do": "bestall", "version": str(int(version) + 1)})
    assert CallOff.objects.get().net_sek == Decimal(52)


@pytest.mark.parametrize(("last_day", "marks"), [(date(2026, 12, 1), ["organic"]), (date(2026, 11, 30), [])])
def test_case_62_goods_lose_the_mark_from_the_day_the_certificate_is_out(
    last_day: date, marks: list[str]
) -> None:
    world = make_world(farms=[Farm(labels=("organic",), labels_to=last_day, claims=("organic",))])
    place(world)
    assert CallOff.objects.get().promise["marks"] == marks


@pytest.mark.parametrize(("last_day", "holds"), [(date(2026, 12, 1), True), (date(2026, 11, 30), False)])
def test_case_62_of_an_agreement_that_asks_for_organic_nothing_is_called_off_when_the_certificate_is_out(
    last_day: date, holds: bool
) -> None:
    world = make_world(farms=[Farm(labels=("organic",), labels_to=last_day, claims=("organic",))])
    demand_organic(world, "plants")
    place(world, 5)
    finding = CallOff.objects.get().finding if holds else BasketLine.objects.get().refused
    assert finding is not None
    (told,) = [each for each in finding["verdicts"] if each["rule"] == "organic"]
    assert told["ok"] is holds
    assert "2018/848" in told["paragraph"]
    assert CallOff.objects.exists() is holds


def test_case_62_the_next_rank_is_asked_when_the_certificate_of_the_first_is_out() -> None:
    first = Farm(labels=("organic",), labels_to=date(2026, 11, 30), claims=("organic",))
    world = make_world(farms=[first, replace(first, name="Åsens lantbruk", rank=2, labels_to=None)])
    demand_organic(world, "vegetables")
    place(world, 5)
    assert CallOff.objects.get().supplier == world.suppliers[1]


def test_case_63_a_certificate_for_vegetables_does_not_meet_a_demand_on_eggs() -> None:
    world = make_world(farms=[Farm(labels=("organic",), claims=("organic",))], products=[replace(EGGS)])
    with acting(world.by_officer):
        certificate = Certificate.objects.get(supplier=world.supplier, kind="organic")
        groups = certificate.product_groups.model.objects
        certificate.product_groups.set([groups.get(code="vegetables")])
    demand_organic(world, "animals")
    assert "organic" in refused(world, 30)


def test_case_63_a_certificate_for_vegetables_gives_eggs_no_mark() -> None:
    farm = Farm(labels=("organic",), claims=("organic",))
    world = make_world(farms=[farm], products=[replace(EGGS)])
    with acting(world.by_officer):
        certificate = Certificate.objects.get(supplier=world.supplier, kind="organic")
        groups = certificate.product_groups.model.objects
        certificate.product_groups.set([groups.get(code="vegetables")])
    place(world, 30)
    assert CallOff.objects.get().promise["marks"] == []


def test_case_65_eggs_without_a_packing_centre_are_blocked() -> None:
    world = make_world(farms=[Farm(permits=("registration",))], products=[EGGS])
    found = refused(world, 30)["permits"]
    assert found["figures"]["missing"] == ["packing_centre"]
    assert "853/2004" in found["paragraph"]


@pytest.mark.parametrize("group", ["beef", "dairy", "fish"])
def test_case_65_animal_goods_without_an_approved_plant_are_blocked(group: str) -> None:
    world = make_world(farms=[Farm(permits=("registration",))], products=[Goods(name="Vara", group=group)])
    assert refused(world)["permits"]["figures"]["missing"] == ["approval"]


BEEF = Goods(name="Nötfärs", group="beef", food="beef_mince")


def test_case_66_beef_is_not_posted_without_where_it_was_slaughtered() -> None:
    world = make_world(products=[BEEF])
    told: dict[str, Any] = {
        "supplier": world.supplier,
        "pack": world.pack,
        "quantity": Decimal(5),
        "valid_from": world.pool.valid_from,
        "valid_to": world.pool.valid_to,
        "by": world.by,
    }
    with pytest.raises(InvalidInput) as refused_post:
        publish_offer(**told)
    assert "slaktades" in refused_post.value.fields["slaughtered_in"][0]
    assert publish_offer(slaughtered_in="IE", **told).slaughtered_in == "IE"
    place(world, 5)
    assert CallOff.objects.get().promise["slaughtered_in"] == "IE"


def test_case_66_beef_that_lacks_it_all_the_same_is_not_ordered_and_the_next_farm_is() -> None:
    world = make_world(farms=[Farm(), Farm(name="Åsens lantbruk", rank=2)], products=[BEEF])
    with acting(world.by):
        Offer.objects.filter(supplier=world.supplier).update(slaughtered_in="")
    line = place(world, 5)["lines"][0]
    assert [part["supplier"] for part in line["parts"]] == [world.suppliers[1].pk]
    with acting(world.by):
        Offer.objects.update(slaughtered_in="")
    found = refused(world)["permits"]
    assert found["figures"]["missing"] == ["slaughtered_in"]


def test_case_66_goods_that_are_no_beef_say_nothing_of_it() -> None:
    world = make_world(products=[Goods(name="Fläsk", group="pork", food=None)])
    place(world, 5)
    assert "slaughtered_in" not in CallOff.objects.get().promise


def test_case_66_the_farms_page_asks_for_it_of_beef_alone() -> None:
    world = make_world(products=[BEEF, Goods()])
    client = client_of(world.people.farmers[0])
    url = reverse("market:offer_new", args=[world.supplier.pk])
    asked = [
        "Slaktat i" in client.get(url, {"vara": product.pk}).content.decode() for product in world.products
    ]
    assert asked == [True, False]


def test_case_81_a_sole_traders_personal_number_is_in_no_register_and_no_api() -> None:
    world = make_world()
    with acting(world.by_officer):
        Supplier.objects.filter(pk=world.supplier.pk).update(
            legal_form="sole_trader", org_number=None, personal_number="188001019999"
        )
    said = client_of(world.officer).get(address(world, "suppliers")).content.decode()
    said += Program(world.officer).get("suppliers/").content.decode()
    assert "8001019999" not in said
    assert "enskild firma" in said


def test_case_82_a_farm_finds_no_other_farms_order_by_its_number() -> None:
    world, order = closed_world()
    stranger = make_world(beside=world).people.outsider
    other = make_world(farms=[Farm(name="Annan gård")], delivery_date=date(2026, 12, 8))
    url = reverse("orders:purchase_order", args=[other.supplier.pk, order.pk])
    assert client_of(other.people.farmers[0]).get(url).status_code == 404
    foreign = reverse("orders:purchase_order", args=[world.supplier.pk, order.pk])
    assert [client_of(user).get(foreign).status_code for user in (other.people.farmers[0], stranger)] == [
        404,
        404,
    ]


def test_case_83_a_manager_edits_no_other_schools_order() -> None:
    world = make_world()
    other = make_world(beside=world)
    order = Order.objects.get(pk=place(world, 5)["order"])
    body = {"version": order.version, "lines": []}
    assert Program(other.manager).put(f"orders/{order.pk}/", body).status_code == 404
    assert CallOff.objects.filter(order=order).exists()


@pytest.mark.parametrize(
    ("regime", "paragraph"),
    [("directive", "7 kap. 3 § LOU"), ("national", "19 kap. 2 § LOU (principerna); avtalets parter")],
)
def test_case_85_who_is_not_named_uses_no_agreement(regime: str, paragraph: str) -> None:
    world = make_world(regime=regime, authority_named=False)
    found = refused(world)
    assert found["authority_named"]["paragraph"] == paragraph
    assert not LotBalance.objects.filter(committed_sek__gt=0).exists()
