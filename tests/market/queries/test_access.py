import pytest

from config.ground.refusals import NotAllowed, NotFound
from market.queries.access import authority_for, hub_for
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


def test_an_authority_is_reached_by_its_members_only() -> None:
    world = make_world()
    other = make_world(beside=world)
    for user in (world.officer, world.people.auditor):
        assert authority_for(user, world.authority.pk) == world.authority
    for user in (other.officer, world.people.admin, world.manager):
        with pytest.raises(NotFound):
            authority_for(user, world.authority.pk)


def test_an_auditor_may_not_do_an_officers_work() -> None:
    world = make_world()
    assert authority_for(world.officer, world.authority.pk, role="officer")
    with pytest.raises(NotAllowed):
        authority_for(world.people.auditor, world.authority.pk, role="officer")


def test_a_hub_is_reached_by_its_workers_only() -> None:
    world = make_world()
    assert hub_for(world.people.hub_worker, world.hub.pk) == world.hub
    with pytest.raises(NotFound):
        hub_for(world.people.hub_worker, make_world().hub.pk)
