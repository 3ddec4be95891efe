"""The programs of the house and the steps that make its database and files ready."""

import hashlib
import http.client
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from deploy.local import environment, messages, postgres, valkey
from deploy.local.places import APPS, ROOT, SHARED_MEMORY, VENV_PYTHON, Fault, made, socket_dir
from deploy.local.processes import Program
from deploy.local.supervisor import Supervisor

# Which database this is, and which migrations it holds.
APPLIED = (
    "SELECT (SELECT system_identifier FROM pg_control_system()), "
    "md5(string_agg(app || '.' || name, ',' ORDER BY app, name)) FROM django_migrations"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What ./start was asked for and told by its environment."""

    var: Path
    host: str
    port: int
    database_url: str
    redis_url: str
    demo: bool

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def bind(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def reached_at(self) -> str:
        """The host by which this machine itself reaches the house."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(self.host, self.host)  # noqa: S104

    @property
    def address(self) -> str:
        host = f"[{self.reached_at}]" if ":" in self.reached_at else self.reached_at
        return f"http://{host}:{self.port}/"

    def environment(self) -> dict[str, str]:
        """For every child: ours, less what would lead Python, Django or PostgreSQL's client astray."""
        astray = ("PG", "PYTHONHOME", "PYTHONPATH", "DJANGO_SETTINGS_MODULE")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(astray)}
        told = {
            "BYGDEMAT_DEMO": "1" if self.demo else "0",
            "BYGDEMAT_VAR": str(self.var),
            "PYTHONUNBUFFERED": "1",
        }
        return {"SITE_URL": self.address.rstrip("/")} | kept | told


def open_servers(plan: Plan, *, supervisor: Supervisor) -> postgres.Footing | None:
    """The embedded servers, but for those whose address was given; the footing of our own PostgreSQL."""
    ground = None
    if not plan.database_url:
        ground = postgres.footing(plan.var)
        if fault := postgres.stranded(ground, var=plan.var):
            raise Fault(fault)
        log = plan.logs / "postgres.log"
        postgres.prepare(ground, log=log)
        supervisor.open(postgres.program(ground, log=log))
    if not plan.redis_url:
        sockets = ground.sockets if ground else socket_dir(plan.var)
        supervisor.open(
            valkey.program(data=plan.var / "valkey", sockets=sockets, log=plan.logs / "valkey.log")
        )
    return ground


def make_ready(plan: Plan, *, supervisor: Supervisor, ground: postgres.Footing | None) -> None:
    """Migrate, fill a new database with the demo municipality, collect static files: each only when due."""
    stamps = made(plan.var / "stamps")
    wanted = digest(migration_files(), text=environment.fingerprint("runtime"))
    migrated, filled, collected = stamps / "migrated", stamps / "demo", stamps / "static"
    known = applied(ground)
    if not known or _read(migrated) != f"{wanted} {known}":
        supervisor.say("Bringing the database up to date …")
        _manage(plan, "migrate", "--no-input", supervisor=supervisor, what="Bringing the database up to date")
        known = applied(ground)
        migrated.write_text(f"{wanted} {known}")
    database = known.split("|")[0]
    if plan.demo and has_demo() and not (database and _read(filled) == database):
        supervisor.say("Filling the demo municipality …")
        _manage(plan, "demo", supervisor=supervisor, what="Filling the demo municipality")
        filled.write_text(database)
    messages.compile_all()
    looks = digest(static_files(), text=environment.fingerprint("runtime"))
    if _read(collected) != looks or not (plan.var / "static").exists():
        words = ("collectstatic", "--no-input", "--clear", "--verbosity", "0")
        _manage(plan, *words, supervisor=supervisor, what="Collecting the static files")
        collected.write_text(looks)


def _manage(plan: Plan, *words: str, supervisor: Supervisor, what: str) -> None:
    command = (str(VENV_PYTHON), "manage.py", *words)
    supervisor.run(command, log=plan.logs / "manage.log", environment=plan.environment(), what=what)


def applied(ground: postgres.Footing | None) -> str:
    """Our own database's identity and a digest of its migrations; empty where that can't be told.

    The stamp of a migrated database holds both, so that a database that was exchanged, or migrated back
    by hand, is migrated again.
    """
    if ground is None:
        return ""
    command: list[str | Path] = [
        ground.binaries / "psql",
        "-h",
        ground.sockets,
        "-U",
        "bygdemat",
        "-AtXc",
        APPLIED,
        "bygdemat",
    ]
    try:
        asked = subprocess.run(
            command, capture_output=True, text=True, check=False, env=dict(postgres.environment())
        )
    except OSError:
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""


def has_demo() -> bool:
    return any(_own("**/management/commands/demo.py"))


def migration_files() -> list[Path]:
    return _own("**/migrations/*.py")


def static_files() -> list[Path]:
    return [path for path in _own("**/static/**/*") if path.is_file()] + [ROOT / "config" / "settings.py"]


def _own(pattern: str) -> list[Path]:
    return [path for app in APPS for path in (ROOT / app).glob(pattern)]


def digest(paths: Iterable[Path], *, text: str) -> str:
    """Of files by name and content, and of a text beside them."""
    summed = hashlib.sha256(text.encode())
    for path in sorted(paths):
        summed.update(f"{path.relative_to(ROOT)}\0".encode())
        summed.update(hashlib.sha256(path.read_bytes()).digest())
    return summed.hexdigest()


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


def web(plan: Plan) -> Program:
    """gunicorn, two processes of four threads, the site loaded once before they part."""
    command = [str(VENV_PYTHON), "-m", "gunicorn", "config.wsgi", "--bind", plan.bind, "--preload"]
    command += ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    command += ["--graceful-timeout", "5", "--no-control-socket"]
    if os.access(SHARED_MEMORY, os.W_OK):  # gunicorn's heartbeat files: no disk to wait for
        command += ["--worker-tmp-dir", str(SHARED_MEMORY)]
    return Program(
        name="web",
        command=tuple(command),
        log=plan.logs / "web.log",
        mark=" ".join(command[:4]),
        is_ready=lambda _pid: is_well(plan),
        environment=plan.environment(),
    )


def is_well(plan: Plan) -> bool:
    """Whether GET /halsa/ answers 200: the site is up and its database answers."""
    caller = http.client.HTTPConnection(plan.reached_at, plan.port, timeout=10)
    try:
        caller.request("GET", "/halsa/")
        return caller.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        caller.close()


def worker(plan: Plan) -> Program:
    return _celery(plan, "worker", ("--pool", "threads", "--concurrency", "4", "--without-gossip"))


def beat(plan: Plan) -> Program:
    schedule = made(plan.var / "beat") / "schedule"
    return _celery(plan, "beat", ("--schedule", str(schedule), "--pidfile", ""))


def _celery(plan: Plan, name: str, words: tuple[str, ...]) -> Program:
    command = (str(VENV_PYTHON), "-m", "celery", "--app", "config.celery", name, "--loglevel", "INFO", *words)
    return Program(
        name=name,
        command=command,
        log=plan.logs / f"{name}.log",
        mark=" ".join(command[:6]),
        is_ready=lambda _pid: True,
        environment=plan.environment(),
    )
