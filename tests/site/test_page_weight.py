"""Every role's first page is light: what a browser fetches the first time and every time after."""

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.test import Client

from config.ground.models import User
from config.site.roles import places_of
from tests.factories.world import Farm, Goods, World, make_world
from tests.orders.views.walk import place

MOST_BYTES_COLD = 100_000
MOST_REQUESTS_COLD = 12
MOST_BYTES_WARM = 15_000
FETCHED = re.compile(r'<(?:link|script|img|use)\b[^>]*?\b(?:href|src)="([^"#]+)')


@pytest.fixture
def world(db: None) -> World:
    """A kitchen with a range of sixty goods, an order placed and a farm that waits for its run."""
    world = make_world(
        farms=[Farm(stock=1000)], products=[Goods(name=f"Vara {number}") for number in range(60)]
    )
    with time_machine.travel(world.now, tick=False):
        place(world, 10)
    return world


def zipped(body: bytes) -> int:
    """What of a static file goes over the wire: it lies compressed beside itself."""
    return len(gzip.compress(body, 6))


def static_bytes(address: str) -> int:
    path = finders.find(urlsplit(address).path.removeprefix("/static/"))
    assert isinstance(path, str), address
    return zipped(Path(path).read_bytes())


def people(world: World) -> dict[str, User]:
    found = {
        role: getattr(world.people, role)
        for role in ("manager", "staff", "officer", "auditor", "hub_worker", "admin")
    }
    return found | {"farmer": world.people.farmers[0]}


def pages(world: World, role: str, user: User) -> list[str]:
    """The role's first page; for a kitchen the order page too, which it opens every morning."""
    first = [places_of(user)[0].url]
    return [*first, f"/kok/{world.kitchen.pk}/bestall/{world.delivery_date}/"] if role == "manager" else first


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_roles_first_page_is_light(world: World, language: str) -> None:
    heavy = []
    with time_machine.travel(world.now, tick=False):
        for role, user in people(world).items():
            client = Client()
            client.force_login(user, backend="config.ground.sign_in.EmailBackend")
            client.cookies["django_language"] = language
            for address in pages(world, role, user):
                answer = client.get(address, headers={"accept-encoding": "gzip"})
                assert answer.status_code == 200, (role, address)
                assert answer.headers["Content-Encoding"] == "gzip"
                parts = set(FETCHED.findall(gzip.decompress(answer.content).decode()))
                assert not [part for part in parts if not part.startswith("/static/")], parts
                warm = len(answer.content)
                cold = warm + sum(static_bytes(part) for part in parts)
                if warm > MOST_BYTES_WARM or cold > MOST_BYTES_COLD or len(parts) + 1 > MOST_REQUESTS_COLD:
                    heavy.append((role, address, warm, cold, len(parts) + 1))
    assert heavy == []
