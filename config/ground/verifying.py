"""Proving the trail: what is in the tables is what the trail saw written, and the trail is what was sealed.

All checks read one snapshot and compare by sets. What they can't see: a row changed together with an entry that was
never sealed, and a chain of seals cut off at its end; keep the chains' heads (`heads`) somewhere else.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from config.ground import verifying_sql as sql

WORDS = {
    "seal_missing": "Seal {seal} of authority {authority} does not follow on its predecessor: a seal is missing.",
    "seal_broken": "Seal {seal} of authority {authority} does not hold: the entries up to {entry} are not the {count} that were sealed.",
    "entry_unsealed": "Entry {entry} ({table}) is older than what is sealed and in no seal: it was added or moved afterwards.",
    "entry_altered": "Entry {entry} ({table} {row}) does not give its own digest: it was altered.",
    "not_watched": "Table {table} is not watched: its trigger {columns} is missing or switched off.",
    "not_registered": "Table {table} has the trail's triggers but is not in the register of trailed tables.",
    "left_out_differs": "Table {table}: the register leaves out other columns than its trigger {columns}.",
    "table_gone": "Table {table} is in the register of trailed tables and does not exist.",
    "row_changed": "{table} {row}: {columns} differ from what entry {entry} says was written last.",
    "row_unknown": "{table} {row}: the row is there, but no entry says that it was written.",
    "row_gone": "{table} {row}: the row is gone, but no entry says that it was deleted.",
    "row_returned": "{table} {row}: the row is there, but entry {entry} says that it was deleted.",
    "bulk_changed": "{table}: the {count} rows that entry {entry} wrote in bulk no longer give its digest.",
    "unproven": "{table}: {count} rows can't be proven, for the payload of their last entry has been disposed of.",
}
NOTES = frozenset({"unproven"})  # said, but no fault


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit. ``kind`` is stable; ``count`` is of rows or entries."""

    kind: str
    table: str = ""
    row: int | None = None
    entry: int | None = None
    columns: tuple[str, ...] = ()
    count: int | None = None
    seal: int | None = None
    authority: int | None = None

    @property
    def is_fault(self) -> bool:
        return self.kind not in NOTES

    def sentence(self) -> str:
        return WORDS[self.kind].format(
            table=self.table,
            row="" if self.row is None else self.row,
            entry=self.entry,
            columns=", ".join(self.columns),
            count=self.count,
            seal=self.seal,
            authority=self.authority,
        )


@dataclass(frozen=True, slots=True)
class Head:
    """The newest seal of an authority (0: what belongs to none)."""

    authority: int
    seal: int
    digest: str


def trailed_tables() -> list[str]:
    return [name for (name,) in _rows("SELECT table_name FROM ground_trailtable ORDER BY table_name")]


def heads() -> list[Head]:
    return [Head(*row) for row in _rows(sql.HEADS)]


def verify_trail(*, tables: Sequence[str] = ()) -> Iterator[Finding]:
    """All findings; of ``tables`` only when some are named (the seals, which span all tables, are left out then)."""
    with _one_snapshot():
        if not tables:
            yield from _seals()
        yield from _guards(tables)
        yield from _entries(tables)
        for table, left_out in _rows(sql.REGISTER):
            if not tables or table in tables:
                yield from _table(table, left_out=left_out)


@contextmanager
def _one_snapshot() -> Iterator[None]:
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL work_mem TO '128MB'")
        cursor.execute("SET LOCAL timezone TO 'UTC'")  # images are written so
        cursor.execute("SET LOCAL intervalstyle TO 'postgres'")
        cursor.execute("SET LOCAL bytea_output TO 'hex'")
        yield


def _seals() -> Iterator[Finding]:
    for authority, seal, entry, count, follows, holds in _rows(sql.BROKEN_SEALS):
        if not follows:
            yield Finding("seal_missing", authority=authority, seal=seal)
        if not holds:
            yield Finding("seal_broken", authority=authority, seal=seal, entry=entry, count=count)
    for entry, table in _rows(sql.UNSEALED_ENTRIES):
        yield Finding("entry_unsealed", table=table, entry=entry)


def _guards(tables: Sequence[str]) -> Iterator[Finding]:
    for table, kind, trigger in _rows(sql.GUARDS):
        if not tables or table in tables:
            yield Finding(kind, table=table, columns=(trigger,) if trigger else ())


def _entries(tables: Sequence[str]) -> Iterator[Finding]:
    for entry, table, row in _rows(sql.ALTERED_ENTRIES, [not tables, list(tables)]):
        yield Finding("entry_altered", table=table, row=row, entry=entry)


def _table(table: str, *, left_out: list[str]) -> Iterator[Finding]:
    quoted = connection.ops.quote_name(table)
    if not _rows("SELECT to_regclass(%s) IS NOT NULL", [quoted])[0][0]:
        yield Finding("table_gone", table=table)
        return
    unproven = 0
    for kind, row, entry, columns in _rows(_about(sql.ROWS, table), {"table": table, "left_out": left_out}):
        if kind == "unproven":
            unproven += 1
        else:
            yield Finding(kind, table=table, row=row, entry=entry, columns=tuple(columns or ()))
    if unproven:
        yield Finding("unproven", table=table, count=unproven)
    for entry, count in _rows(_about(sql.BULK, table), {"table": table, "quoted": quoted}):
        yield Finding("bulk_changed", table=table, entry=entry, count=count)


def _about(query: str, table: str) -> str:
    """The name comes from the register, which anybody who tampers may have written: it is quoted."""
    return query.replace("{the_table}", connection.ops.quote_name(table).replace("%", "%%"))


def _rows(query: str, values: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
