"""What an authority may see of a lot: everything of its own, of a shared one the room left and its own part."""

from dataclasses import replace
from decimal import Decimal

import pytest

from config.ground.refusals import NotFound
from config.ground.trail import acting
from market.models import AgreementAuthority, LotBalance
from market.rules.ceilings import Nearness
from orders.queries.lots import agreements_of, lot_page, lot_to_change
from tests.factories.walked import FARMS, GOODS, JOB, make_walked
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared() -> tuple[World, World]:
    """Two authorities named in the first one's agreement; only the first has ordered."""
    world = make_walked(1)
    other = make_world(beside=world, farms=FARMS, products=GOODS)
    with acting(JOB):
        AgreementAuthority.objects.create(agreement=world.agreement, authority=other.authority)
        LotBalance.objects.create(agreement_lot=world.lot, authority=other.authority)
    return world, other


def test_an_own_lot_tells_what_is_bound_and_what_is_left() -> None:
    world = make_walked(1)
    lot = agreements_of(world.authority)[0].lots[0]
    assert lot.committed_sek > 0
    assert lot.taken_sek == lot.committed_sek
    assert lot.room_sek == lot.ceiling_sek - lot.committed_sek
    assert not lot.shared


def test_the_parties_bound_value_is_the_lots() -> None:
    world = make_walked(1)
    found = lot_page(world.authority, lot_id=world.lot.pk, today=world.today)
    assert sum(party.committed_sek for party in found.parties) == found.lot.committed_sek
    assert [party.rank for party in found.parties] == [1, 2]
    assert len(found.prices) == 8


def test_a_partner_sees_the_room_left_and_its_own_part_only(shared: tuple[World, World]) -> None:
    world, other = shared
    found = lot_page(other.authority, lot_id=world.lot.pk, today=world.today)
    whole = LotBalance.objects.get(agreement_lot=world.lot, authority=None, supplier=None)
    assert found.lot.shared
    assert found.lot.room_sek == whole.ceiling_sek - whole.committed_sek  # type: ignore[operator]
    assert found.lot.committed_sek == 0
    assert found.lot.taken_sek is None
    assert found.lot.taken_kg is None
    assert [party.committed_sek for party in found.parties] == [0, 0]


def test_of_a_shared_lot_each_sees_what_its_own_call_offs_bind(shared: tuple[World, World]) -> None:
    world, _ = shared
    found = lot_page(world.authority, lot_id=world.lot.pk, today=world.today)
    assert found.lot.taken_sek is None
    assert sum(party.committed_sek for party in found.parties) == found.lot.committed_sek > 0


def test_a_lot_of_an_agreement_that_does_not_name_the_authority_is_not_there() -> None:
    world = make_walked(1)
    other = make_world(beside=world, farms=FARMS, products=GOODS)
    with pytest.raises(NotFound):
        lot_page(other.authority, lot_id=world.lot.pk, today=world.today)
    with pytest.raises(NotFound):
        lot_to_change(other.authority, world.lot.pk)


def test_the_nearer_ceiling_decides() -> None:
    world = make_world(ceiling_sek=1000, ceiling_kg=100)
    lot = agreements_of(world.authority)[0].lots[0]
    assert lot.nearness is Nearness.FAR
    assert replace(lot, room_kg=Decimal(10)).nearness is Nearness.NEAR
    assert replace(lot, room_kg=Decimal(10)).taken_kg == Decimal(90)
    assert replace(lot, room_sek=Decimal(-1)).nearness is Nearness.OVER


def test_an_agreement_is_in_force_on_its_days_only() -> None:
    world = make_world()
    agreement = agreements_of(world.authority)[0]
    assert agreement.is_in_force(agreement.valid_to)
    assert not agreement.is_in_force(agreement.valid_from.replace(year=2025))
    assert not replace(agreement, signed=False).is_in_force(world.today)
    assert not replace(agreement, terminated_on=agreement.valid_from).is_in_force(world.today)
