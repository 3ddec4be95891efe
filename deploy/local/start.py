"""./start: opens a working marketplace on this machine and keeps it open until Ctrl-C."""

import argparse
import contextlib
import errno
import fcntl
import json
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

from deploy.local import house, postgres, supervisor
from deploy.local.house import Plan
from deploy.local.places import ROOT, Fault, made, socket_dir, var_dir
from deploy.local.supervisor import StopAsked, Supervisor

NEEDED_BYTES = 1_000_000_000
KEPT_WHEN_FRESH = {"log", "bench", "install.lock", "start.lock"}


def plan_of(words: list[str]) -> tuple[Plan, bool]:
    """What is asked for on the command line and by the environment, and whether to begin afresh."""
    parser = argparse.ArgumentParser(prog="./start", description="Opens Bygdemat on this machine.")
    parser.add_argument("--port", type=_port, default=8000, help="the port to answer on (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to answer on (127.0.0.1)")
    parser.add_argument("--fresh", action="store_true", help="remove all data in var/ first, without asking")
    parser.add_argument(
        "--demo",
        action="store_true",
        help="demo mode also with DATABASE_URL set: invented people, anyone signs in as anyone",
    )
    given = parser.parse_args(words)
    database_url = os.environ.get("DATABASE_URL", "")
    plan = Plan(
        var=var_dir(),
        host=given.host.strip("[]"),
        port=given.port,
        database_url=database_url,
        redis_url=os.environ.get("REDIS_URL", ""),
        demo=given.demo or not database_url,
    )
    return plan, given.fresh


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:  # noqa: PLR2004  # as many as there are
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def before_installing(words: list[str]) -> None:
    """What would stop us anyway is said before a minute is spent on installing."""
    plan, _ = plan_of(words)
    with turn(plan):
        _check_machine(plan)


def main(words: list[str]) -> int:
    plan, fresh = plan_of(words)
    with turn(plan):
        _check_machine(plan)
        supervisor.rotate(made(plan.logs))
        keeper = Supervisor(plan.var)
        keeper.listen()
        try:
            if fresh:
                _begin_afresh(plan, keeper=keeper)
            _open(plan, keeper=keeper)
            keeper.watch()
        except StopAsked:
            print("\nClosing …", flush=True)
        finally:
            keeper.stop()
    print("Bygdemat is closed; what was saved is kept.", flush=True)
    return 0


def _open(plan: Plan, *, keeper: Supervisor) -> None:
    ground = house.open_servers(plan, supervisor=keeper)
    house.make_ready(plan, supervisor=keeper, ground=ground)
    keeper.open(house.web(plan))
    (plan.var / "start.lock").write_text(json.dumps({"address": plan.address, "pid": os.getpid()}))
    keeper.say(f"\nBygdemat is open at {plan.address}")
    if plan.demo:
        print("Demo mode: every person, farm and figure is invented; sign in as any role at the first page.")
        if plan.reached_at != plan.host:
            print("Careful: whoever reaches this machine can sign in as any role.")
    print(f"Ctrl-C closes it. Logs: {plan.logs}", flush=True)
    for program in (house.worker(plan), house.beat(plan)):
        keeper.launch(program)


@contextlib.contextmanager
def turn(plan: Plan) -> Iterator[None]:
    """Only one ./start at a time on one var/. The lock is the kernel's: a killed one leaves none behind."""
    path = made(plan.var) / "start.lock"
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Fault(already_open(path.read_text())) from None
        lock.truncate(0)
        yield


def already_open(note: str) -> str:
    """The sentence for a second ./start, from what the first wrote down."""
    try:
        known = json.loads(note)
    except ValueError:
        return "Another ./start is just opening Bygdemat here: wait for it, or stop it with Ctrl-C first."
    return f"Bygdemat is already open at {known['address']} (process {known['pid']}): Ctrl-C there closes it."


def _check_machine(plan: Plan) -> None:
    for place in (ROOT, plan.var):
        if fault := disk_fault(shutil.disk_usage(place).free, place=place):
            raise Fault(fault)
    crashed = supervisor.end_strays(plan.var)
    # A web server that died a moment ago may still be letting go of the port.
    if not supervisor.until(lambda: port_fault(plan) is None, seconds=5 if crashed else 0):
        raise Fault(port_fault(plan) or f"Port {plan.port} was taken a moment ago: try again.")


def disk_fault(free_bytes: int, *, place: Path) -> str | None:
    if free_bytes >= NEEDED_BYTES:
        return None
    free = free_bytes // 1_000_000
    return f"Only {free} MB are free on the disk of {place}; Bygdemat needs 1 000: make room and try again."


def port_fault(plan: Plan) -> str | None:
    """Why we could not answer on this host and port; None when we can."""
    other = plan.port + 1 if plan.port < 65535 else plan.port - 1  # noqa: PLR2004
    busy = f"Port {plan.port} is taken by another program: choose one with ./start --port {other}."
    family = socket.AF_INET6 if ":" in plan.host else socket.AF_INET
    try:
        with socket.socket(family) as taker:
            taker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taker.bind((plan.host, plan.port))
        with socket.socket(family) as caller:  # macOS lets two bind one port when one of them names no host
            caller.settimeout(1)
            return busy if caller.connect_ex((plan.reached_at, plan.port)) == 0 else None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return busy
        why = error.strerror or str(error)
        return f"Can't answer on {plan.host}, port {plan.port} ({why}): choose others with --host and --port."


def _begin_afresh(plan: Plan, *, keeper: Supervisor) -> None:
    """Remove what the house has kept on this disk, and say what; a database of somebody else's stays."""
    removed = []
    if not plan.database_url:
        postgres.clear_after_crash(postgres.footing(plan.var))
    if (plan.var / "run.path").exists():
        shutil.rmtree(socket_dir(plan.var))
    for path in sorted(plan.var.iterdir()):
        if path.name in KEPT_WHEN_FRESH:
            continue
        removed.append(path.name)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    shutil.rmtree(postgres.account_home(plan.var), ignore_errors=True)
    keeper.say(f"Removed from {plan.var}: {', '.join(removed) or 'nothing, it was empty'}.")
    if plan.database_url:
        keeper.say("The database that DATABASE_URL names was not touched.")
