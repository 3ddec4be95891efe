"""How many rows each table holds, asked again and again within one transaction: only of the tables that were written to."""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.db import connection

NOT_TRAILED = {"sessions", "contenttypes", "auth"}
# What this transaction tried to insert and delete, also what it took back; a truncated table has a new file.
_WRITTEN = """
SELECT relname, relfilenode, pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_deleted(oid)
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


class RowsHeld:
    """The tables of the house as they were when this was made. Savepoints may come and go; the transaction stays."""

    def __init__(self) -> None:
        self._written = _written()
        self.rows = _counted(
            model._meta.db_table
            for model in apps.get_models()
            if model._meta.managed and model._meta.app_label not in NOT_TRAILED
        )

    def changed(self) -> Mapping[str, int]:
        """The tables that hold more rows or fewer than then, with how many."""
        now = _written()
        touched = [name for name in self.rows if now[name] != self._written[name]]
        changed = {name: rows for name, rows in _counted(touched).items() if rows != self.rows[name]}
        if not changed:
            self._written = now
        return changed


def _written() -> Mapping[str, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN)
        return {name: (file, rows) for name, file, rows in cursor.fetchall()}


def _counted(tables: Iterable[str]) -> Mapping[str, int]:
    """In one statement."""
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in sorted(tables))
    if not counts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())
