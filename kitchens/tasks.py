"""Background jobs of kitchens. Each calls one action, and may run twice or die in the middle."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from config.ground.jobs import record_run
from config.ground.trail import Actor
from kitchens.actions.menus import lock_due
from kitchens.actions.tapping import sum_taps as sum_and_delete

LOCKED_AHEAD = timedelta(minutes=60)


@shared_task
def lock_menus() -> None:
    with record_run("lock_menus") as run:
        run.result = {"days": lock_due(now=timezone.now(), ahead=LOCKED_AHEAD, by=Actor.job("lock_menus"))}


@shared_task
def sum_taps() -> None:
    with record_run("sum_taps") as run:
        run.result = {"days": sum_and_delete(now=timezone.now(), by=Actor.job("sum_taps"))}
