"""What the ground shows of itself: its jobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min, Q

from config.ground.jobs import Job, all_jobs
from config.ground.models import JobRun


@dataclass(frozen=True, slots=True)
class LastRun:
    """``error`` holds the last lines of what went wrong; empty when nothing did."""

    subject: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class JobStatus:
    """``failures`` are the subjects (a run, an import) whose latest run failed, newest first."""

    job: Job
    last: LastRun | None
    last_success_at: datetime | None
    is_late: bool
    last_error: str
    last_error_at: datetime | None
    failures: tuple[LastRun, ...]

    @property
    def is_well(self) -> bool:
        return not self.is_late and not self.failures and (self.last is None or self.last.state != "failed")


def jobs_overview(now: datetime) -> list[JobStatus]:
    """Every job of the register: those that need somebody first, then in the register's order."""
    jobs = all_jobs()
    names = [job.name for job in jobs]
    latest = _latest_by_subject(names)
    successes = dict(
        JobRun.objects.filter(name__in=names, state=JobRun.State.DONE)
        .values_list("name")
        .annotate(at=Max("finished_at"))
    )
    errors = _latest_errors(names)
    house_began = JobRun.objects.aggregate(at=Min("started_at"))["at"]
    statuses = [
        _status(
            job,
            runs=latest.get(job.name, ()),
            succeeded_at=successes.get(job.name),
            error=errors.get(job.name),
            house_began=house_began,
            now=now,
        )
        for job in jobs
    ]
    return sorted(statuses, key=lambda status: status.is_well)


def _status(
    job: Job,
    *,
    runs: Sequence[LastRun],
    succeeded_at: datetime | None,
    error: LastRun | None,
    house_began: datetime | None,
    now: datetime,
) -> JobStatus:
    # A job that never succeeded is late only where the house has been open long enough for it.
    waits_since = succeeded_at or house_began
    limit = now - timedelta(seconds=job.late_after_seconds)
    return JobStatus(
        job=job,
        last=max(runs, key=lambda run: run.started_at, default=None),
        last_success_at=succeeded_at,
        is_late=job.every_seconds is not None and waits_since is not None and waits_since < limit,
        last_error=error.error if error else "",
        last_error_at=error.started_at if error else None,
        failures=tuple(run for run in runs if run.subject and run.state == JobRun.State.FAILED),
    )


def _latest_by_subject(names: Sequence[str]) -> Mapping[str, list[LastRun]]:
    rows = (
        JobRun.objects.filter(name__in=names)
        .order_by("name", "subject", "-started_at", "-id")
        .distinct("name", "subject")
    )
    found: dict[str, list[LastRun]] = {}
    for row in sorted(rows, key=lambda row: row.started_at, reverse=True):
        found.setdefault(row.name, []).append(_last(row))
    return found


def _latest_errors(names: Sequence[str]) -> Mapping[str, LastRun]:
    rows = (
        JobRun.objects.filter(Q(name__in=names), state=JobRun.State.FAILED)
        .order_by("name", "-started_at", "-id")
        .distinct("name")
    )
    return {row.name: _last(row) for row in rows}


def _last(row: JobRun) -> LastRun:
    return LastRun(
        subject=row.subject,
        state=row.state,
        started_at=row.started_at,
        finished_at=row.finished_at,
        error=row.error,
    )
