"""What ./start says and does before it opens anything."""

import json
import socket
from pathlib import Path

import pytest

from deploy.local import start, supervisor
from deploy.local.places import Fault, socket_dir


@pytest.fixture(autouse=True)
def _no_servers_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setenv("BYGDEMAT_VAR", str(tmp_path))


def test_without_an_address_the_house_has_its_own_servers_and_demo_mode() -> None:
    plan, fresh = start.plan_of([])
    assert (plan.database_url, plan.redis_url, plan.demo, fresh) == ("", "", True, False)
    assert plan.address == "http://127.0.0.1:8000/"


def test_with_database_url_demo_mode_needs_its_flag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://upphandling.example/bygdemat")
    assert not start.plan_of([])[0].demo
    assert start.plan_of(["--demo"])[0].demo


def test_the_children_are_told_the_mode_and_nothing_of_another_postgres(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGHOST", "elsewhere.example")
    told = start.plan_of(["--port", "8123"])[0].environment()
    assert (told["BYGDEMAT_DEMO"], told["PYTHONUNBUFFERED"]) == ("1", "1")
    assert told["SITE_URL"] == "http://127.0.0.1:8123"
    assert "PGHOST" not in told
    assert "DATABASE_URL" not in told


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http"])
def test_a_port_that_is_none_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        start.plan_of([f"--port={text}"])
    assert "a number from 1 to 65535" in capsys.readouterr().err


def test_a_busy_port_is_named_with_the_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        sentence = start.port_fault(start.plan_of(["--port", str(port)])[0])
    assert sentence is not None
    assert f"Port {port} is taken" in sentence
    assert "--port" in sentence


def test_a_free_port_is_no_fault() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    assert start.port_fault(start.plan_of(["--port", str(port)])[0]) is None


@pytest.mark.parametrize(("free", "refused"), [(0, True), (999_999_999, True), (1_000_000_000, False)])
def test_a_nearly_full_disk_is_refused_in_one_sentence(free: int, *, refused: bool) -> None:
    sentence = start.disk_fault(free, place=Path("/srv/bygdemat"))
    assert (sentence is not None) == refused
    assert sentence is None or (
        "MB are free on the disk of /srv/bygdemat" in sentence and "\n" not in sentence
    )


def test_a_second_start_is_told_the_address_of_the_first() -> None:
    note = json.dumps({"address": "http://127.0.0.1:8000/", "pid": 4711})
    assert "http://127.0.0.1:8000/ (process 4711)" in start.already_open(note)


def test_a_second_start_while_the_first_is_opening_is_told_to_wait() -> None:
    assert "wait" in start.already_open("")


def test_the_second_of_two_starts_on_one_folder_is_refused() -> None:
    plan, _ = start.plan_of([])
    with start.turn(plan), pytest.raises(Fault, match="just opening"), start.turn(plan):
        pass


def test_sockets_lie_in_a_folder_closed_to_others(tmp_path: Path) -> None:
    folder = socket_dir(tmp_path)
    assert folder == tmp_path / "run"
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["ladugard" * 15, "norra, södra", "100%", "min gård"])
def test_a_path_that_no_socket_can_have_gets_a_short_folder_and_keeps_it(name: str, tmp_path: Path) -> None:
    deep = tmp_path / name
    deep.mkdir()
    short = socket_dir(deep)
    try:
        assert len(str(short)) < 60
        assert short.stat().st_mode & 0o777 == 0o700
        assert socket_dir(deep) == short
        short.chmod(0o755)  # not as we left it: somebody else may look in
        other = socket_dir(deep)
        assert other != short
        other.rmdir()
    finally:
        short.rmdir()


@pytest.mark.parametrize(
    ("deaths", "pause"),
    [([100.0], 0.5), ([99.0, 100.0], 1.0), ([98.0, 99.0, 100.0], None), ([10.0, 20.0, 99.0, 100.0], 1.0)],
)
def test_a_program_that_dies_three_times_in_a_minute_is_given_up(
    deaths: list[float], pause: float | None
) -> None:
    assert supervisor.pause_before_restart(deaths, now=100.0) == pause


def test_logs_are_numbered_and_the_oldest_goes(tmp_path: Path) -> None:
    for run in range(6):
        (tmp_path / "web.log").write_text(f"run {run}")
        supervisor.rotate(tmp_path)
    kept = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert kept == {"web.log.1": "run 5", "web.log.2": "run 4", "web.log.3": "run 3"}
