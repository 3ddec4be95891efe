"""Killed hard at a named point: what was killed is started again, and all that was answered "saved" is there, once.

Each seed is a week of its own: it says what is ordered, where the kill falls and at which call of the point. The points
follow each other, so that twenty seeds meet them all. A seed alone, also one that is not among the twenty:

    BYGDEMAT_SEEDS=137 ./test all -- tests/kills
"""

import os
import signal
from collections.abc import Iterator

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.kills import proofs
from tests.kills.house import House, opened
from tests.kills.points import CASES, CLOSING, LETTERS, PLACING, TALLYING, Case, Lock, Point, Queue
from tests.kills.week import Week

SEEDS = [int(seed) for seed in os.environ.get("BYGDEMAT_SEEDS", "").split()] or list(range(1, 21))
MOST_CALLS = {PLACING: 5, CLOSING: 2, LETTERS: 3, TALLYING: 1}  # of a point, that there surely are


def case_of(seed: int) -> Case:
    return CASES[(seed - 1) % len(CASES)]


@pytest.fixture(scope="module")
def house(django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    with django_db_blocker.unblock(), opened() as ours:
        yield ours


@pytest.mark.long
@pytest.mark.race
@pytest.mark.parametrize("seed", [pytest.param(seed, id=f"seed {seed}: {case_of(seed)}") for seed in SEEDS])
def test_killed_hard_nothing_that_was_saved_is_gone(house: House, seed: int) -> None:
    case = case_of(seed)
    week = Week.begun(seed=seed, today=timezone.localdate(), port=house.port)
    for step in (order, close, send, tally):
        step(house, week, case)
    assert house.trigger.is_drawn, "the point was never come to"
    proofs.prove_orders(week)
    proofs.prove_purchase_orders(week)
    proofs.prove_letters(week, mails=house.mails, may_leave_twice=case.may_leave_twice)
    proofs.prove_tallies(week)
    proofs.prove_counters_and_trail()


def order(house: House, week: Week, case: Case) -> None:
    arm(house, week, case, step=PLACING)
    shopping = week.order()
    house.until(lambda: all(each.done() for each in shopping), what="all orders are answered")
    for each in shopping:
        each.result()


def close(house: House, week: Week, case: Case) -> None:
    week.pass_cut_offs(timezone.now())
    meet(house, week, case, step=CLOSING, job="close_due_runs")
    house.until(week.is_closed, jobs=["close_due_runs"], what="the runs are closed")


def send(house: House, week: Week, case: Case) -> None:
    meet(house, week, case, step=LETTERS, job="deliver_outbox")
    house.until(week.is_sent, jobs=["deliver_outbox"], what="the letters have left")


def tally(house: House, week: Week, case: Case) -> None:
    meet(house, week, case, step=TALLYING, job="tally")
    house.until(week.is_tallied, jobs=["tally"], what="the days are tallied")


def arm(house: House, week: Week, case: Case, *, step: str) -> None:
    if case.step == step and isinstance(case.at, Point):
        victim = None if case.victim == "itself" else house.pid(case.victim)
        most = 2 if case.at.module.endswith("editing") or "edit" in case.at.seam else MOST_CALLS[step]
        house.trigger.set(case.at, call=week.chance.randint(1, most), victim=victim)


def meet(house: House, week: Week, case: Case, *, step: str, job: str) -> None:
    """Bring the worker to the point of this step, if the case's is here."""
    arm(house, week, case, step=step)
    if case.step != step:
        return
    if isinstance(case.at, Lock):
        with house.held(case.at.sql, week.names()):
            house.until(house.somebody_waits, jobs=[job], what=f"the worker waits at {case.at.name}")
            house.kill("worker" if case.victim == "itself" else case.victim)
    elif isinstance(case.at, Queue):
        os.kill(house.pid("worker"), signal.SIGSTOP)
        house.until(lambda: house.queued() > 1, jobs=[job], what="tasks wait in the queue")
        house.kill(case.victim)
        os.kill(house.pid("worker"), signal.SIGCONT)
