"""The floor of judging: the very statements that it reads its facts by, sent by bare psycopg, their rows left as they are.

The driver prepares them after a few rounds, as it does by itself.
"""

from collections.abc import Sequence

import psycopg


def read(connection: psycopg.Connection, statements: Sequence[str]) -> None:
    for statement in statements:
        connection.execute(statement.encode()).fetchall()
