"""A generated world is one that the house itself could have made: every constraint holds, every counter proves."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import psycopg
import pytest
from django.db import connection, connections
from django.db.models import Count, Sum
from psycopg import sql
from pytest_django import DjangoDbBlocker

from benchmarks.generator import CUT_OFF, FIRST_OPEN_DAY, NOW, Due, Shape, fill
from config.ground.trail import Actor
from kitchens.models import Kitchen
from market.models import Agreement
from orders.actions.closing import close_supplier_run
from orders.actions.placing import place_order
from orders.models import CallOff, Tally
from orders.queries.balances import unproven_balances
from orders.queries.checking import AskedLine

pytestmark = [pytest.mark.usefixtures("world"), pytest.mark.django_db]

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


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database beside the tests' own, migrated as it is, in which a small world was made."""
    settings = connections["default"].settings_dict
    own = settings["NAME"]
    name = f"{own}_world"
    with django_db_blocker.unblock():
        _copy(own, name)
        settings["NAME"] = name
        try:
            fill(_url(name), SMALL)
            yield
        finally:
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


def test_a_world_has_what_was_asked_for() -> None:
    assert CallOff.objects.filter(delivery_date__lt=FIRST_OPEN_DAY).count() == SMALL.lines
    due = CallOff.objects.filter(delivery_date__gte=FIRST_OPEN_DAY)
    counts = due.values_list("delivery_date", "supplier_run").annotate(Count("id"))
    assert sorted(count for *_, count in counts) == [45, 45, 130]
    assert Agreement.objects.exclude(kind="direct_award").count() == SMALL.agreements
    assert Kitchen.objects.count() == SMALL.all_kitchens
    assert Tally.objects.aggregate(kg=Sum("kg")) == CallOff.objects.aggregate(kg=Sum("kg"))


def test_every_foreign_key_holds() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
        )
        keys = cursor.fetchall()
        assert len(keys) > 100
        for table, name, definition in keys:  # made anew, a constraint looks at every row
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {definition}")


def test_every_counter_is_the_sum_of_its_rows() -> None:
    assert unproven_balances() == []


def test_a_kitchen_of_the_world_gets_all_forty_lines() -> None:
    lines = [AskedLine(product_id=product, quantity=Decimal(60)) for product in range(1, 41)]
    reply = place_order(
        kitchen=Kitchen.objects.get(pk=4),
        delivery_date=FIRST_OPEN_DAY,
        lines=lines,
        arrived_at=NOW,
        by=Actor.person(1, door="tests"),
    )
    assert [line["missing"] for line in reply["lines"]] == ["0.000"] * 40


def test_a_due_run_of_the_world_closes_with_all_its_call_offs() -> None:
    run = CallOff.objects.filter(delivery_date=FIRST_OPEN_DAY).values_list("supplier_run", flat=True)[0]
    closed = close_supplier_run(run_id=run, now=CUT_OFF + timedelta(minutes=1), by=Actor.job("tests"))
    assert closed.call_offs == 45
    assert unproven_balances() == []
