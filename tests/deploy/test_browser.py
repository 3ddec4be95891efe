"""Chromium for the browser tests: taken where it is, installed by root on Debian, else missing and told so."""

import os
import shutil
from pathlib import Path

import pytest

from deploy.local import browser

APT = """#!/bin/sh
echo "$*" >> "{folder}/asked"
case "$*" in *install*) printf '#!/bin/sh\\n' > "{folder}/chromium"; chmod +x "{folder}/chromium";; esac
"""


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine whose whole PATH is one folder, without a browser and with an apt-get."""
    monkeypatch.delenv("BYGDEMAT_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setattr(browser, "ELSEWHERE", ())
    monkeypatch.setattr(browser, "NAMES", ("chromium",))
    monkeypatch.setattr(shutil, "which", lambda name: _which(tmp_path, name))
    (tmp_path / "apt-get").write_text(APT.format(folder=tmp_path))
    (tmp_path / "apt-get").chmod(0o755)
    return tmp_path


def _which(folder: Path, name: str) -> str | None:
    return str(folder / name) if (folder / name).exists() else None


def test_root_on_debian_installs_it(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert browser.chromium_or_install(log=machine / "log") == str(machine / "chromium")
    asked = (machine / "asked").read_text().splitlines()
    assert asked == ["update", "install -y --no-install-recommends chromium"]


def test_an_ordinary_user_installs_nothing(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert browser.chromium_or_install(log=machine / "log") is None
    assert not (machine / "asked").exists()


def test_a_browser_that_is_there_is_taken(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (machine / "chromium").touch()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert browser.chromium_or_install(log=machine / "log") == str(machine / "chromium")
    assert not (machine / "asked").exists()


def test_the_browser_that_was_named_comes_first(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (machine / "chromium").touch()
    named = machine / "my-chromium"
    named.touch()
    monkeypatch.setenv("BYGDEMAT_CHROMIUM", str(named))
    assert browser.chromium() == str(named)
