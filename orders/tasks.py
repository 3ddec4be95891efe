"""Background jobs of orders. Each takes ids, calls one action, and may run twice or die in the middle."""

from celery import shared_task
from django.utils import timezone

from config.ground.jobs import record_run
from config.ground.trail import Actor
from market.rules.calendar import STOCKHOLM
from orders.actions.closing import close_supplier_run
from orders.actions.disposing import dispose
from orders.actions.file_making import make_file
from orders.actions.filing import forget_old_files
from orders.actions.saving_reports import ask_due_reports
from orders.actions.tallying import tally_dirty
from orders.queries.balances import unproven_balances
from orders.queries.report_files import files_to_make
from orders.queries.runs import due_runs


@shared_task
def close_due_runs() -> None:
    """Every minute: send each due run to a worker. A run that is sent twice is closed once."""
    with record_run("close_due_runs") as run:
        due = due_runs(timezone.now())
        for run_id in due:
            close_run.delay(run_id)
        run.result = {"due": len(due)}


@shared_task
def close_run(run_id: int) -> None:
    with record_run("close_run", subject=str(run_id)) as run:
        closed = close_supplier_run(run_id=run_id, now=timezone.now(), by=Actor.job("close_run"))
        run.result = {"purchase_orders": closed.purchase_orders, "call_offs": closed.call_offs}


@shared_task
def tally() -> None:
    with record_run("tally") as run:
        taken = 0
        while batch := tally_dirty(by=Actor.job("tally")):
            taken += batch
        run.result = {"keys": taken}


@shared_task
def prove_balances() -> None:
    """Nightly: every counter against its rows. A difference fails the job, so that a person sees it."""
    with record_run("prove_balances"):
        found = unproven_balances()
        if found:
            raise RuntimeError(f"{len(found)} counters differ from their rows, first: {found[0]}")


@shared_task
def dispose_by_rule() -> None:
    """Daily: what the authorities' retention rules reach."""
    with record_run("dispose") as run:
        run.result = {"rows": sum(each.rows for each in dispose(now=timezone.now(), by=Actor.job("dispose")))}


@shared_task
def make_report_files() -> None:
    """Send each file that waits to a worker, also one whose maker fell silent. A file that is sent twice is made once."""
    with record_run("make_report_files") as run:
        waiting = files_to_make(timezone.now())
        for file_id in waiting:
            make_report_file.delay(file_id)
        run.result = {"waiting": len(waiting)}


@shared_task
def make_report_file(file_id: int) -> None:
    with record_run("make_report_file", subject=str(file_id)) as run:
        made = make_file(file_id=file_id, now=timezone.now(), by=Actor.job("make_report_file"))
        run.result = {"made": made}


@shared_task
def ask_reports() -> None:
    """Hourly: a file for each saved report that is due; files that were kept their time are forgotten."""
    with record_run("ask_reports") as run:
        now, by = timezone.now(), Actor.job("ask_reports")
        asked = ask_due_reports(today=now.astimezone(STOCKHOLM).date(), now=now, by=by)
        run.result = {"asked": asked, "forgotten": forget_old_files(now=now, by=by)}
