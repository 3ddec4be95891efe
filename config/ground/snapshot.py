"""Reading the house as it was at one moment, however long that takes."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection, connections, transaction


@contextmanager
def one_snapshot() -> Iterator[None]:
    """All statements within see what was committed when the first began, and may write nothing.

    Raises RuntimeError inside a transaction: that one has begun to look already.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a snapshot begins its own transaction")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def aside() -> Iterator[Callable[[Callable[[], object]], None]]:
    """For what must be written while a snapshot is read: ``aside(work)`` runs it on a connection of its own, and waits."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        try:
            yield lambda work: thread.submit(_done, work).result()
        finally:
            thread.submit(connections.close_all).result()


def _done(work: Callable[[], object]) -> None:
    work()
