"""The project's own Python environment in .venv/, made from the hashed lock and stamped with it."""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

from deploy.local.places import LOCKS, VENV, VENV_PYTHON, Fault, made, tail, var_dir

OLDEST_PYTHON = (3, 11)
PIP_THAT_INSTALLS_ELSEWHERE = (22, 3)


def python_fault(version: tuple[int, ...]) -> str | None:
    if version[:2] >= OLDEST_PYTHON:
        return None
    found = ".".join(map(str, version[:2]))
    return f"Bygdemat needs Python 3.11 or newer, and this is {found}: install a newer python3 and try again."


def inside() -> bool:
    """Whether this process already runs on the project's own environment."""
    return VENV.exists() and Path(sys.prefix).resolve() == VENV.resolve()


def ensure(lock_name: str) -> None:
    """Make .venv/ hold what requirements/LOCK.txt pins; nothing to do when its stamp matches."""
    if is_current(lock_name):
        return
    with made(var_dir()).joinpath("install.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # ./start and ./test may be called at the same time
        if is_current(lock_name):
            return
        _install(lock_name)
    for name in ("runtime", "dev"):
        if name == lock_name or pins(name) <= pins(lock_name):
            _stamp(name).write_text(fingerprint(name))


def is_current(lock_name: str) -> bool:
    stamp = _stamp(lock_name)
    return stamp.exists() and stamp.read_text() == fingerprint(lock_name) and _runs()


def fingerprint(lock_name: str, *, locks: Path = LOCKS) -> str:
    """Changes with every byte of the lock, and so when a version or a hash in it does."""
    return hashlib.sha256((locks / f"{lock_name}.txt").read_bytes()).hexdigest()


def pins(lock_name: str, *, locks: Path = LOCKS) -> frozenset[str]:
    text = (locks / f"{lock_name}.txt").read_text()
    return frozenset(re.findall(r"^[A-Za-z0-9_.\[\],-]+==\S+", text, flags=re.MULTILINE))


def _stamp(lock_name: str) -> Path:
    return VENV / f"bygdemat-{lock_name}.stamp"


def _runs() -> bool:
    """False when the Python that the environment was made with is gone from the machine or too old."""
    if not VENV_PYTHON.exists():
        return False
    if inside():
        return True
    asked = f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    return subprocess.run([VENV_PYTHON, "-c", asked], capture_output=True, check=False).returncode == 0


def _install(lock_name: str) -> None:
    log = made(var_dir() / "log") / "install.log"
    log.write_bytes(b"")
    print(f"Installing what Bygdemat stands on (once, a minute or so; details in {log}) …", flush=True)
    if not _runs():
        if VENV.is_symlink():
            VENV.unlink()
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=False)
    if not _fetched((LOCKS / f"{lock_name}.txt").read_text(), log=log):
        raise Fault(
            "The packages could not be fetched and installed. Check the network and run the same command "
            "again: it goes on where it stopped. "
            f"The installer's last words, from {log}:\n{tail(log, lines=2)}"
        )


def _fetched(lock: str, *, log: Path) -> bool:
    """A pip keeps one processor busy, so two share the lock out; uv is quick by itself."""
    installer = _installer(log)
    shares = shared_out(lock, among=1 if shutil.which("uv") else 2)
    with tempfile.TemporaryDirectory(prefix="bygdemat-") as folder, ThreadPoolExecutor() as beside:
        files = [Path(folder, f"{number}.txt") for number in range(len(shares))]
        for file, share in zip(files, shares, strict=True):
            file.write_text(share)
        done = [beside.submit(_said, [*installer, "-r", str(file)], log=log) for file in files]
        return all(each.result() for each in done)


def shared_out(lock: str, *, among: int) -> list[str]:
    """The packages of a lock with their hashes, dealt out like cards."""
    packages = re.findall(r"^[^\s#]\S*==.*(?:\n[ \t].*)*", lock, flags=re.MULTILINE)
    return ["\n".join([*packages[first::among], ""]) for first in range(among)]


def _installer(log: Path) -> list[str]:
    """uv where there is one, else the pip that requirements/pip.txt pins, else the one that should have fetched it.

    Nothing is compiled beforehand: of the installed files a house reads a fifth, and Python compiles those when it does.
    """
    checked = ["--require-hashes", "--no-deps"]  # the lock is complete: nothing is looked up beside it
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", str(VENV_PYTHON), *checked]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-compile", *checked]
    found = _found_pip(log)
    # An old pip spends half a minute on telling which of 70 000 files suit this machine.
    is_new = _said([*found, "install", *quiet, "-r", str(LOCKS / "pip.txt")], log=log)
    return [*(_pip(VENV_PYTHON) if is_new else found), "install", *quiet]


def _found_pip(log: Path) -> list[str]:
    """The environment's own pip, else the one beside this Python, else ensurepip's, which Debian's Python lacks."""
    if _version(_pip(VENV_PYTHON)):
        return _pip(VENV_PYTHON)
    if _version(_pip(sys.executable)) >= PIP_THAT_INSTALLS_ELSEWHERE:
        return [*_pip(sys.executable), "--python", str(VENV_PYTHON)]
    if importlib.util.find_spec("ensurepip") and _said([str(VENV_PYTHON), "-m", "ensurepip"], log=log):
        return _pip(VENV_PYTHON)
    raise Fault(
        "This Python has no installer (neither ensurepip nor pip 22.3 or newer): install one "
        "(Debian: apt-get install python3-venv or python3-pip) or put `uv` on the PATH, and try again."
    )


def _pip(python: str | Path) -> list[str]:
    return [str(python), "-m", "pip"]


def _version(pip: list[str]) -> tuple[int, ...]:
    """Of a pip: year and number. Empty when there is none."""
    said = subprocess.run([*pip, "--version"], capture_output=True, text=True, check=False)
    number = re.match(r"pip (\d+)\.(\d+)", said.stdout)
    return (int(number[1]), int(number[2])) if number else ()


def _said(command: list[str], *, log: Path) -> bool:
    """Run an installer with its words in the log; whether it succeeded."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    with log.open("ab") as out:
        return subprocess.run(command, stdout=out, stderr=out, env=kept, check=False).returncode == 0


def reenter(words: list[str]) -> NoReturn:
    """Go on as the same command on the project's own Python, with its packages at hand."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    sys.stdout.flush()
    os.execve(VENV_PYTHON, [str(VENV_PYTHON), str(Path(__file__).parent), *words], kept)  # noqa: S606  # no shell is wanted
