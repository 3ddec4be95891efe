import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor
from kitchens.actions.kitchens import KitchenDraft, add_member, open_kitchen, open_kitchens
from kitchens.models import Kitchen, KitchenMember
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db

BY = Actor.job("tests")


@pytest.fixture
def world() -> World:
    return make_world(kitchens=0)


def test_a_kitchen_belongs_to_one_authority_and_one_hub(world: World) -> None:
    kitchen = open_kitchen(
        authority=world.authority, draft=KitchenDraft(name="Åkerköket", hub=world.hub, pupils=120), by=BY
    )
    kitchen.refresh_from_db()
    assert (kitchen.authority, kitchen.hub, kitchen.pupils) == (world.authority, world.hub, 120)
    assert kitchen.sort_key == "{kerköket".replace("ö", "}")


def test_a_name_is_used_once_an_authority(world: World) -> None:
    drafts = [KitchenDraft(name="Köket", hub=world.hub)] * 2
    with pytest.raises(InvalidInput):
        open_kitchens(authority=world.authority, drafts=drafts, by=BY)
    assert not Kitchen.objects.exists()


def test_another_fault_of_the_table_is_not_taken_for_a_name_that_is_taken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise IntegrityError("null value in column hub_id")

    monkeypatch.setattr(QuerySet, "bulk_create", fail)
    with pytest.raises(IntegrityError):
        open_kitchen(authority=world.authority, draft=KitchenDraft(name="Köket", hub=world.hub), by=BY)


def test_what_is_wrong_with_a_kitchen_is_named_by_field(world: World) -> None:
    draft = KitchenDraft(name=" ", hub=world.hub, kind="tent", pupils=-1)
    with pytest.raises(InvalidInput) as refusal:
        open_kitchen(authority=world.authority, draft=draft, by=BY)
    assert set(refusal.value.fields) == {"name", "kind", "pupils"}


def test_a_member_has_one_role_and_may_get_another(world: World) -> None:
    kitchen = open_kitchen(authority=world.authority, draft=KitchenDraft(name="Köket", hub=world.hub), by=BY)
    add_member(kitchen=kitchen, user=world.manager, role="staff", by=BY)
    add_member(kitchen=kitchen, user=world.manager, role="manager", by=BY)
    assert KitchenMember.objects.get().role == "manager"
    with pytest.raises(InvalidInput):
        add_member(kitchen=kitchen, user=world.manager, role="king", by=BY)
