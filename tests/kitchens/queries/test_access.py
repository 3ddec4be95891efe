import pytest

from config.ground.models import User
from config.ground.refusals import NotAllowed, NotFound
from config.ground.trail import Actor, acting
from kitchens.queries.access import kitchen_for, kitchen_to_read
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_a_kitchens_people_reach_it_and_others_do_not(world: World) -> None:
    people = world.people
    other = make_world(beside=world)
    for user in (people.manager, people.staff):
        assert kitchen_for(user, world.kitchen.pk) == world.kitchen
    for user in (people.officer, people.outsider, people.admin, people.hub_worker, other.manager):
        with pytest.raises(NotFound):
            kitchen_for(user, world.kitchen.pk)


def test_staff_know_of_the_kitchen_and_may_not_do_the_managers_work(world: World) -> None:
    assert kitchen_for(world.manager, world.kitchen.pk, role="manager")
    with pytest.raises(NotAllowed):
        kitchen_for(world.people.staff, world.kitchen.pk, role="manager")


def test_officer_and_auditor_of_its_authority_read_it(world: World) -> None:
    people = world.people
    other = make_world(beside=world)
    for user in (people.manager, people.staff, people.officer, people.auditor):
        assert kitchen_to_read(user, world.kitchen.pk) == world.kitchen
    for user in (people.outsider, other.officer, other.people.auditor, people.farmers[0]):
        with pytest.raises(NotFound):
            kitchen_to_read(user, world.kitchen.pk)


def test_somebody_who_has_left_reaches_nothing(world: World) -> None:
    with acting(Actor.job("tests")):
        User.objects.filter(pk__in=[world.manager.pk, world.officer.pk]).update(is_active=False)
    with pytest.raises(NotFound):
        kitchen_for(world.manager, world.kitchen.pk)
    with pytest.raises(NotFound):
        kitchen_to_read(world.officer, world.kitchen.pk)
