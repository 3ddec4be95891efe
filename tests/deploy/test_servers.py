"""The servers of ./start, of tests and of benches: which are started, with what, and how strays are known."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.local import house, postgres, processes, servers, start, valkey
from deploy.local.places import LINUX, ROOT, Fault
from deploy.local.processes import Program
from deploy.local.supervisor import Supervisor


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The names of the servers that would have been started, in order."""
    names: list[str] = []
    monkeypatch.setenv("BYGDEMAT_VAR", str(tmp_path))
    monkeypatch.setattr(Supervisor, "open", lambda _self, program: names.append(program.name))
    monkeypatch.setattr(postgres, "prepare", lambda *_args, **_named: True)
    return names


@pytest.mark.parametrize(
    ("given", "started"),
    [
        ({}, ["postgres", "valkey"]),
        ({"DATABASE_URL": "postgresql://db.example/bygdemat"}, ["valkey"]),
        ({"REDIS_URL": "redis://queue.example"}, ["postgres"]),
        ({"DATABASE_URL": "postgresql://db.example/bygdemat", "REDIS_URL": "redis://queue.example"}, []),
    ],
)
def test_a_server_whose_address_is_given_is_not_started(
    given: dict[str, str], started: list[str], opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    plan, _ = start.plan_of([])
    house.open_servers(plan, supervisor=Supervisor(plan.var))
    assert opened == started


def test_postgres_writes_to_disk_before_it_answers_and_takes_no_network(tmp_path: Path) -> None:
    ground = postgres.Footing(data=tmp_path / "data", sockets=tmp_path, binaries=Path("/usr/bin"))
    command = " ".join(postgres.program(ground, log=tmp_path / "log").command)
    assert "listen_addresses= " in command
    assert "unix_socket_permissions=0700" in command
    assert "fsync" not in command
    assert "synchronous_commit" not in command


def test_valkey_keeps_its_queue_and_takes_no_network(tmp_path: Path) -> None:
    words = valkey.program(data=tmp_path, sockets=tmp_path, log=tmp_path / "log").command
    settings = dict(zip(words[1::2], words[2::2], strict=True))
    assert (settings["--appendonly"], settings["--port"], settings["--unixsocketperm"]) == ("yes", "0", "700")


def test_data_of_another_postgres_is_refused_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("16\n")
    monkeypatch.setattr(postgres, "major", lambda _folder: 18)
    ground = postgres.Footing(data=data, sockets=tmp_path, binaries=tmp_path)
    with pytest.raises(Fault, match="written by PostgreSQL 16, and the server here is 18"):
        postgres.prepare(ground, log=tmp_path / "log")
    assert (data / "PG_VERSION").exists()


@pytest.fixture
def as_root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine on which we are root and namespaces are allowed; the folder of its house."""
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(postgres, "ACCOUNT_HOME", tmp_path / "lib")
    monkeypatch.setattr(postgres, "_has_namespaces", lambda _prefix: True)
    monkeypatch.setattr("os.chown", lambda *_: None)
    return tmp_path / "var"


def _write_data(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text("18\n")


def test_data_of_the_account_are_found_also_when_namespaces_are_allowed_later(as_root: Path) -> None:
    assert postgres.footing(as_root).data == as_root / "postgres"
    _write_data(postgres.account_home(as_root) / "postgres-home" / "data")
    ground = postgres.footing(as_root)
    assert ground.data == postgres.account_home(as_root) / "postgres-home" / "data"
    assert postgres.stranded(ground, var=as_root) is None


def test_data_that_can_no_longer_be_reached_are_told_and_not_begun_anew(
    as_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write_data(as_root / "postgres")
    assert postgres.stranded(postgres.footing(as_root), var=as_root) is None
    monkeypatch.setattr(postgres, "_has_namespaces", lambda _prefix: False)
    sentence = postgres.stranded(postgres.footing(as_root), var=as_root)
    assert sentence is not None
    assert f"The data in {as_root}/postgres were written in a user namespace" in sentence


def _sleeper(tmp_path: Path, **changed: object) -> Program:
    program = Program(
        name="sleeper",
        command=(sys.executable, "-c", "import time; time.sleep(60)", "bygdemat-sleeper"),
        log=tmp_path / "sleeper.log",
        mark="bygdemat-sleeper",
        is_ready=lambda _pid: True,
    )
    return replace(program, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "linux", [False, pytest.param(True, marks=pytest.mark.skipif(not LINUX, reason="no /proc"))]
)
def test_a_stray_is_ended_only_if_its_command_line_is_the_one_we_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, linux: bool
) -> None:
    """Linux tells of its processes in /proc, other systems by ps."""
    monkeypatch.setattr(processes, "LINUX", linux)
    process = processes.start(_sleeper(tmp_path))
    processes.end_stray(process.pid, mark="some other program")
    assert process.poll() is None
    processes.end_stray(process.pid, mark="bygdemat-sleeper")
    assert process.wait(timeout=5) == -signal.SIGTERM


def test_a_zombie_counts_as_gone(tmp_path: Path) -> None:
    process = processes.start(_sleeper(tmp_path))
    assert "bygdemat-sleeper" in processes.command_line(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while processes.command_line(process.pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert processes.command_line(process.pid) == ""
    process.wait()


def test_a_program_that_ends_at_once_is_reported_with_its_words(tmp_path: Path) -> None:
    broken = _sleeper(
        tmp_path,
        command=(sys.executable, "-c", "raise SystemExit('no room for the cabbage')"),
        is_ready=lambda _pid: False,
    )
    with pytest.raises(Fault, match="no room for the cabbage"), servers.running(broken):
        pass


def test_what_runs_beside_temporary_servers_gives_its_exit_code_and_leaves_nothing() -> None:
    with servers.temporary() as addresses:
        asked = "import os, sys; sys.exit(7 if 'host=' in os.environ['DATABASE_URL'] else 1)"
        assert servers.run_with(addresses, [sys.executable, "-c", asked]) == 7
        assert processes.living_with(str(addresses.folder))
    assert not addresses.folder.exists()
    assert processes.living_with(str(addresses.folder)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_the_servers_die_with_a_runner_that_is_killed_hard(tmp_path: Path) -> None:
    told = tmp_path / "told"
    asked = f"import os, time; open({str(told)!r}, 'w').write(os.environ['REDIS_URL']); time.sleep(60)"
    command = [sys.executable, "-m", "deploy.local.run", "--temporary", "--", sys.executable, "-c", asked]
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as runner:
        deadline = time.monotonic() + 20
        while not (told.exists() and told.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        folder = told.read_text().removeprefix("redis+socket://").removesuffix("/run/valkey.sock")
        assert processes.living_with(f"{folder}/postgres")
        os.killpg(runner.pid, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while processes.living_with(folder) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes.living_with(folder) == []
    subprocess.run(["rm", "-rf", folder], check=True)
