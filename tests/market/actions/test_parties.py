from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor
from market.actions.delivery_terms import close_hub, pause_supplier, set_hub_terms
from market.actions.parties import open_authority, open_hub
from market.actions.products import PackDraft, ProductDraft, add_products
from market.actions.reference import load_reference
from market.models import HubClosure, Pack, Product, SupplierHubTerms
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db

BY = Actor.job("tests")
DAY = date(2026, 11, 23)


CHICKEN = ProductDraft(
    name_sv="Hel kyckling",
    name_en="Whole chicken",
    category="poultry",
    base_unit="kg",
    kg_per_base=Decimal(1),
    packs=(PackDraft("st ca 1,4 kg", "piece of about 1.4 kg", Decimal("1.4"), tolerance=Decimal("0.1")),),
    group="poultry",
    cpv="15112130-6",
    food="chicken_whole",
)


def test_an_authority_has_a_true_organisation_number() -> None:
    with pytest.raises(InvalidInput):
        open_authority(name="Kommunen", code="K", org_number="212000-0000", by=BY)


@pytest.mark.parametrize("weekdays", ["", "8", "mon"])
def test_a_hub_has_weekdays(weekdays: str) -> None:
    with pytest.raises(InvalidInput):
        open_hub(name="Navet", weekdays=weekdays, by=BY)
    assert open_hub(name="Navet", weekdays="422", by=BY).weekdays == "24"


def test_a_product_comes_with_its_packs_and_mappings() -> None:
    load_reference(by=BY)
    (product,) = add_products(drafts=[CHICKEN], first_day=DAY, by=BY)
    pack = Pack.objects.get(product=product)
    assert (pack.is_catch_weight, pack.upper_tolerance) == (True, Decimal("0.1"))
    assert product.group_mappings.get().product_group.code == "poultry"
    assert product.food_mappings.get().food.key == "chicken_whole"
    assert product.cpv_mappings.get().cpv == "15112130-6"
    assert product.vat_mappings.get().valid_from == DAY
    assert product.sort_key == "hel kyckling"


def test_forty_products_take_no_more_statements_than_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    load_reference(by=BY)
    with django_assert_max_num_queries(14):
        add_products(
            drafts=[replace(CHICKEN, name_sv=f"Vara {number}") for number in range(40)], first_day=DAY, by=BY
        )
    assert Product.objects.count() == 40


def test_an_unknown_code_is_named_by_product_and_field() -> None:
    load_reference(by=BY)
    wrong = replace(CHICKEN, category="x", group="x", vat_class="x", food="x")
    with pytest.raises(InvalidInput) as refusal:
        add_products(drafts=[wrong], first_day=DAY, by=BY)
    assert set(refusal.value.fields) == {
        f"Hel kyckling.{field}" for field in ("category", "group", "vat_class", "food")
    }


def test_a_farms_terms_at_a_hub_are_set_and_set_anew() -> None:
    world = make_world()
    for time_of_day in (time(12), time(9)):
        set_hub_terms(supplier=world.supplier, hub=world.hub, weekdays="42", cut_off_time=time_of_day, by=BY)
    terms = SupplierHubTerms.objects.get()
    assert (terms.weekdays, terms.cut_off_time) == ("24", time(9))


def test_terms_that_cannot_be_are_named_by_field() -> None:
    world = make_world()
    with pytest.raises(InvalidInput) as refusal:
        set_hub_terms(
            supplier=world.supplier,
            hub=world.hub,
            weekdays="",
            lead_working_days=-1,
            minimum_order_sek=Decimal(-1),
            by=BY,
        )
    assert set(refusal.value.fields) == {"weekdays", "lead_working_days", "minimum_order_sek"}


def test_a_hub_is_closed_once_a_day_and_a_pause_ends_after_it_begins() -> None:
    world = make_world()
    close_hub(hub=world.hub, day=DAY, reason="Inventering", by=BY)
    close_hub(hub=world.hub, day=DAY, reason="Igen", by=BY)
    assert HubClosure.objects.get().reason == "Inventering"
    assert pause_supplier(supplier=world.supplier, first_day=DAY, last_day=DAY, by=BY).pk
    with pytest.raises(InvalidInput):
        pause_supplier(supplier=world.supplier, first_day=DAY, last_day=date(2026, 11, 22), by=BY)
