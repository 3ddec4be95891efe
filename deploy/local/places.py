"""Where the launcher finds and keeps things, and the fault that ends it with one sentence."""

import os
import platform
import re
import shutil
import tempfile
from pathlib import Path

LINUX, MACOS = platform.system() == "Linux", platform.system() == "Darwin"
ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
APPS = ("config", "orders", "kitchens", "market", "suppliers")
LOCKS = ROOT / "requirements"
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_MAX = 100  # bytes; macOS stops at 103, Linux at 107

SHORT = Path("/tmp")  # noqa: S108  # the one short path everywhere
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # Linux's folder that no disk is behind; macOS has none
ROOM_IN_MEMORY = 4 << 30  # bytes: five parts of ./test at a time take less than half each

PLAIN = re.compile(r"[A-Za-z0-9_./-]+")  # a comma parts a list of hosts, a space or % means more in a URL


class Fault(Exception):  # noqa: N818  # what stopped us, told as one sentence to a person, not a bug
    """Something a person can put right: its text is the whole message."""


def var_dir() -> Path:
    """The folder of everything a running house keeps on disk; config/environment.py reads the same name."""
    return Path(os.environ.get("BYGDEMAT_VAR", ROOT / "var")).absolute()


def made(folder: Path, *, private: bool = False) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if private:
        folder.chmod(0o700)
    return folder


def passing_folder(name: str, *, on_disk: bool = False) -> Path:
    """A new folder for what lives as long as a test, with a short path: in memory where there is room, else under /tmp.

    A migrated database is some 3 600 files; laid on a disk they take ten times as long. ``on_disk`` is for measuring.
    """
    roomy = os.access(SHARED_MEMORY, os.W_OK) and shutil.disk_usage(SHARED_MEMORY).free >= ROOM_IN_MEMORY
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=SHARED_MEMORY if roomy and not on_disk else SHORT))


def socket_dir(var: Path) -> Path:
    """A folder for sockets, open to its owner only: var/run, or a short one that var/run.path names."""
    direct, pointer = var / "run", var / "run.path"
    if len(os.fsencode(direct / SOCKET_NAME)) <= SOCKET_PATH_MAX and PLAIN.fullmatch(str(direct)):
        pointer.unlink(missing_ok=True)
        return made(direct, private=True)
    if pointer.exists():
        short = Path(pointer.read_text().strip())
        if _is_ours(short):
            return short
    short = Path(tempfile.mkdtemp(prefix="bygdemat-", dir=SHORT))
    point_to(short, pointer=pointer)
    return short


def point_to(folder: Path, *, pointer: Path) -> None:
    fresh = pointer.with_suffix(".new")
    fresh.write_text(f"{folder}\n")
    fresh.replace(pointer)


def _is_ours(folder: Path) -> bool:
    """Whether a folder under /tmp is still the one we made: nobody else's, closed to all others, no link."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    found = folder.stat()
    return found.st_uid == os.geteuid() and found.st_mode & 0o077 == 0


def tail(log: Path, *, lines: int = 15) -> str:
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
