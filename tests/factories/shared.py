"""A made world that stands while the tests that ask for the same one run: it is built once, and each begins with it.

A test's rows are rolled back after it, and most tests begin by making the world that the one before them made. So the
transaction of a test lies inside another one that stays open. The first thing that a test does with the database
decides: when it asks for the world that stands, it is handed that world's rows and copies of its objects; when it asks
for another, that is built; and when it does anything else, the world that stands is taken away first, so nobody finds
rows that he did not ask for. Tests with real transactions and ``TestCase`` have no part in this.

A world that was taken away is kept in memory, as its tables' rows: who asks for it later has them laid back, which takes a
tenth of what its building took. Numbers are never given twice, so what he adds comes after them.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import time_machine
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language
from psycopg.pq import TransactionStatus

from market.queries import day_range
from tests.factories.kept import lay, touched

# What ends a test, and is no sign that it did something.
CLOSING = ("SET CONSTRAINTS", "ROLLBACK TO SAVEPOINT", "RELEASE SAVEPOINT")

# As whom a transaction writes: config.ground.trail says it, and the trail's triggers read it.
_WRITER = (
    "SELECT current_setting('bygdemat.actor', true), current_setting('bygdemat.door', true),"
    " current_setting('bygdemat.reason', true)"
)
_WRITE_AS = (
    "SELECT set_config('bygdemat.actor', %s, true), set_config('bygdemat.door', %s, true),"
    " set_config('bygdemat.reason', %s, true)"
)


@dataclass(frozen=True, slots=True)
class _Built:
    """A world: its objects, its tables' rows, and as whom its transaction goes on."""

    packed: bytes
    tables: dict[str, bytes]
    writer: tuple[str, ...]


class _Standing:
    """The transaction around the tests, and the world that stands in it."""

    def __init__(self) -> None:
        self.around: transaction.Atomic | None = None
        self.untouched = False  # the test that runs has asked the database nothing yet
        self.asked: bytes | None = None  # what was asked for, when the world that stands was built
        self.packed = b""  # its objects
        self.built: dict[bytes, _Built] = {}

    @property
    def is_open(self) -> bool:
        return self.around is not None

    def begin(self) -> None:
        """Open the transaction, unless it is open or the test lies in somebody else's."""
        if not self.is_open and not connection.in_atomic_block:
            self.around = transaction.atomic()
            self.around.__enter__()
            connection.execute_wrappers.append(self._at_a_statement)

    def end(self) -> None:
        """Nothing stands, and no transaction is open.

        It must end where it was begun: while a browser is driven Django has another connection than before and after.
        """
        if self.around is not None:
            connection.execute_wrappers.remove(self._at_a_statement)
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)
        self.around, self.untouched, self.asked, self.packed = None, False, None, b""

    def world(self, asked: bytes, build: Callable[[], Any]) -> Any:
        if self.asked != asked and asked in self.built:
            self._lay_back(asked)
        elif self.asked != asked:
            self._build(asked, build)
        self.untouched = False
        day_range._kept.clear()  # the one thing that the process remembers of rows
        return pickle.loads(self.packed)  # noqa: S301  # our own bytes

    def may_hand_out(self) -> bool:
        """Whether the test stands at its very beginning: only its own savepoint is open, and nothing was asked."""
        return self.is_open and self.untouched and len(connection.savepoint_ids) == 1

    def _build(self, asked: bytes, build: Callable[[], Any]) -> None:
        """Build it beneath the test's savepoint. What fails half-way leaves what it wrote, to this test only."""
        self.untouched = False
        self._clear()
        try:
            made = build()
            connection.check_constraints()
            connection.run_on_commit.clear()
            self.packed = pickle.dumps(made)
            self.built[asked] = _Built(self.packed, touched(), _ask(_WRITER))
            self.asked = asked
        finally:
            if connection.connection.info.transaction_status == TransactionStatus.INERROR:
                connection.connection.rollback()
            self._set_savepoint()

    def _lay_back(self, asked: bytes) -> None:
        self.untouched = False
        self._clear()
        world = self.built[asked]
        lay(world.tables)
        _ask(_WRITE_AS, *world.writer)
        self.packed, self.asked = world.packed, asked
        self._set_savepoint()

    def _clear(self) -> None:
        """Take away the world that stands: the transaction is begun anew, so its time is this test's too."""
        connection.connection.rollback()
        self.asked = None

    def _set_savepoint(self) -> None:
        [test] = connection.savepoint_ids
        connection.connection.execute(connection.ops.savepoint_create_sql(test))

    def _at_a_statement(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if self.untouched and not str(sql).startswith(CLOSING):
            self.untouched = False
            self._clear()
            self._set_savepoint()
        return execute(sql, params, many, context)


def _ask(statement: str, *values: str) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return tuple(cursor.fetchone())


STANDING = _Standing()


REAL_NOW = timezone.now
P = ParamSpec("P")
R = TypeVar("R")


def shared(build: Callable[P, R]) -> Callable[P, R]:
    """A maker of worlds (module level, arguments and result can be pickled) whose last world the next test may have."""

    @wraps(build)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        if not STANDING.may_hand_out():
            return build(*args, **kwargs)
        moved = time_machine.escape_hatch.is_travelling() or timezone.now is not REAL_NOW
        asked = (build.__module__, build.__name__, args, kwargs, get_language(), moved and timezone.now())
        world: R = STANDING.world(pickle.dumps(asked), lambda: build(*args, **kwargs))
        return world

    return made
