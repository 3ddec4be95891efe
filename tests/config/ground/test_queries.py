"""The jobs page says what ran, what is late and what went wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from config.ground import queries
from config.ground.jobs import Job
from config.ground.models import JobRun
from config.ground.queries import JobStatus, jobs_overview
from config.ground.runs import tidy_runs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, 12, tzinfo=UTC)
CLOSE = Job("close_runs", "orders.tasks.close_due_runs", 60, 300, "Stänger", "Closes")
IMPORT = Job("import", "orders.tasks.import_purchases", None, 300, "Läser in", "Imports")


@pytest.fixture(autouse=True)
def two_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "all_jobs", lambda: (CLOSE, IMPORT))


def ran(minutes_ago: int, state: str = "done", *, name: str = "close_runs", subject: str = "") -> None:
    started = NOW - timedelta(minutes=minutes_ago)
    error = "ValueError: no hub" if state == "failed" else ""
    finished = None if state == "running" else started
    JobRun.objects.create(
        name=name, subject=subject, state=state, started_at=started, finished_at=finished, error=error
    )


def status(name: str = "close_runs") -> JobStatus:
    return next(status for status in jobs_overview(NOW) if status.job.name == name)


def test_a_house_just_opened_has_nothing_late() -> None:
    found = status()
    assert (found.last, found.last_success_at, found.is_late, found.is_well) == (None, None, False, True)


@pytest.mark.parametrize(
    ("runs", "is_late"),
    [
        ([(4, "done")], False),
        ([(6, "done")], True),
        ([(6, "done"), (1, "failed")], True),
        ([(6, "done"), (1, "running")], True),
        ([(4, "failed")], False),
        ([(6, "failed")], True),
    ],
)
def test_a_job_is_late_when_no_run_succeeded_for_too_long(
    runs: list[tuple[int, str]], *, is_late: bool
) -> None:
    for minutes_ago, state in runs:
        ran(minutes_ago, state)
    assert status().is_late is is_late


def test_a_job_that_never_ran_is_late_once_the_house_has_been_open_long_enough() -> None:
    ran(10, name="import")
    assert status().is_late


def test_a_job_without_a_rhythm_is_never_late() -> None:
    ran(60 * 24, name="import")
    assert not status("import").is_late


def test_the_last_error_stays_after_a_run_that_went_well() -> None:
    ran(3, "failed")
    ran(1)
    found = status()
    assert found.last is not None
    assert (found.last.state, found.last_error, found.is_well) == ("done", "ValueError: no hub", True)


def test_failures_are_told_by_subject_until_that_subject_goes_well() -> None:
    ran(9, "failed", subject="run 1")
    ran(8, "failed", subject="run 2")
    ran(7, "failed", subject="run 3")
    ran(2, "done", subject="run 2")
    ran(1)
    assert [failure.subject for failure in status().failures] == ["run 3", "run 1"]
    assert not status().is_well


def test_jobs_that_need_somebody_come_first() -> None:
    ran(1)
    ran(1, "failed", name="import")
    assert [status.job.name for status in jobs_overview(NOW)] == ["import", "close_runs"]


def test_the_page_asks_as_often_however_many_runs_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(30):
        ran(n, "failed", subject=f"run {n}")
    with django_assert_num_queries(4):
        jobs_overview(NOW)


def test_old_runs_go_and_lost_ones_are_said_to_be_lost() -> None:
    day = 24 * 60
    for minutes_ago, state in [
        (8 * day, "done"),
        (6 * day, "done"),
        (91 * day, "failed"),
        (25 * 60, "running"),
    ]:
        ran(minutes_ago, state)
    ran(5, "running")
    assert tidy_runs(now=NOW) == {"lost": 1, "dropped": 2}
    assert sorted(JobRun.objects.values_list("state", flat=True)) == ["done", "failed", "running"]
