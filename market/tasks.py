"""Background jobs of the market. Each calls one action, and may run twice or die in the middle."""

from celery import shared_task
from django.utils import timezone

from config.ground.jobs import record_run
from config.ground.trail import Actor
from market.actions.delivery import plan_runs

DAYS_AHEAD = 42  # a kitchen plans its menu some six weeks ahead


@shared_task
def plan_runs_ahead() -> None:
    with record_run("plan_runs") as run:
        planned = plan_runs(today=timezone.localdate(), days_ahead=DAYS_AHEAD, by=Actor.job("plan_runs"))
        run.result = {"delivery_runs": planned.delivery_runs, "supplier_runs": planned.supplier_runs}
