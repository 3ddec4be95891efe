"""The register of jobs, and the record of their runs."""

from collections.abc import Callable, Iterator
from contextlib import closing
from inspect import signature

import psycopg
import pytest
from celery import current_app
from django.db import connection, transaction
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError as QueueError
from pytest_django import DjangoDbBlocker

from config.ground import jobs
from config.ground.jobs import Job, QueueUnavailable, all_jobs, record_run, retry_job
from config.ground.models import JobRun
from config.ground.refusals import NotFound
from config.ground.trail import Actor


@pytest.mark.parametrize("job", all_jobs(), ids=lambda job: job.name)
def test_each_job_has_its_task_under_the_name_that_the_queue_knows(job: Job) -> None:
    assert import_string(job.task).name == job.task


@pytest.mark.parametrize("job", all_jobs(), ids=lambda job: job.name)
def test_each_job_can_be_tried_again_by_its_name_alone(job: Job) -> None:
    assert not signature(import_string(job.task).run).parameters


@pytest.mark.parametrize("job", all_jobs(), ids=lambda job: job.name)
def test_each_job_is_titled_in_both_languages_and_late_only_after_a_missed_run(job: Job) -> None:
    assert job.title("sv") != job.title("en")
    assert job.every_seconds is None or job.late_after_seconds > job.every_seconds


def test_the_schedule_holds_every_job_that_has_a_rhythm() -> None:
    import_string("config.celery.app")
    schedule = current_app.conf.beat_schedule
    assert {name: entry["schedule"] for name, entry in schedule.items()} == {
        job.name: job.every_seconds for job in all_jobs() if job.every_seconds
    }


def test_two_jobs_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "JOBS", (*jobs.JOBS, jobs.JOBS[0]))
    with pytest.raises(ValueError, match="two jobs are called deliver_outbox"):
        all_jobs.__wrapped__()


@pytest.mark.django_db
def test_a_run_that_ends_well_keeps_what_it_did() -> None:
    with record_run("close_runs", "run 7") as run:
        assert JobRun.objects.get().state == JobRun.State.RUNNING
        run.result = {"closed": 3}
    row = JobRun.objects.get()
    assert (row.name, row.subject, row.state, row.result) == ("close_runs", "run 7", "done", {"closed": 3})
    assert row.finished_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize("error", [ValueError("no such run"), KeyboardInterrupt("stopped")])
def test_a_run_that_fails_keeps_its_last_lines_and_lets_the_error_go_on(error: BaseException) -> None:
    with pytest.raises(type(error)), record_run("close_runs"):
        raise error
    row = JobRun.objects.get()
    assert row.state == JobRun.State.FAILED
    assert row.error.splitlines()[-1].endswith(str(error))
    assert len(row.error.splitlines()) <= jobs.ERROR_LINES


@pytest.fixture
def outside_a_transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        connection.close()
        JobRun.objects.all().delete()
        connection.close()


def break_the_connection() -> None:
    """As a restart of the server does: this session is ended from another one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    words = connection.get_connection_params()
    keys = ("dbname", "user", "password", "host", "port")
    with closing(psycopg.connect(**{key: words[key] for key in keys if words.get(key)})) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
        other.commit()


@pytest.mark.race
def test_a_broken_connection_neither_hides_the_error_nor_loses_the_record(
    outside_a_transaction: None,
) -> None:
    def fail_without_a_connection() -> None:
        with record_run("close_runs"):
            break_the_connection()
            raise ValueError("the job's own")

    with pytest.raises(ValueError, match="the job's own"):
        fail_without_a_connection()
    row = JobRun.objects.get()
    assert (row.state, row.error.splitlines()[-1]) == (JobRun.State.FAILED, "ValueError: the job's own")


@pytest.mark.race
def test_a_run_begins_also_when_the_connection_died_while_it_was_idle(outside_a_transaction: None) -> None:
    break_the_connection()
    with record_run("close_runs"):
        pass
    assert JobRun.objects.get().state == JobRun.State.DONE


@pytest.mark.race
def test_a_record_that_can_not_be_written_does_not_hide_the_error(
    outside_a_transaction: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail_without_a_database() -> None:
        with record_run("close_runs"):
            monkeypatch.setattr(jobs, "_on_a_live_connection", unreachable)
            raise ValueError("the job's own")

    with pytest.raises(ValueError, match="the job's own"):
        fail_without_a_database()
    assert "could not be recorded as failed" in caplog.text


def unreachable(write: Callable[[], object]) -> object:
    raise psycopg.OperationalError("no server")


@pytest.mark.race
def test_a_record_inside_a_transaction_is_refused(outside_a_transaction: None) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic(), record_run("close_runs"):
        pass


@pytest.mark.django_db
def test_trying_again_runs_the_task(by: Actor) -> None:
    retry_job(name="tidy_runs", by=by)
    assert JobRun.objects.get().name == "tidy_runs"


def test_trying_an_unknown_job_is_not_found(by: Actor) -> None:
    with pytest.raises(NotFound):
        retry_job(name="nothing", by=by)


def test_a_queue_that_does_not_answer_is_said_in_words(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    class Task:
        def apply_async(self, *, retry: bool) -> None:
            assert not retry  # a person waits for the answer
            raise QueueError

    monkeypatch.setattr(jobs, "import_string", lambda _: Task())
    with pytest.raises(QueueUnavailable) as refused:
        retry_job(name="tidy_runs", by=by)
    assert "Rensar gamla körningar" in refused.value.sentence("sv")
