"""Closing supplier runs that are all due the same minute, by two worker processes; and one huge run.

300 runs of 2 000 call-offs and one of 600 000 (`--size` call-offs in each of both sorts; quick: a tenth). Ours and
the floor close different days of the same world by turns.
"""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import psycopg

from benchmarks import database, generator
from benchmarks.floors import close as floor
from benchmarks.frame import Figure, figure, paired, seconds_of
from benchmarks.generator import Due, Shape
from deploy.local.places import ROOT, VENV_PYTHON
from deploy.local.servers import Addresses

EACH = 2_000
WORKERS = 2
RATIO_LIMIT = 1.5
GROWTH_LIMIT_MB = 10.0
ROUNDS = 2
CALL_OFFS, QUICK_CALL_OFFS = 600_000, 60_000


@dataclass(frozen=True, slots=True)
class Day:
    """An open delivery day whose runs are due."""

    day: date
    run_ids: list[int]


def run(*, size: int | None, quick: bool) -> list[Figure]:
    """`size` is the number of call-offs that are closed at once."""
    call_offs = size or (QUICK_CALL_OFFS if quick else CALL_OFFS)
    many, one = Due(runs=call_offs // EACH, each=EACH), Due(runs=1, each=call_offs)
    due = (many,) * (2 * ROUNDS) + (one,) * 2
    shape = Shape(lines=10_000, regions=2 if quick else 20, open_days=len(due), due=due)
    with database.servers() as addresses:
        url = generator.world(addresses, shape)
        days = _days(url)
        floor.prepare(url, [day.day for day in days[1::2]])
        return [
            *_measured(f"runs_{many.runs}x{EACH}", days[: 2 * ROUNDS], url=url, addresses=addresses),
            *_measured(f"run_1x{call_offs}", days[2 * ROUNDS :], url=url, addresses=addresses),
        ]


def _days(url: str) -> list[Day]:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT delivery_date, array_agg(DISTINCT supplier_run_id) FROM orders_calloff"
            " WHERE delivery_date >= %s GROUP BY delivery_date ORDER BY delivery_date",
            [generator.FIRST_OPEN_DAY],
        ).fetchall()
    return [Day(day=day, run_ids=run_ids) for day, run_ids in found]


def _measured(name: str, days: Sequence[Day], *, url: str, addresses: Addresses) -> list[Figure]:
    """Ours takes the days with even numbers, the floor those with odd ones."""
    ours, bare = iter(days[::2]), iter(days[1::2])
    grown: list[float] = []

    def workers() -> float:
        seconds, most = _close_by_workers(next(ours), url=url, addresses=addresses)
        grown.append(most)
        return seconds

    def statements() -> float:
        with psycopg.connect(url, autocommit=True) as first, psycopg.connect(url, autocommit=True) as second:
            first.execute("CHECKPOINT")
            return seconds_of(lambda: floor.close([first, second], next(bare).run_ids))

    ratio = paired(workers, statements, rounds=len(days) // 2)
    return [
        *ratio.figures(name, limit=RATIO_LIMIT),
        figure(f"{name}_worker_grew", max(grown), unit="MB", limit=GROWTH_LIMIT_MB),
    ]


def _close_by_workers(day: Day, *, url: str, addresses: Addresses) -> tuple[float, float]:
    """Seconds from the word to the last worker's end, and the most MB by which a worker's peak grew."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    command = [str(VENV_PYTHON), "-m", "benchmarks.ours.closing"]
    environment = os.environ | database.told(url, addresses)
    started = [
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(WORKERS)
    ]
    for worker in started:
        assert _line(worker) == "ready"
    told: list[dict[str, float]] = []

    def close() -> None:
        for number, worker in enumerate(started):
            assert worker.stdin is not None
            worker.stdin.write(json.dumps(day.run_ids[number::WORKERS]) + "\n")
            worker.stdin.flush()
        told.extend(json.loads(_line(worker)) for worker in started)

    seconds = seconds_of(close)
    for worker in started:
        worker.communicate()
    assert all(worker.returncode == 0 for worker in started), "a worker broke"
    assert sum(each["call_offs"] for each in told) > 0
    return seconds, max(each["grown_mb"] for each in told)


def _line(worker: subprocess.Popen[str]) -> str:
    assert worker.stdout is not None
    line = worker.stdout.readline().strip()
    assert line, "a worker ended before its time"
    return line
