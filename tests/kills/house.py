"""A house to kill: its real programs beside servers of its own, each killed hard and started again."""

import contextlib
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from celery import Celery
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, connections
from kombu.exceptions import OperationalError as QueueError
from redis import Redis
from redis.exceptions import RedisError

from config.environment import database
from config.ground.jobs import all_jobs
from deploy.local import house, postgres, processes, servers, trial, valkey
from deploy.local.places import made, passing_folder
from deploy.local.processes import Program
from tests.factories.postman import post_office
from tests.kills.points import Trigger

PATIENCE = 60.0  # seconds for whatever must come true by itself, also on a busy machine
LOOK_EVERY = 0.05
BEAT_EVERY = 0.5
QUEUE_IS_DOWN = (OSError, QueueError, RedisError)


class House:
    """PostgreSQL and Valkey as ./start sets them, its web server and worker; ``armed`` stands in for their code.

    Valkey always comes back empty: the hardest way in which a queue can be lost.
    """

    def __init__(self, folder: Path) -> None:
        ground = postgres.footing(folder)
        postgres.prepare(ground, log=folder / "log" / "postgres.log")
        self.folder, self.queue_socket = folder, ground.sockets / "valkey.sock"
        self.database_url = f"postgresql://bygdemat@/bygdemat?host={quote(str(ground.sockets), safe='')}"
        self.trigger = Trigger(folder / "trigger")
        self.port = trial.free_port()
        queue = valkey.program(
            data=folder / "valkey", sockets=ground.sockets, log=folder / "log" / "valkey.log"
        )
        self.programs = {
            "postgres": postgres.program(ground, log=folder / "log" / "postgres.log"),
            "valkey": replace(queue, before_start=lambda: _emptied(folder / "valkey")),
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.mails: list[bytes] = []
        self._queue = Celery(broker=self.redis_url, set_as_current=False)

    @property
    def redis_url(self) -> str:
        return f"redis+socket://{self.queue_socket}"

    def open_doors(self, *, mail_port: int) -> None:
        """The web server and the worker, armed. Letters leave to the mail server on that port."""
        plan = house.Plan(
            var=self.folder,
            host="127.0.0.1",
            port=self.port,
            database_url=self.database_url,
            redis_url=self.redis_url,
            demo=True,
        )
        told = plan.environment() | {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "BYGDEMAT_KILLS": str(self.trigger.path),
            "OUTBOX_TRANSPORT": "smtp",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail_port),
        }
        self.programs["web"] = _armed(house.web(plan), instead_of="config.wsgi", told=told)
        self.programs["worker"] = _armed(house.worker(plan), instead_of="config.celery", told=told)
        self.start_again()

    def start_again(self) -> None:
        """Whatever does not run is started: the servers first, each until it answers."""
        for name, program in self.programs.items():
            process = self.running.get(name)
            if process is not None and process.poll() is None:
                continue
            self.running[name] = processes.start(program)
            if not processes.wait_ready(program, self.running[name]):
                raise servers.not_ready(program)
            if name == "postgres":
                connections.close_all()

    def pid(self, name: str) -> int:
        return self.running[name].pid

    def kill(self, name: str) -> None:
        self.running[name].kill()
        self.running[name].wait(timeout=PATIENCE)

    def beat(self, job: str) -> None:
        """Send a job's task as beat does. While the queue is down, beat's word is lost too."""
        task = next(each.task for each in all_jobs() if each.name == job)
        with contextlib.suppress(*QUEUE_IS_DOWN), self._queue.connection() as road:
            self._queue.send_task(task, connection=road, retry=False)

    def queued(self) -> int:
        """How many tasks wait that no worker has taken."""
        with Redis(unix_socket_path=str(self.queue_socket)) as queue:
            return int(queue.llen("celery"))

    def until(self, is_true: Callable[[], Any], *, what: str, jobs: Sequence[str] = ()) -> None:
        """Keep the house running and its clock beating until something is true. Fails after a minute."""
        deadline, next_beat = time.monotonic() + PATIENCE, 0.0
        while True:
            self.start_again()
            if time.monotonic() > next_beat:
                next_beat = time.monotonic() + BEAT_EVERY
                for job in jobs:
                    self.beat(job)
            with contextlib.suppress(DatabaseError, InterfaceError):
                if is_true():
                    return
            assert time.monotonic() < deadline, f"not within {PATIENCE:g} s: {what}\n{self.last_words()}"
            time.sleep(LOOK_EVERY)

    @contextlib.contextmanager
    def held(self, sql: str, values: Mapping[str, Any]) -> Iterator[None]:
        """A lock of ours in the house's database, for as long as the block lasts or the database lives."""
        ours = psycopg.connect(self.database_url)
        try:
            ours.execute(sql, dict(values))
            yield
        finally:
            with contextlib.suppress(psycopg.Error):
                ours.rollback()
            ours.close()

    def somebody_waits(self) -> bool:
        """Whether a session of the house waits for a lock."""
        with psycopg.connect(self.database_url) as ours:
            found = ours.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            return bool(found.fetchone() != (0,))

    def last_words(self) -> str:
        return "\n".join(
            f"--- {name}: {servers.not_ready(program)}" for name, program in self.programs.items()
        )

    def close(self) -> None:
        """End all at once: what they keep is thrown away."""
        for process in self.running.values():
            process.send_signal(signal.SIGQUIT if process is self.running["postgres"] else signal.SIGKILL)
        for process in self.running.values():
            process.wait(timeout=PATIENCE)


def _armed(program: Program, *, instead_of: str, told: Mapping[str, str]) -> Program:
    command = tuple("tests.kills.armed" if word == instead_of else word for word in program.command)
    return replace(program, command=command, environment=told)


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    made(folder, private=True)


@contextlib.contextmanager
def opened() -> Iterator[House]:
    """A house with an empty, migrated database, on which Django of this process works too; gone afterwards."""
    folder = passing_folder("bygdemat-kills")
    migrated = trial.begin_migrated(folder)
    ours = House(folder)
    try:
        ours.start_again()
        with post_office() as office, pointed_at(ours.database_url):
            ours.mails = office.mails
            if not migrated:
                call_command("migrate", verbosity=0)
            ours.open_doors(mail_port=office.port)
            yield ours
    finally:
        ours.close()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(postgres.account_home(folder), ignore_errors=True)


@contextlib.contextmanager
def pointed_at(database_url: str) -> Iterator[None]:
    """Django of this process works on another database for as long as the block lasts."""
    usual = connections.settings["default"]
    connections.close_all()
    connections.settings["default"] = connections.configure_settings({"default": database(database_url)})[
        "default"
    ]
    del connections["default"]
    try:
        yield
    finally:
        connections.close_all()
        connections.settings["default"] = usual
        del connections["default"]
