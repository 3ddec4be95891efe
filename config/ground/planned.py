"""Statements that the server plans once a connection: for the few large ones whose planning costs more than their reading.

The driver's own preparing (https://www.psycopg.org/psycopg3/docs/advanced/prepare.html) under Django's cursor, which
otherwise writes the values into the text, so that no two statements are alike. What goes between the web and PostgreSQL
must keep prepared statements: PgBouncer does from 1.21 on.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from psycopg import Cursor

Rows = list[tuple[Any, ...]]


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
        return tuple(column.name for column in cursor.description or ()), cursor.fetchall()
