import pytest

from config.ground.models import User
from config.ground.refusals import NotAllowed, NotFound
from config.ground.trail import Actor, acting
from kitchens.queries.access import kitchen_for, member_kitchen_for
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_its_people_and_its_authority_know_a_kitchen_and_others_do_not(world: World) -> None:
    people = world.people
    other = make_world(beside=world)
    for user in (people.manager, people.staff, people.officer, people.auditor):
        assert kitchen_for(user, world.kitchen.pk).kitchen == world.kitchen
    for user in (
        people.outsider,
        people.admin,
        people.hub_worker,
        other.manager,
        other.officer,
        people.farmers[0],
    ):
        with pytest.raises(NotFound):
            kitchen_for(user, world.kitchen.pk)


def test_only_its_people_act_in_a_kitchen(world: World) -> None:
    for user in (world.manager, world.people.staff):
        assert member_kitchen_for(user, world.kitchen.pk) == world.kitchen
    for user in (world.officer, world.people.auditor):
        with pytest.raises(NotAllowed):
            member_kitchen_for(user, world.kitchen.pk)


def test_staff_may_not_do_the_managers_work(world: World) -> None:
    assert member_kitchen_for(world.manager, world.kitchen.pk, role="manager")
    with pytest.raises(NotAllowed):
        member_kitchen_for(world.people.staff, world.kitchen.pk, role="manager")


def test_somebody_who_has_left_reaches_nothing(world: World) -> None:
    with acting(Actor.job("tests")):
        User.objects.filter(pk__in=[world.manager.pk, world.officer.pk]).update(is_active=False)
    for user in (world.manager, world.officer):
        with pytest.raises(NotFound):
            kitchen_for(User.objects.get(pk=user.pk), world.kitchen.pk)
