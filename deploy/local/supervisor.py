"""What keeps the house open: starts its programs, restarts one that dies, ends all in order."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from deploy.local import servers
from deploy.local.places import ROOT, Fault, tail
from deploy.local.processes import Program, end_stray, start, stop, wait_ready

STOP_ORDER = ("web", "worker", "beat", "valkey", "postgres")
DEATHS_ALLOWED = 2
WITHIN_SECONDS = 60
LOGS_KEPT = 3


class StopAsked(BaseException):
    """Ctrl-C, TERM or a closed terminal: end in order."""


@dataclass(slots=True)
class Child:
    program: Program
    process: subprocess.Popen[bytes]
    deaths: list[float] = field(default_factory=list)
    restart_at: float | None = None


def pause_before_restart(deaths: list[float], *, now: float) -> float | None:
    """Seconds to wait before the next try; None when it has died too often within a minute."""
    recent = [moment for moment in deaths if now - moment < WITHIN_SECONDS]
    return None if len(recent) > DEATHS_ALLOWED else 0.5 * 2.0 ** (len(recent) - 1)


class Supervisor:
    def __init__(self, var: Path) -> None:
        self.children: dict[str, Child] = {}
        self.log = var / "log" / "start.log"
        self._record = var / "children.json"
        self._asked = 0

    def listen(self) -> None:
        """From now on a signal to stop is noted, and acted on between two steps."""
        for wanted in (signal.SIGINT, signal.SIGTERM):
            signal.signal(wanted, self._note)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup ./start outlives its terminal
            signal.signal(signal.SIGHUP, self._note)

    def _note(self, *_: object) -> None:
        self._asked += 1

    def pause(self, seconds: float = 0.03) -> None:
        if self._asked:
            raise StopAsked
        time.sleep(seconds)

    def say(self, sentence: str, *, quietly: bool = False) -> None:
        """A line on the screen (unless quietly) and in the log."""
        with self.log.open("a") as log:
            log.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {sentence}\n")
        if not quietly:
            print(sentence, flush=True)

    def open(self, program: Program) -> None:
        """Start a program and wait until it answers."""
        process = self.launch(program)
        if not wait_ready(program, process, pause=self.pause):
            raise servers.not_ready(program)

    def launch(self, program: Program) -> subprocess.Popen[bytes]:
        process = start(program)
        self.children[program.name] = Child(program, process)
        self._write_record()
        return process

    def run(self, command: tuple[str, ...], *, log: Path, environment: dict[str, str], what: str) -> None:
        """Run a command to its end, breaking it off when we are asked to stop."""
        with log.open("ab") as out:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=ROOT, env=environment
            )
        try:
            while process.poll() is None:
                self.pause()
        except StopAsked:
            process.terminate()
            process.wait()
            raise
        if process.returncode != 0:
            raise Fault(f"{what} failed. Its last words, from {log}:\n{tail(log)}")

    def watch(self) -> None:
        """Until asked to stop: start again what has died, after a pause that doubles."""
        while True:
            for child in self.children.values():
                if child.restart_at is not None:
                    self._restart_when_due(child)
                elif child.process.poll() is not None:
                    self._mourn(child)
            self.pause(0.2)

    def _mourn(self, child: Child) -> None:
        name, code = child.program.name, child.process.returncode
        _end_group(child.process.pid)
        now = time.monotonic()
        child.deaths.append(now)
        pause = pause_before_restart(child.deaths, now=now)
        if pause is None:
            raise Fault(
                f"{name} ended {DEATHS_ALLOWED + 1} times within a minute, so everything was stopped. "
                f"Why stands in {child.program.log}."
            )
        child.restart_at = now + pause
        self.say(f"{name} ended ({ending(code)}); starting it again in {pause:g} s.")

    def _restart_when_due(self, child: Child) -> None:
        if child.restart_at is not None and time.monotonic() >= child.restart_at:
            child.process = start(child.program)
            child.restart_at = None
            self._write_record()

    def stop(self) -> None:
        """End all: first what uses the servers, the database last. A second Ctrl-C makes it hasty."""
        for name in STOP_ORDER:
            if child := self.children.pop(name, None):
                hasty = self._asked > 1 and name != "postgres"
                stop(child.program, child.process, hasty=hasty)
        self._record.unlink(missing_ok=True)

    def _write_record(self) -> None:
        """Who runs, for a later start: systems other than Linux don't end our children when we are killed."""
        known = {
            name: {"pid": c.process.pid, "mark": c.program.mark, "signal": int(c.program.stop_signal)}
            for name, c in self.children.items()
        }
        fresh = self._record.with_suffix(".new")
        fresh.write_text(json.dumps(known))
        fresh.replace(self._record)


def _end_group(group: int) -> None:
    """End what a dead program left of itself: a killed web server's workers would keep its port."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


def end_strays(var: Path) -> bool:
    """End what a killed launcher left running; whether there had been one. PostgreSQL looks after itself."""
    record = var / "children.json"
    if not record.exists():
        return False
    known: dict[str, dict[str, int | str]] = json.loads(record.read_text() or "{}")
    for name in STOP_ORDER[:-1]:
        if name in known:
            one = known[name]
            end_stray(int(one["pid"]), mark=str(one["mark"]), stop_signal=signal.Signals(int(one["signal"])))
    record.unlink()
    return True


def rotate(logs: Path) -> None:
    """Each log of the last run gets a number; the oldest goes. The installer's is of its own last run."""
    for log in set(logs.glob("*.log")) - {logs / "install.log"}:
        for number in range(LOGS_KEPT, 0, -1):
            older = log.with_name(f"{log.name}.{number}")
            newer = log.with_name(f"{log.name}.{number - 1}") if number > 1 else log
            if newer.exists():
                newer.replace(older)


def until(check: Callable[[], bool], *, seconds: float) -> bool:
    """Whether something comes true within a time."""
    deadline = time.monotonic() + seconds
    while not check():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
