"""What the test database holds before each test, and how it comes back to that: by DELETE and COPY, past the triggers.

TRUNCATE takes twenty times as long as DELETE on few rows, and Django's own way to lay rows back reads JSON, row by row.
"""

from functools import cache

from django.db import connection, transaction

_UNTRIGGERED = "SET LOCAL session_replication_role = replica"
_TRIGGERED = "SET LOCAL session_replication_role = origin"
_TOUCHED = "SELECT relname FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
_REFERRING = """
WITH RECURSIVE reached AS (
    SELECT name::regclass::oid AS table FROM unnest(%s::text[]) AS name
    UNION
    SELECT conrelid FROM pg_constraint JOIN reached ON confrelid = reached.table WHERE contype = 'f'
)
SELECT reached.table::regclass::text FROM reached ORDER BY 1
"""


class Kept:
    """The rows of all tables at one moment, to lay back after a test with real transactions."""

    def __init__(self) -> None:
        self._rows: dict[str, bytes] = {}

    def keep(self) -> None:
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        self._rows = {name: rows for name in names if (rows := _copied(name))}

    def lay_back(self, _serialized: object = None) -> None:
        """In Django's place of ``deserialize_db_from_string``. Other tables are left as they are: they have been flushed."""
        with transaction.atomic():
            lay(self._rows)


KEPT = Kept()


def touched() -> dict[str, bytes]:
    """The rows of each table that this transaction has written to, and perhaps of some that the one before it has."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED)
        return {name: _copied(name) for (name,) in cursor.fetchall()}


def lay(tables: dict[str, bytes]) -> None:
    """These rows and no others, in these tables."""
    deletes = (f'DELETE FROM "{name}"' for name in tables)
    with connection.cursor() as cursor:
        cursor.execute("; ".join([_UNTRIGGERED, *deletes]))
        for name, rows in tables.items():
            with cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
                copy.write(rows)
        cursor.execute(_TRIGGERED)


def emptied_by_deleting(
    _style: object, tables: list[str], *, reset_sequences: bool = False, allow_cascade: bool = False
) -> list[str]:
    """How Django empties the tables after a test with real transactions. TRUNCATE has no triggers here either."""
    if reset_sequences or allow_cascade:
        raise NotImplementedError
    deletes = "; ".join(f'DELETE FROM "{table}"' for table in tables)
    return [f"{_UNTRIGGERED}; {deletes}"] if tables else []


def empty(*tables: str) -> None:
    """As TRUNCATE … CASCADE leaves it: the tables, and all that refer to them, without a word in the trail."""
    deletes = [f"DELETE FROM {name}" for name in _referring(tables)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("; ".join([_UNTRIGGERED, *deletes, _TRIGGERED]))


@cache
def _referring(tables: tuple[str, ...]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_REFERRING, [list(tables)])
        return [name for (name,) in cursor.fetchall()]


def _copied(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(copy)
