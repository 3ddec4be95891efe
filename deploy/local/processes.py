"""Child processes: started so that they die with us, stopped in order, known again after a crash."""

import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.places import LINUX, ROOT

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if LINUX else None


@dataclass(frozen=True, slots=True)
class Program:
    """A program to run for as long as the house is open."""

    name: str
    command: tuple[str, ...]
    log: Path
    mark: str  # a part of its command line by which a later start knows it again
    is_ready: Callable[[int], bool]  # asked with its process id
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10
    ready_seconds: float = 60
    environment: Mapping[str, str] | None = None
    user_id: int | None = None
    before_start: Callable[[], None] = lambda: None  # what must be put right each time before it starts


def start(program: Program) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches only us and we end all in order."""
    program.log.parent.mkdir(parents=True, exist_ok=True)
    program.before_start()
    with program.log.open("ab") as log:
        return subprocess.Popen(
            program.command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=program.environment,
            cwd=ROOT if program.user_id is None else "/",
            user=program.user_id,
            group=None if program.user_id is None else pwd.getpwuid(program.user_id).pw_gid,
            extra_groups=None if program.user_id is None else [],
            start_new_session=True,
            preexec_fn=_die_with_parent(program.stop_signal),  # noqa: PLW1509  # we have one thread
        )


def _die_with_parent(stop_signal: signal.Signals) -> Callable[[], None] | None:
    """Linux sends the child this signal when we die, even by kill -9; elsewhere the next start does."""
    if _LIBC is None:
        return None
    libc, parent = _LIBC, os.getpid()

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(stop_signal))
        if os.getppid() != parent:  # died before we could ask
            os._exit(1)

    return ask


def wait_ready(
    program: Program,
    process: subprocess.Popen[bytes],
    *,
    pause: Callable[[], None] = lambda: time.sleep(0.03),
) -> bool:
    """Wait until the program answers; False when it ended or its time was up."""
    deadline = time.monotonic() + program.ready_seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False
        if program.is_ready(process.pid):
            return True
        pause()
    return False


def stop(program: Program, process: subprocess.Popen[bytes], *, hasty: bool = False) -> None:
    """Ask a program to end, wait for it, and kill it when it does not."""
    if process.poll() is None:
        process.send_signal(program.stop_signal)
    try:
        process.wait(timeout=1 if hasty else program.stop_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def command_line(pid: int) -> str:
    """The command line of a living process; empty when there is none (a zombie is none)."""
    return dict(_living(pid)).get(pid, "")


def living_with(mark: str) -> list[int]:
    """Processes whose command line holds these words, ourselves not counted."""
    return [pid for pid, command in _living() if mark in command and pid != os.getpid()]


def _living(only: int | None = None) -> Iterator[tuple[int, str]]:
    """Every living process (or the one asked for) with its command line; slim images of Linux have no ps."""
    if LINUX:
        names = [str(only)] if only else [entry.name for entry in Path("/proc").glob("[0-9]*")]
        for name in names:
            try:
                state = Path(f"/proc/{name}/stat").read_text(errors="replace").rpartition(")")[2].split()[0]
                command = Path(f"/proc/{name}/cmdline").read_bytes().replace(b"\0", b" ")
            except OSError:  # ended between the two looks
                continue
            if state not in "ZX":
                yield int(name), command.decode(errors="replace").strip()
        return
    which = ["-p", str(only)] if only else ["-ax"]
    asked = ["ps", "-ww", *which, "-o", "pid=,stat=,command="]
    listed = subprocess.run(asked, capture_output=True, text=True, check=False)
    for line in listed.stdout.splitlines():
        number, state, *rest = line.split(None, 2)
        if not state.startswith("Z"):
            yield int(number), " ".join(rest)


def end_stray(
    pid: int, *, mark: str, stop_signal: signal.Signals = signal.SIGTERM, seconds: float = 10
) -> None:
    """End a process that a killed launcher left behind, if it still is the one that the mark names."""
    for step, patience in ((stop_signal, seconds), (signal.SIGKILL, 5.0)):
        if mark not in command_line(pid):
            return
        try:
            os.kill(pid, step)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + patience
        while mark in command_line(pid) and time.monotonic() < deadline:
            time.sleep(0.1)
