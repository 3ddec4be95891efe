"""A world whose clock stands still, and its people at the doors."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from config.ground.models import User
from tests.factories.world import Farm, Goods, PackOf, World, make_world

SignIn = Callable[[User], Client]


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Two ranked farms with potatoes and eggs; it is the world's morning."""
    made = make_world(
        farms=[Farm(stock=15), Farm(name="Åsens lantbruk", rank=2, price=8, stock=100)],
        products=[
            Goods(),
            Goods(name="Ägg", unit="piece", kg_per_base=None, packs=(PackOf(30),), food=None),
        ],
    )
    with time_machine.travel(made.now, tick=False):
        yield made


@pytest.fixture
def sign_in() -> SignIn:
    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="config.ground.sign_in.EmailBackend")
        return client

    return enter
