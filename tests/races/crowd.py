"""Many hands at once: run callables in threads, each with its own connection, and gather what they said."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connections


@dataclass(frozen=True, slots=True)
class Outcome:
    replies: list[Any]
    errors: list[BaseException]

    def errors_with(self, words: str) -> list[BaseException]:
        return [error for error in self.errors if words in str(error)]


def crowd(deeds: Sequence[Callable[[], Any]], *, threads: int) -> Outcome:
    """Do all deeds with so many threads; each thread closes its connection at the end."""

    def do(deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        except Exception as error:  # noqa: BLE001  # what went wrong in a thread is what the test is about
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=threads) as pool:
        said = list(pool.map(do, deeds))
    return Outcome(
        replies=[each for each in said if not isinstance(each, BaseException)],
        errors=[each for each in said if isinstance(each, BaseException)],
    )
