"""The ground's jobs."""

from celery import shared_task
from django.utils import timezone

from config.ground import outbox, runs, sealing
from config.ground.jobs import record_run

ROUND = 50  # letters between two looks at the clock


@shared_task
def deliver_outbox() -> None:
    """Send until nothing is due."""
    with record_run("deliver_outbox") as run:
        tried = 0
        while letters := outbox.deliver_due(now=timezone.now(), limit=ROUND):
            tried += letters
        run.result = {"letters": tried}


@shared_task
def seal_trail() -> None:
    with record_run("seal_trail") as run:
        run.result = {"entries": sealing.seal_trail()}


@shared_task
def tidy_runs() -> None:
    with record_run("tidy_runs") as run:
        run.result = runs.tidy_runs(now=timezone.now())
