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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test with real transactions empties the tables after it; what migrations wrote must be laid back."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction") and not marker.kwargs.get("serialized_rollback"):
            raise pytest.UsageError(f"{item.nodeid}: transaction=True needs serialized_rollback=True")
