"""A small generated world, for the tests of the generator and of the floors."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, connections
from psycopg import sql
from pytest_django import DjangoDbBlocker

from benchmarks.generator import Due, Shape, fill
from tests.factories.shared import STANDING

SMALL = Shape(
    lines=1000,
    regions=1,
    authorities=2,
    kitchens=3,
    farms=10,
    agreements=20,
    papers=True,
    tallies=True,
    due=(Due(runs=2, each=45), Due(runs=1, each=130)),
)


@pytest.fixture(scope="session")
def small() -> Shape:
    return SMALL


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The URL of a database beside the tests' own, migrated as it is, in which a small world was made."""
    settings = connections["default"].settings_dict
    own = settings["NAME"]
    name = f"{own}_world"
    with django_db_blocker.unblock():
        _copy(own, name)
        settings["NAME"] = name
        try:
            fill(_url(name), SMALL)
            yield _url(name)
        finally:
            STANDING.end()
            connection.close()
            settings["NAME"] = own
            with _server() as server:
                server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _copy(own: str, name: str) -> None:
    connection.close()
    with _server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(own))
        )


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    with psycopg.connect(_url("postgres"), autocommit=True) as server:
        yield server


def _url(name: str) -> str:
    parameters = connections["default"].get_connection_params()
    told = {key: parameters[key] for key in ("user", "password", "host", "port") if parameters.get(key)}
    return psycopg.conninfo.make_conninfo(dbname=name, **told)
