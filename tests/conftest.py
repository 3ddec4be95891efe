"""Fixtures that every test may use."""

import pytest

from config.ground.trail import Actor


@pytest.fixture
def by() -> Actor:
    return Actor.job("tests")
