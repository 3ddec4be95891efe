"""Background jobs of orders. Each takes ids, calls one action, and may run twice or die in the middle."""

from celery import shared_task
from django.utils import timezone

from config.ground.trail import Actor
from orders.actions.closing import close_supplier_run
from orders.actions.tallying import tally_dirty
from orders.queries.balances import unproven_balances
from orders.queries.runs import due_runs


@shared_task(name="orders.close_due_runs")
def close_due_runs() -> int:
    """Every minute: send each due run to a worker. A run that is sent twice is closed once."""
    due = due_runs(timezone.now())
    for run_id in due:
        close_run.delay(run_id)
    return len(due)


@shared_task(name="orders.close_run")
def close_run(run_id: int) -> None:
    close_supplier_run(run_id=run_id, now=timezone.now(), by=Actor.job("close_run"))


@shared_task(name="orders.tally")
def tally() -> int:
    taken = 0
    while batch := tally_dirty(by=Actor.job("tally")):
        taken += batch
    return taken


@shared_task(name="orders.prove_balances")
def prove_balances() -> int:
    found = unproven_balances()
    if found:
        raise RuntimeError(f"{len(found)} counters differ from their rows, first: {found[0]}")
    return 0
