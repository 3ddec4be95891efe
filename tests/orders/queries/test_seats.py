"""Who sits at an authority's desk is found with that authority; everybody else finds nothing there."""

import pytest

from config.ground.refusals import NotFound
from market.models import Authority
from orders.queries.seats import seat_for
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


def test_an_officer_may_act_and_an_auditor_only_reads() -> None:
    world = make_world()
    stored = Authority.objects.get(pk=world.authority.pk)
    officer = seat_for(world.people.officer, stored.pk)
    assert (officer.authority, officer.user, officer.may_act) == (stored, world.people.officer, True)
    assert {name: value for name, value in vars(officer.authority).items() if name != "_state"} == {
        name: value for name, value in vars(stored).items() if name != "_state"
    }
    assert not seat_for(world.people.auditor, stored.pk).may_act


def test_who_has_no_seat_or_has_left_the_house_finds_no_authority() -> None:
    world = make_world()
    for number in (0, -1, world.authority.pk + 1, 2**40, 10**30):
        with pytest.raises(NotFound):
            seat_for(world.people.officer, number)
    with pytest.raises(NotFound):
        seat_for(world.people.manager, world.authority.pk)
    world.people.officer.is_active = False
    world.people.officer.save()
    with pytest.raises(NotFound):
        seat_for(world.people.officer, world.authority.pk)
