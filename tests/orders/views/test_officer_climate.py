"""The officer's climate pages: factors, goods without one, publishing, and the years."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.ground.sorting import swedish_key
from config.ground.trail import Actor, acting
from market.models import ClimateFactor, ClimateFood, FoodMapping, SupplierRun
from orders.actions.publishing import publish_tally
from orders.models import PublishedTally
from orders.queries.factor_pages import FACTORS_A_PAGE, factor_page
from orders.rules.periods import month_of
from tests.factories.walked import make_walked
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 12


def test_the_climate_pages_in_few_statements() -> None:
    world = make_walked(2)
    with acting(Actor.job("tests")):
        FoodMapping.objects.filter(product=world.product).delete()
        SupplierRun.objects.filter(state="open").update(state="closed", closed_at=world.now)
    period = month_of(world.delivery_date)
    row = publish_tally(
        authority=world.authority,
        period=period,
        basis="ordered",
        today=period.last + timedelta(days=1),
        by=world.by_officer,
    )
    client = client_of(world.officer)
    shows = {
        address(world, "factors"): "SE-mix-2026.1",
        f"{address(world, 'factors')}?q=potatis": "SELSE:potato",
        f"{address(world, 'factors')}?q=månsten": "Inget livsmedel heter så",
        address(world, "unmapped"): world.product.name_sv,
        address(world, "trend"): str(world.delivery_date.year),
        address(world, "published"): row.get_basis_display(),
        address(world, "published_figure", row.pk): "samma siffra till sista decimalen",
        address(world, "climate"): "i 19 fall av 20",
    }
    for url, text in shows.items():
        with CaptureQueriesContext(connection) as ran:
            page = client.get(url)
        assert page.status_code == 200, url
        assert text in page.content.decode(), url
        assert len(ran) <= MOST_STATEMENTS, (url, len(ran))
    assert "finns bara ett år" in client.get(address(world, "trend")).content.decode()
    assert client.get(f"{address(world, 'factors')}?set=NONE").status_code == 422
    assert client.get(address(world, "published_figure", row.pk + 1000)).status_code == 404


def test_a_set_of_many_factors_is_read_page_by_page() -> None:
    make_walked(0)
    pages = [factor_page(code="", text="", number=str(number), language="sv") for number in range(1, 7)]
    keys = [row.food.key for each in pages for row in each.factors]
    assert [len(each.factors) for each in pages[:2]] == [FACTORS_A_PAGE, FACTORS_A_PAGE]
    assert (
        len(keys)
        == len(set(keys))
        == ClimateFactor.objects.standing().filter(factor_set__is_active=True).count()
    )
    names = [row.food.name_sv for each in pages for row in each.factors]
    assert names == sorted(names, key=swedish_key)


@pytest.mark.parametrize(
    ("language", "boundary"),
    [("sv", "gränserna skiljer sig mellan källorna"), ("en", "boundaries differ by source")],
)
def test_a_sets_boundary_is_told_in_the_readers_language(language: str, boundary: str) -> None:
    world = make_walked(0)
    client = client_of(world.officer)
    client.cookies["django_language"] = language
    assert boundary in client.get(address(world, "factors")).content.decode()


def test_an_officer_maps_a_product_and_publishes_what_it_comes_to() -> None:
    world = make_walked(3)
    with acting(Actor.job("tests")):
        FoodMapping.objects.filter(product=world.product).delete()
        SupplierRun.objects.filter(state="open").update(state="closed", closed_at=world.now)
    client = client_of(world.officer)
    url = address(world, "map_product", world.product.pk)
    food = ClimateFood.objects.get(key="potato")
    assert "selected" in client.get(url).content.decode()
    assert client.post(url, {"food": food.pk, "first_day": "2026-01-01"}).status_code == 422
    done = client.post(url, {"food": food.pk, "first_day": "2026-01-01", "reason": "är potatis"})
    assert done.status_code == 302
    assert FoodMapping.objects.get(product=world.product).mapped_by == world.officer
    month = f"{world.delivery_date:%Y-%m}"
    asked = {"begins": month, "ends": month, "basis": "ordered"}
    refused = client.post(address(world, "publish"), asked)
    assert (refused.status_code, PublishedTally.objects.count()) == (409, 0)
    assert "är inte slut" in refused.content.decode()
    assert client.post(address(world, "publish"), {**asked, "begins": "i våras"}).status_code == 422
