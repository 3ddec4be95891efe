"""The launcher's environment: which Python will do, and when the installed packages are the lock's."""

import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from deploy.local import environment
from deploy.local.places import LOCKS, VENV_PYTHON, Fault


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 2), (4, 0, 0)])
def test_a_python_that_is_new_enough_is_taken(version: tuple[int, ...]) -> None:
    assert environment.python_fault(version) is None


@pytest.mark.parametrize(
    ("version", "said"), [((3, 10, 14), "3.10"), ((3, 9, 2), "3.9"), ((2, 7, 18), "2.7")]
)
def test_an_old_python_is_named_in_one_sentence(version: tuple[int, ...], said: str) -> None:
    sentence = environment.python_fault(version)
    assert sentence is not None
    assert f"this is {said}" in sentence
    assert "3.11" in sentence


def test_a_changed_hash_in_the_lock_asks_for_a_new_install(tmp_path: Path) -> None:
    lock = tmp_path / "runtime.txt"
    lock.write_text("django==5.2.19 --hash=sha256:aa\n")
    before = environment.fingerprint("runtime", locks=tmp_path)
    lock.write_text("django==5.2.19 --hash=sha256:ab\n")
    assert environment.fingerprint("runtime", locks=tmp_path) != before


def test_every_runtime_package_stands_in_the_dev_lock_at_the_same_version() -> None:
    """Otherwise ./start and ./test would install over each other for ever."""
    assert environment.pins("runtime")
    assert environment.pins("runtime") <= environment.pins("dev")


def test_two_installers_have_each_package_once_with_its_hashes() -> None:
    lock = (LOCKS / "dev.txt").read_text()
    shares = environment.shared_out(lock, among=2)
    first, second = (set(re.findall(r"^(\S+)==", share, flags=re.MULTILINE)) for share in shares)
    assert not first & second
    assert first | second == {pin.partition("==")[0] for pin in environment.pins("dev")}
    assert sum(share.count("--hash=") for share in shares) == lock.count("--hash=")


VENV = str(VENV_PYTHON)


@dataclass
class Machine:
    """What is asked of a machine without uv, and what it answers: which Pythons have a pip, and what can't be done."""

    pips: dict[str, tuple[int, ...]]
    fails: str = "nothing"
    asked: list[str] = field(default_factory=list)

    def said(self, command: list[str], **_: Path) -> bool:
        self.asked.append(" ".join(command))
        return self.fails not in self.asked[-1]

    def version(self, pip: list[str]) -> tuple[int, ...]:
        return self.pips.get(pip[0], ())


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    found = Machine({"/usr/bin/python3": (23, 2)})
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(environment, "_said", found.said)
    monkeypatch.setattr(environment, "_version", found.version)
    return found


def test_the_pinned_pip_is_fetched_by_the_one_beside_this_python_and_then_does_the_rest(
    machine: Machine, tmp_path: Path
) -> None:
    installer = environment._installer(tmp_path / "log")
    assert len(machine.asked) == 1
    assert machine.asked[0].startswith(f"/usr/bin/python3 -m pip --python {VENV} install ")
    assert machine.asked[0].endswith("/requirements/pip.txt")
    assert " --require-hashes " in machine.asked[0]
    assert installer[:4] == [VENV, "-m", "pip", "install"]


def test_where_the_pinned_pip_cant_be_had_the_found_one_goes_on(machine: Machine, tmp_path: Path) -> None:
    machine.fails = "pip.txt"
    assert environment._installer(tmp_path / "log")[:3] == ["/usr/bin/python3", "-m", "pip"]


@pytest.mark.parametrize("own", [(), (22, 2)], ids=["no pip", "a pip that installs only where it is"])
def test_ensurepip_stands_in_for_a_pip_that_wont_do(
    machine: Machine, tmp_path: Path, own: tuple[int, ...]
) -> None:
    machine.pips = {"/usr/bin/python3": own}
    assert environment._installer(tmp_path / "log")[0] == VENV
    assert machine.asked[0] == f"{VENV} -m ensurepip"
    assert machine.asked[1].startswith(f"{VENV} -m pip install ")


def test_without_any_installer_one_sentence_says_what_to_install(machine: Machine, tmp_path: Path) -> None:
    machine.pips, machine.fails = {}, "ensurepip"
    with pytest.raises(Fault, match="python3-venv"):
        environment._installer(tmp_path / "log")


def test_uv_is_taken_where_it_is(machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/opt/{name}")
    assert environment._installer(tmp_path / "log")[:5] == ["/opt/uv", "pip", "install", "--python", VENV]
    assert machine.asked == []
