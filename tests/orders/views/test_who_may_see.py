"""Every page of the walk for every role: allowed, refused, or not to be known of."""

import pytest
from django.test import Client

from config.ground.models import User
from tests.factories.world import World
from tests.orders.views import walk
from tests.orders.views.conftest import SignIn

KITCHEN = {"manager": 200, "staff": 200, "officer": 200, "auditor": 200}
FARM = {"farmer": 200}
HUB = {"hub_worker": 200}
PAGES = {
    "/kok/{kitchen}/": KITCHEN,
    "/kok/{kitchen}/bestall/{day}/": KITCHEN,
    "/kok/{kitchen}/bestallning/{order}/": KITCHEN,
    "/kok/{kitchen}/avrop/{call_off}/": KITCHEN,
    "/kok/{kitchen}/mottagning/{day}/": KITCHEN,
    "/gard/{farm}/": FARM,
    "/gard/{farm}/inkopsorder/{po}/": FARM,
    "/gard/{farm}/inkopsorder/{po}/foljesedel/": FARM,
    "/gard/{farm}/erbjudanden/": FARM,
    "/gard/{farm}/erbjudanden/nytt/": FARM,
    "/gard/{farm}/erbjudanden/{offer}/": FARM,
    "/nav/{hub}/": HUB,
    "/nav/{hub}/{day}/": HUB,
    "/nav/{hub}/{day}/plocklista/": HUB,
    "/nav/{hub}/{day}/{po}/": HUB,
}
# Who may write is told what is wrong with an empty form or an old version; who may not is refused before that.
POSTS = {
    "/kok/{kitchen}/bestall/{day}/": {"manager": 409, "staff": 409, "officer": 403, "auditor": 403},
    "/kok/{kitchen}/bestallning/{order}/": {"manager": 409, "staff": 403, "officer": 403, "auditor": 403},
    "/kok/{kitchen}/mottagning/{day}/": {"manager": 422, "staff": 422, "officer": 403, "auditor": 403},
    "/gard/{farm}/inkopsorder/{po}/": {"farmer": 422},
    "/gard/{farm}/erbjudanden/nytt/": {"farmer": 422},
    "/gard/{farm}/erbjudanden/{offer}/": {"farmer": 422},
    "/nav/{hub}/{day}/{po}/": {"hub_worker": 422},
}


def people(world: World, stranger: World) -> dict[str, User]:
    here, there = world.people, stranger.people
    return {
        "manager": here.manager,
        "staff": here.staff,
        "officer": here.officer,
        "auditor": here.auditor,
        "farmer": here.farmers[0],
        "hub_worker": here.hub_worker,
        "other farmer": here.farmers[1],
        "admin": here.admin,
        "outsider": here.outsider,
        "manager elsewhere": there.manager,
        "officer elsewhere": there.officer,
    }


def addresses(world: World) -> dict[str, object]:
    order = walk.place(world)
    purchase_order = walk.answer(world)
    return {
        "kitchen": world.kitchen.pk,
        "day": world.delivery_date,
        "order": order,
        "call_off": world.kitchen.call_offs.values_list("pk", flat=True)[0],
        "farm": world.supplier.pk,
        "po": purchase_order.pk,
        "offer": world.offer.pk,
        "hub": world.hub.pk,
    }


@pytest.mark.long
def test_each_page_is_seen_by_its_own_roles_only(world: World, sign_in: SignIn) -> None:
    found = addresses(world)
    stranger = walk.neighbour(world)
    wrong = []
    for name, user in people(world, stranger).items():
        client = sign_in(user)
        for page, allowed in PAGES.items():
            status = client.get(page.format(**found)).status_code
            if status != allowed.get(name, 404):
                wrong.append((name, page, status))
    assert wrong == []


@pytest.mark.long
def test_who_may_only_read_changes_nothing(world: World, sign_in: SignIn) -> None:
    found = addresses(world)
    stranger = walk.neighbour(world)
    wrong = []
    for name, user in people(world, stranger).items():
        client = sign_in(user)
        for page, allowed in POSTS.items():
            status = client.post(page.format(**found), {"do": "spara"}).status_code
            if status != allowed.get(name, 404):
                wrong.append((name, page, status))
    assert wrong == []


def test_who_is_not_signed_in_is_asked_to(world: World, client: Client) -> None:
    answer = client.get(f"/kok/{world.kitchen.pk}/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/logga-in/")


@pytest.mark.parametrize("role", ["officer", "auditor", "staff"])
def test_only_a_manager_is_shown_the_button_that_orders(world: World, sign_in: SignIn, role: str) -> None:
    page = f"/kok/{world.kitchen.pk}/bestall/{world.delivery_date}/"
    html = sign_in(getattr(world.people, role)).get(page).content.decode()
    assert 'value="bestall"' not in html
    assert ('name="antal-' in html) == (role == "staff")
