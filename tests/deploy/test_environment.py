"""The launcher's environment: which Python will do, and when the installed packages are the lock's."""

from pathlib import Path

import pytest

from deploy.local import environment


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
