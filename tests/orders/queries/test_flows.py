"""The goods' way: what left a farm came to a kitchen, by the tallies; and who lies where is known to whom it concerns."""

from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from config.ground.coordinates import Coordinates
from config.ground.models import User
from kitchens.actions.kitchens import locate_kitchen
from kitchens.models import Kitchen
from market.actions.parties import locate_hub
from market.models import Hub
from orders.models import Tally
from orders.queries.flows import ways_of
from orders.rules.periods import year_of
from suppliers.actions import locate_supplier
from suppliers.models import Supplier
from tests.factories.report_files import published_openly
from tests.factories.walked import make_walked
from tests.factories.world import World, make_world
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db
HERE = Coordinates(Decimal("59.0412345"), Decimal("15.8712345"))


@pytest.fixture
def world() -> World:
    return make_walked(1, kitchens=2)


def page_of(world: World) -> str:
    year = year_of(world.delivery_date)
    with time_machine.travel(world.now, tick=False):
        answer = client_of(world.officer).get(f"{address(world, 'ways')}?from={year.from_text}")
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2]


def test_what_left_the_farms_came_to_the_kitchens(world: World) -> None:
    make_world()
    found = ways_of(world.authority, year_of(world.delivery_date))
    rows = Tally.objects.filter(authority=world.authority, basis="delivered")
    delivered = rows.aggregate(kg=Sum("kg"))["kg"]
    assert found.kg == delivered > 0
    for sort in ("farm", "hub", "kitchen"):
        assert sum(stop.kg for stop in found.stops if stop.sort == sort) == delivered
    for leg in found.legs:
        by_end = {f"{leg.ends.sort}_id" if leg.ends.sort == "kitchen" else "kitchen__hub_id": leg.ends.pk}
        by_begin = {"supplier_id" if leg.begins.sort == "farm" else "kitchen__hub_id": leg.begins.pk}
        assert leg.kg == rows.filter(**by_end, **by_begin).aggregate(kg=Sum("kg"))["kg"]
    assert {stop.pk for stop in found.stops if stop.sort == "kitchen"} == {each.pk for each in world.kitchens}
    assert found.lines_without_kg == rows.aggregate(n=Sum("lines_without_kg"))["n"]


def test_who_has_no_place_is_named_and_who_has_is_drawn(world: World) -> None:
    page = page_of(world)
    assert "Ingens läge är känt" in page
    assert "<svg viewBox" not in page.partition("Platser")[0].partition("Ingens")[0]
    locate_supplier(supplier=world.supplier, at=HERE, by=world.by)
    locate_hub(hub=world.hub, at=HERE, by=world.by)
    page = page_of(world)
    assert 'role="img"' in page
    told = page.partition("Utan läge")[2].partition("</p>")[0]
    assert world.kitchens[0].name in told
    assert world.supplier.name not in told
    assert "59,041; 15,871" in page


def test_a_place_is_rounded_and_can_be_taken_back(world: World) -> None:
    locate_kitchen(kitchen=world.kitchen, at=HERE, by=world.by)
    world.kitchen.refresh_from_db()
    assert (world.kitchen.latitude, world.kitchen.longitude) == (Decimal("59.041"), Decimal("15.871"))
    locate_kitchen(kitchen=world.kitchen, at=None, by=world.by)
    world.kitchen.refresh_from_db()
    assert (world.kitchen.latitude, world.kitchen.longitude) == (None, None)


@pytest.mark.parametrize(("latitude", "longitude"), [(59, None), (None, 15), (91, 15), (59, 181)])
@pytest.mark.parametrize("model", [Supplier, Kitchen])
def test_the_tables_hold_no_half_a_place(
    world: World, model: type[Supplier | Kitchen], latitude: int | None, longitude: int | None
) -> None:
    with pytest.raises(IntegrityError, match="lies_on_earth"), transaction.atomic():
        model.objects.update(latitude=latitude, longitude=longitude)


@pytest.mark.parametrize("who", ["farm", "kitchen", "hub"])
def test_each_writes_its_own_place(world: World, who: str) -> None:
    doors: dict[str, tuple[str, User, Supplier | Kitchen | Hub]] = {
        "farm": (f"/gard/{world.supplier.pk}/lage/", world.people.farmers[0], world.supplier),
        "kitchen": (f"/kok/{world.kitchen.pk}/lage/", world.manager, world.kitchen),
        "hub": (f"/nav/{world.hub.pk}/lage/", world.people.hub_worker, world.hub),
    }
    url, user, row = doors[who]
    client = client_of(user)
    assert client.post(url, {"latitude": "15,87", "longitude": "59,04"}).status_code == 422
    assert client.post(url, {"latitude": "59,04", "longitude": "15,87"}).status_code == 302
    row.refresh_from_db()
    assert (row.latitude, row.longitude) == (Decimal("59.04"), Decimal("15.87"))
    assert 'value="59,04"' in client.get(url).content.decode()


def test_an_officer_reads_a_kitchens_place_and_changes_it_not(world: World) -> None:
    locate_kitchen(kitchen=world.kitchen, at=HERE, by=world.by)
    client = client_of(world.officer)
    url = f"/kok/{world.kitchen.pk}/lage/"
    page = client.get(url).content.decode()
    assert "59,041" in page
    assert '<form method="post" novalidate' not in page
    assert client.post(url, {"latitude": "59", "longitude": "15"}).status_code == 403


def test_another_authority_sees_no_place_of_a_farm_that_it_never_bought_from(world: World) -> None:
    locate_supplier(supplier=world.supplier, at=HERE, by=world.by)
    other = make_world()
    assert client_of(other.officer).get(address(world, "ways")).status_code == 404
    assert "59,041" not in page_of(other)
    assert world.supplier.name not in page_of(other)


def test_no_place_is_in_open_data(world: World) -> None:
    locate_supplier(supplier=world.supplier, at=HERE, by=world.by)
    published_openly(world)
    with time_machine.travel(world.now, tick=False):
        for form in ("csv", "json"):
            answer = Client().get(reverse("orders:open_data", args=[world.authority.pk, form]))
            told = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            assert answer.status_code == 200
            assert b"59.041" not in told.replace(b",", b".")
            assert b"latitud" not in told.lower()
