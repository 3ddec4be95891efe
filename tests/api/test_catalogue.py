"""``/catalogue/`` tells a program what the page tells a kitchen."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.api.program import Program
from tests.factories.world import Farm, Goods, World, make_world

MOST = 8
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    farms = [
        Farm(stock=100, labels=("organic",), claims=("organic",)),
        Farm(name="Åsens lantbruk", rank=2),
    ]
    return make_world(farms=farms, products=[Goods(), Goods(name="Morot", food="carrot")])


def address(world: World, more: str = "") -> str:
    return f"catalogue/?kitchen={world.kitchen.pk}&delivery_date={world.delivery_date}{more}"


def test_a_row_tells_farm_price_marks_origin_and_climate(world: World) -> None:
    reply = Program(world.manager).get(address(world, "&q=morötter"))
    (row,) = reply.json()["results"]
    assert (row["name"], row["supplier"], row["marks"]) == ("Morot", world.supplier.pk, ["organic"])
    assert (row["why"]["rank"], row["why"]["of"]) == (1, 2)
    assert row["packs"][0]["price_sek_per_kg"] == "10.0000"
    assert (row["origin_country"], row["kg_co2e_per_kg"]) == ("SE", "0.11")
    assert reply.json()["facets"]["mark"] == [{"value": "organic", "name": "organic", "count": 1}]


def test_filters_narrow_and_a_page_too_far_is_the_last(world: World) -> None:
    reply = Program(world.manager).get(address(world, "&mark=krav&in_season=true&page=7"))
    assert (reply.json()["found"], reply.json()["page"]) == (0, 1)


@pytest.mark.parametrize("more", ["&mark=local", "&nearest=1", "&page=0", "&in_season=yes"])
def test_what_is_no_filter_is_refused(world: World, more: str) -> None:
    assert Program(world.manager).get(address(world, more)).status_code == 422


def test_goods_that_may_not_be_ordered_are_told_with_their_reason(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = world.supplier_run.cut_off + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: late)
    (row,) = Program(world.manager).get(address(world, "&q=potatis")).json()["results"]
    assert row["supplier"] is None
    assert {each["rule"] for each in row["refusals"]} == {"cut_off"}


def test_another_kitchens_range_is_not_there(world: World) -> None:
    assert Program(make_world().manager).get(address(world)).status_code == 404


def test_it_takes_few_statements(world: World) -> None:
    program = Program(world.manager)
    program.get(address(world))
    with CaptureQueriesContext(connection) as taken:
        program.get(address(world, "&q=potatis"))
    assert len(taken) <= MOST, [query["sql"][:90] for query in taken]
