"""The floor of the catalogue: the very statements of a request, sent by bare psycopg, their rows left as they are."""

from collections.abc import Sequence

import psycopg


def read(connection: psycopg.Connection, statements: Sequence[str]) -> None:
    for statement in statements:
        connection.execute(statement.encode()).fetchall()
