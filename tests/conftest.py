"""Fixtures that every test may use."""

import pytest
from hypothesis import settings

from config.ground.trail import Actor

# Properties say what holds, not how fast: a busy machine must not fail them by its clock.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture
def by() -> Actor:
    return Actor.job("tests")
