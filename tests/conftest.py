"""Fixtures that every test may use."""

import gc
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from config.ground.trail import Actor

gc.disable()  # until all is loaded

# Properties say what holds, not how fast: a busy machine must not fail them by its clock.
settings.register_profile("house", deadline=None)
settings.register_profile("brief", settings.get_profile("house"), max_examples=25)  # of 100: the quick run's
settings.load_profile("house")

LANE_MARKS = ("long", "race", "browser")
SELDOM = (20_000, 20, 20)  # when Python's collector runs: objects made, younger collections, middle ones
REFERENCE = (
    "market_lawfigure",
    "market_lawparagraph",
    "market_vatclass",
    "market_factorset",
    "market_climatefood",
    "market_factorgrade",
    "market_productcategory",
    "market_sustainabilitycriterion",
    "suppliers_productgroup",
)


@pytest.fixture(scope="session", autouse=True)
def _rendered_plainly(django_test_environment: None) -> None:
    """Templates are rendered as in a house: Django's tests copy the context of each part for ``response.context``.

    No test here reads it (who tries finds None).
    """
    from django.template.base import Template  # noqa: PLC0415

    Template._render = lambda self, context: self.nodelist.render(context)  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def _signed_in_at_once(django_test_environment: None) -> None:
    """A client's ``force_login`` writes its session by one statement. The pages of signing in have tests of their own."""
    from django.test import Client  # noqa: PLC0415

    from tests.factories.signed_in import sign_in_at_once  # noqa: PLC0415

    Client.force_login = sign_in_at_once  # type: ignore[method-assign,assignment]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database holds the shipped reference data from the beginning, as a house does; its trail begins after them.

    They are taken out at the end: what a kept database holds would be laid back by each test with real transactions. How
    the tables are emptied and laid back is told to the classes: where a browser is driven, Django has another connection.
    """
    from django.db import connection  # noqa: PLC0415
    from django.db.backends.postgresql.base import DatabaseWrapper  # noqa: PLC0415

    from tests.factories.kept import KEPT, emptied_by_deleting, empty  # noqa: PLC0415  # only when Django is set up
    from tests.factories.parts import make_law  # noqa: PLC0415
    from tests.factories.shared import STANDING  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as told, django_db_blocker.unblock():
        told.setattr(type(connection.ops), "sql_flush", staticmethod(emptied_by_deleting))
        told.setattr(type(connection.creation), "deserialize_db_from_string", staticmethod(KEPT.lay_back))
        told.setattr(DatabaseWrapper, "_test_serialized_contents", "", raising=False)  # KEPT has them
        make_law()
        empty("ground_trailentry")
        KEPT.keep()
        with django_db_blocker.block():
            yield
        STANDING.end()
        empty(*REFERENCE)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Iterator[None]:
    """A test's own transaction lies in the one in which a shared world stands; who has real transactions begins without."""
    test = fixturedef.argname == "_django_db_helper"
    if not test and (
        request.scope == "function" or (fixturedef.argname == "_django_setup_unittest" and not request.cls)
    ):
        return (yield)
    from tests.factories.shared import STANDING  # noqa: PLC0415  # models: only when Django is set up

    STANDING.untouched = False
    if test and not with_real_transactions(request):
        with request.getfixturevalue("django_db_blocker").unblock():
            STANDING.begin()
    elif (
        STANDING.is_open
    ):  # who makes something for many tests may have a transaction or a connection of his own
        with request.getfixturevalue("django_db_blocker").unblock():
            STANDING.end()
    made = yield
    STANDING.untouched = test
    return made


def with_real_transactions(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(asked or (marker and marker.kwargs.get("transaction")))


@pytest.fixture
def _without_reference(db: None) -> None:  # asked for by its name
    """For tests of loading: a house in which nothing is loaded yet."""
    from tests.factories.kept import empty  # noqa: PLC0415

    empty(*REFERENCE)


@pytest.fixture
def by() -> Actor:
    return Actor.job("tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test with real transactions empties the tables after it; what migrations wrote must be laid back.

    And what puts a test into a lane of ./test stands in its own file, where that lane looks for it.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction") and not marker.kwargs.get("serialized_rollback"):
            raise pytest.UsageError(f"{item.nodeid}: transaction=True needs serialized_rollback=True")
        for name in LANE_MARKS:
            if item.get_closest_marker(name) and f"pytest.mark.{name}" not in text_of(item.path):
                raise pytest.UsageError(f"{item.nodeid}: pytest.mark.{name} must stand in its file")
        brief = item.get_closest_marker("brief")
        if brief and not is_long(brief.args[0], text_of(item.path)):
            raise pytest.UsageError(f"{item.nodeid}: its file has no long test {brief.args[0]}")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is loaded stays: the collector need not look through the house and its tests again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(*SELDOM)


def is_long(name: str, text: str) -> bool:
    """Whether a file has a test of that name that is marked as long, so that ./test all runs it."""
    return re.search(rf"@pytest\.mark\.long\n *def {name}\(", text) is not None


@cache
def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")
