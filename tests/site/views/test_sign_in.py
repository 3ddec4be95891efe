"""The demo's sign-in: one press as any role, around any of the demo's authorities."""

import pytest
from django.test import Client, override_settings

from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db


def press(client: Client, world: World) -> int:
    return client.post(f"/logga-in/demo/{world.officer.pk}/").status_code


def test_each_authority_of_a_demo_offers_its_own_people() -> None:
    first, second = make_world(), make_world()
    page = Client().get("/logga-in/?next=/jobb/")
    assert f"/logga-in/demo/{first.officer.pk}/" in page.content.decode()
    assert f"/logga-in/demo/{second.officer.pk}/" not in page.content.decode()
    assert f"next=%2Fjobb%2F&amp;kommun={second.authority.pk}" in page.content.decode()
    other = Client().get(f"/logga-in/?kommun={second.authority.pk}")
    assert f"/logga-in/demo/{second.officer.pk}/" in other.content.decode()
    assert press(Client(), second) == 302


def test_a_demo_of_one_authority_asks_for_none() -> None:
    make_world()
    assert 'class="chips"' not in Client().get("/logga-in/?kommun=x").content.decode()


def test_outside_a_demo_nobody_is_let_in_by_a_press() -> None:
    world = make_world()
    with override_settings(DEMO=False):
        assert press(Client(), world) == 404
        assert "/logga-in/demo/" not in Client().get("/logga-in/").content.decode()
