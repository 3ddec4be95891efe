"""A copy of the project opened by its own ./start: for the launcher's test and its bench."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from deploy.local import postgres
from deploy.local.places import ROOT, VENV, Fault, made, passing_folder

LEFT_BEHIND = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis")
# Names the data folder of a closed server whose databases are migrated; ./test tells its tests.
MIGRATED = "BYGDEMAT_MIGRATED"
# What the caller was told about its own servers is not for the copy.
NOT_PASSED_ON = {"DATABASE_URL", "REDIS_URL", "BYGDEMAT_VAR", "BYGDEMAT_DEMO", "DJANGO_SETTINGS_MODULE"}


@contextlib.contextmanager
def project_copy(*, with_environment: bool, on_disk: bool = False) -> Iterator[Path]:
    """A folder with the project as it stands here, and nothing of its var/; gone afterwards.

    ``on_disk``: also where there is room in memory, for who measures what a house takes.
    """
    folder = passing_folder("bygdemat-copy", on_disk=on_disk)
    try:
        shutil.copytree(ROOT, folder, ignore=LEFT_BEHIND, dirs_exist_ok=True)
        if with_environment:
            (folder / ".venv").symlink_to(VENV.resolve())
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def begin_migrated(var: Path) -> bool:
    """Whether a house will begin there with a copy of migrated data; without one it migrates its own, most of a first start."""
    data = os.environ.get(MIGRATED)
    if data:
        postgres.copy_data(Path(data), to=postgres.footing(made(var)))
    return bool(data)


@dataclass(frozen=True, slots=True)
class Opened:
    process: subprocess.Popen[bytes]
    port: int
    seconds: float  # from the command to the first 200

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.close(how=signal.SIGTERM)

    def close(self, *, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as taker:
        taker.bind(("127.0.0.1", 0))
        number: int = taker.getsockname()[1]
        return number


def open_house(folder: Path, *, port: int, patience: float = 300) -> Opened:
    """Call ./start there and wait for its first page; what it says goes to start.out in the folder."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
    begun = time.monotonic()
    with (folder / "start.out").open("wb") as out:
        process = subprocess.Popen(
            [folder / "start", "--port", str(port)], cwd=folder, env=kept, stdout=out, stderr=out
        )
    while not answers(port):
        if process.poll() is not None or time.monotonic() - begun > patience:
            process.kill()
            raise Fault(f"./start did not open the house: {(folder / 'start.out').read_text()}")
        time.sleep(0.02)
    return Opened(process, port, time.monotonic() - begun)


def answers(port: int) -> bool:
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        caller.request("GET", "/halsa/")
        return caller.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        caller.close()
