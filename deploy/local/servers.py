"""The two servers that the house needs, as one thing to open and close: for ./start, tests and benches."""

import contextlib
import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from deploy.local import postgres, valkey
from deploy.local.places import Fault, made, passing_folder, tail
from deploy.local.processes import Program, start, stop, wait_ready


@dataclass(frozen=True, slots=True)
class Addresses:
    database_url: str
    redis_url: str
    folder: Path  # where the servers keep their data and logs

    def environment(self) -> dict[str, str]:
        """This process's environment with the addresses in it; nothing of another PostgreSQL's is left."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return kept | {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


@contextlib.contextmanager
def running(*programs: Program) -> Iterator[None]:
    """Run programs in the order given for as long as the block lasts; end them in the opposite order."""
    with contextlib.ExitStack() as opened:
        for program in programs:
            process = start(program)
            opened.callback(stop, program, process)
            if not wait_ready(program, process):
                raise not_ready(program)
        yield


def not_ready(program: Program) -> Fault:
    return Fault(f"{program.name} did not start. Its own words, from {program.log}:\n{tail(program.log)}")


@contextlib.contextmanager
def temporary(*, like: Path | None = None) -> Iterator[Addresses]:
    """A throw-away PostgreSQL and Valkey in a folder of their own: quick, and gone afterwards.

    With ``like``, the data folder of a server that is closed, PostgreSQL begins with a copy of its data.
    """
    with _throw_away_folder() as folder:
        if like is not None:
            postgres.copy_data(like, to=postgres.footing(folder))
        with _opened(folder, settings=postgres.THROW_AWAY, keep=False) as addresses:
            yield addresses


@contextlib.contextmanager
def prepared(command: list[str], *, environment: dict[str, str]) -> Iterator[Path]:
    """The data folder of a closed server beside which `command` has run, for `temporary`. Raises Fault if it failed."""
    with _throw_away_folder() as folder:
        with _opened(folder, settings=postgres.THROW_AWAY, keep=False) as addresses:
            if run_with(addresses, command, extra=environment):
                raise Fault(f"This failed, and what stands on it can't begin: {' '.join(command)}")
        yield postgres.footing(folder).data


@contextlib.contextmanager
def _throw_away_folder() -> Iterator[Path]:
    folder = passing_folder("bygdemat")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(postgres.account_home(folder), ignore_errors=True)


@contextlib.contextmanager
def kept(folder: Path) -> Iterator[Addresses]:
    """Servers set as ./start sets them, on a data folder that stays: what benches measure on."""
    with made(folder, private=True).joinpath("use.lock").open("w") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Fault(
                f"The servers of {folder} are in use by another command: wait until it ends."
            ) from None
        with _opened(folder, settings={}, keep=True) as addresses:
            yield addresses


@contextlib.contextmanager
def _opened(folder: Path, *, settings: dict[str, str], keep: bool) -> Iterator[Addresses]:
    log = made(folder / "log")
    ground = postgres.footing(folder)
    postgres.prepare(ground, log=log / "postgres.log", sync=keep)
    programs = (
        postgres.program(ground, log=log / "postgres.log", extra=settings),
        valkey.program(data=folder / "valkey", sockets=ground.sockets, log=log / "valkey.log", keep=keep),
    )
    with running(*programs):
        host = quote(str(ground.sockets), safe="")
        yield Addresses(
            database_url=f"postgresql://bygdemat@/bygdemat?host={host}",
            redis_url=f"redis+socket://{ground.sockets / 'valkey.sock'}",
            folder=folder,
        )


def run_with(addresses: Addresses, command: list[str], *, extra: dict[str, str] | None = None) -> int:
    """Run a command with the servers' addresses in its environment; its exit code."""
    return subprocess.run(command, env=addresses.environment() | (extra or {}), check=False).returncode
