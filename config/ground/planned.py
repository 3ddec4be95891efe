"""Statements that the server plans once a connection: for the few large ones whose planning costs more than their reading.

The driver's own preparing (https://www.psycopg.org/psycopg3/docs/advanced/prepare.html) under Django's cursor, which
otherwise writes the values into the text, so that no two statements are alike. What goes between the web and PostgreSQL
must keep prepared statements: PgBouncer does from 1.21 on.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from psycopg import Cursor

Rows = list[tuple[Any, ...]]
Read = TypeVar("Read", bound=Model)


def planned_rows(statement: str, asked: Mapping[str, Any]) -> tuple[tuple[str, ...], Rows]:
    """The columns' names and the rows of a statement with ``%(name)s`` in it.

    Where statements are written down it goes as any other does: whoever reads the log finds the values in it.
    """
    with connection.cursor() as cursor:
        driver = cursor.connection
        before = driver.prepare_threshold
        if not connection.queries_logged:
            cursor.cursor = Cursor(driver)
            driver.prepare_threshold = 1
        try:
            cursor.execute(statement, asked)
        finally:
            driver.prepare_threshold = before
        told = (
            cursor.pgresult
        )  # the names alone: the driver's descriptions of columns took longer than some statements
        return tuple(told.fname(at).decode() for at in range(told.nfields)), cursor.fetchall()


def numbers(ids: Iterable[int]) -> str:
    """Whole numbers as the server reads an array of them: ``%(ids)s::bigint[]``.

    The driver would go through them for the smallest type that holds them all: the same statement, planned for each type.
    """
    return "{" + ",".join(map(str, ids)) + "}"


def columns_of(model: type[Model], *, row: str) -> str:
    """All columns of a model's table, which stands as ``row`` in a statement, in the order that `read_as` takes them in."""
    return ", ".join(f'{row}."{field.column}"' for field in model._meta.concrete_fields)  # noqa: SLF001  # Django's own documented API


def read_as(model: type[Read], values: Sequence[Any]) -> Read:
    """The model's instance of a row's values, as a queryset makes it."""
    names = [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001
    return model.from_db(connection.alias, names, values)
