"""The register of jobs, and the record of what they did.

An app's jobs stand in its ``jobs.py`` as ``JOBS``, a tuple of `Job`. Such a module holds plain data (no model, no task
imported), because the queue reads it before Django is set up.
"""

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models.functions import Now
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError as QueueError

from config.ground.refusals import NotFound, Refusal
from config.ground.trail import Actor

logger = logging.getLogger(__name__)

ERROR_LINES = 12


@dataclass(frozen=True, slots=True)
class Job:
    """A job of the house. ``task`` is the dotted path of the Celery task that does it, called without arguments.

    A job that is done for one subject at a time (a supplier run) names the task that finds its subjects in the tables.
    ``every_seconds`` is None for a job that only somebody's act starts. It is late when no run of it has succeeded
    for ``late_after_seconds``.
    """

    name: str
    task: str
    every_seconds: int | None
    late_after_seconds: int
    title_sv: str
    title_en: str

    def title(self, language: str) -> str:
        return self.title_en if language.startswith("en") else self.title_sv


JOBS = (
    Job(
        name="deliver_outbox",
        task="config.ground.tasks.deliver_outbox",
        every_seconds=20,
        late_after_seconds=300,
        title_sv="Skickar brev och dokument",
        title_en="Sends letters and documents",
    ),
    Job(
        name="seal_trail",
        task="config.ground.tasks.seal_trail",
        every_seconds=600,
        late_after_seconds=3600,
        title_sv="Förseglar ändringsloggen",
        title_en="Seals the trail of changes",
    ),
    Job(
        name="tidy_runs",
        task="config.ground.tasks.tidy_runs",
        every_seconds=3600,
        late_after_seconds=24 * 3600,
        title_sv="Rensar gamla körningar",
        title_en="Clears old job runs",
    ),
)


class QueueUnavailable(Refusal):
    code = "queue_unavailable"
    status = 503
    what = {
        "sv": "Jobbet {title_sv} kunde inte ställas i kö: kön svarar inte.",
        "en": "The job {title_en} could not be queued: the queue does not answer.",
    }
    then = {
        "sv": "Försök igen om en stund. Det som ska göras finns kvar och görs när kön svarar.",
        "en": "Try again in a while. What is to be done is kept and gets done when the queue answers.",
    }


@lru_cache(maxsize=1)
def all_jobs() -> tuple[Job, ...]:
    """Every app's jobs, by name. Raises ValueError for two of one name."""
    found: dict[str, Job] = {}
    for app in settings.INSTALLED_APPS:
        path = f"{app}.jobs"
        for job in import_module(path).JOBS if find_spec(path) else ():
            if job.name in found:
                raise ValueError(f"two jobs are called {job.name}")
            found[job.name] = job
    return tuple(found.values())


def retry_job(*, name: str, by: Actor) -> None:
    """Queue one run of the job now. What it has to do it finds in the tables, so no subject goes along.

    Raises NotFound and QueueUnavailable (503).
    """
    job = next((job for job in all_jobs() if job.name == name), None)
    if job is None:
        raise NotFound
    try:
        import_string(job.task).apply_async(retry=False)
    except QueueError as error:
        raise QueueUnavailable(title_sv=job.title_sv, title_en=job.title_en) from error
    logger.info("job %s queued by %s at %s", name, by.name, by.door)


@dataclass(slots=True)
class Run:
    """The running run; a job puts what it did into ``result`` (plain JSON)."""

    id: int
    result: dict[str, Any] | None = None


@contextmanager
def record_run(name: str, subject: str = "") -> Iterator[Run]:
    """Writes when this run began, how it ended and, if it failed, its error's last lines.

    The record must outlive a rollback, so inside a transaction this raises RuntimeError. The job's error always goes
    on to the caller, also when its record could not be written.
    """
    run = Run(id=_on_a_live_connection(lambda: _begin(name, subject=subject)))
    try:
        yield run
    except BaseException as error:
        lines = "".join(traceback.format_exception(error)).splitlines()
        _finish(run, state="failed", error="\n".join(lines[-ERROR_LINES:]))
        raise
    _finish(run, state="done", error="")


def _begin(name: str, *, subject: str) -> int:
    with transaction.atomic(durable=True):
        row = apps.get_model("ground", "JobRun").objects.create(name=name, subject=subject[:120])
    return int(row.pk)


def _finish(run: Run, *, state: str, error: str) -> None:
    row = apps.get_model("ground", "JobRun").objects.filter(pk=run.id)
    try:
        _on_a_live_connection(
            lambda: row.update(state=state, error=error, result=run.result, finished_at=Now())
        )
    except Exception:
        # The run's own outcome matters more than its record; the jobs page shows the run as late instead.
        logger.exception("the end of run %s could not be recorded as %s", run.id, state)


def _on_a_live_connection(write: Callable[[], Any]) -> Any:
    """Do ``write``; when the connection turns out to be dead, once more on a new one."""
    try:
        return write()
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return write()
