"""What planned menus take of each need, with how much of the year they cover."""

from datetime import timedelta
from decimal import Decimal

import pytest

from config.ground.trail import acting
from market.models import AgreementPrice
from orders.queries.menus_ahead import NeedAhead, menus_ahead
from tests.factories.world import Goods, World, make_world
from tests.orders.views.desk import address, client_of
from tests.orders.views.test_needs_page import plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world(products=[Goods(name="Potatis"), Goods(name="Morot", food="carrot")], kitchens=2)


def test_without_menus_nothing_is_told(world: World) -> None:
    found = menus_ahead(world.authority, on=world.today)
    assert (found.needs, found.weeks, found.last_day) == ({}, 0, None)
    page = client_of(world.officer).get(address(world, "award")).content.decode()
    assert "Inga menyer är planerade framåt." in page


def test_menus_are_worth_what_the_agreement_asks_and_tell_what_they_cover(world: World) -> None:
    """10 kg of potatoes and 5 kg of carrots at 10 SEK a kg, and 1 kg of salt that is no goods of the house."""
    first = world.delivery_date
    plan(world, day=first, portions=100, Potatis="10", Salt="1")
    plan(world, day=first + timedelta(days=7), portions=100, Morot="5")
    found = menus_ahead(world.authority, on=world.today)
    need = found.needs[world.need.pk]
    assert need == NeedAhead(sek=Decimal("150.00"), kg=Decimal(15), priced_kg=Decimal(15))
    assert (found.weeks, found.kitchens, found.all_kitchens, found.unplaced_kg) == (2, 1, 2, Decimal(1))
    assert found.last_day == first + timedelta(days=7)
    with acting(world.by_officer):
        AgreementPrice.objects.filter(product=world.products[1]).update(
            valid_to=world.today - timedelta(days=1)
        )
    need = menus_ahead(world.authority, on=world.today).needs[world.need.pk]
    assert (need.sek, need.priced_share) == (Decimal("100.00"), Decimal(10) / 15)
    page = client_of(world.officer).get(address(world, "award")).content.decode()
    assert "67\xa0% av vikten har pris" in page
    assert "2 av 52 veckor och 1 av 2 kök" in page
