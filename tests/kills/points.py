"""Where the house is killed: the named points of one week, and what dies there.

A point is a seam of the product's own code: the call of a function, before it or after it. The product knows nothing
of it; ``armed`` wraps the seam in the process that is to die.
"""

import json
import os
import signal
import time
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path

PLACING, CLOSING, LETTERS, TALLYING = "placing", "closing", "letters", "tallying"


@dataclass(frozen=True, slots=True)
class Point:
    """A call of ``module.seam``; the kill falls before it, or when it has returned."""

    name: str
    module: str
    seam: str
    after: bool = False


@dataclass(frozen=True, slots=True)
class Lock:
    """A point inside a statement: the test holds what the statement needs, and the kill falls while it waits.

    ``sql`` takes the names ``order`` (the next purchase order's id), ``day`` and ``kitchen``.
    """

    name: str
    sql: str


@dataclass(frozen=True, slots=True)
class Queue:
    """A point at which no worker is: tasks wait in the queue."""

    name: str


@dataclass(frozen=True, slots=True)
class Case:
    """In which step of the week the kill falls, where, and who dies: itself (the process that is there) or a server."""

    step: str
    at: Point | Lock | Queue
    victim: str = "itself"
    may_leave_twice: bool = False

    def __str__(self) -> str:
        return f"{self.at.name}; {self.victim} dies"


KEY_CLAIMED = Point("placing: its key is claimed, nothing is judged", "orders.actions.placing", "check_order")
INSERTED = Point("placing: inserted, nothing is locked", "orders.actions.placing", "lock_runs")
BOOKED = Point("placing: booked, the reply is not kept", "orders.actions.placing", "book", after=True)
WRITTEN = Point(
    "placing: all is written, before commit", "orders.actions.placing", "settle_basket", after=True
)
SAVED = Point("placing: committed, before the reply", "orders.api.ordering", "place_order", after=True)
GIVEN_BACK = Point(
    "editing: the old lines are given back, before the new", "orders.actions.editing", "settle", after=True
)
EDITED = Point("editing: committed, before the reply", "orders.api.ordering", "edit_order", after=True)

DUE_FOUND = Point("closing: due runs are found, none is queued", "orders.tasks", "due_runs", after=True)
QUEUED = Queue("closing: due runs are queued, no worker has taken them")
RUN_TAKEN = Point("closing: the run is taken, nothing is written", "orders.actions.closing", "trail_in_bulk")
ORDERS_WRITTEN = Lock(
    "closing: purchase orders are written, before their letters",
    "INSERT INTO ground_outboxmessage (kind, recipient, language, cause_table, cause_id, dedupe_key) "
    "VALUES ('purchase_order', 'x@example.se', 'sv', 'x', 0, concat('purchase_order:', %(order)s::bigint))",
)
CLOSED = Point("closing: all is written, before commit", "orders.actions.closing", "Closed", after=True)
COMMITTED = Point("closing: committed, not recorded", "orders.tasks", "close_supplier_run", after=True)

LETTER_TAKEN = Point("letters: taken, before it is sent", "config.ground.outbox", "_mail")
LETTER_SENT = Point("letters: sent, before it is marked", "config.ground.outbox", "_settle")

KEYS_TAKEN = Lock(
    "tallying: keys are taken, nothing is tallied",
    "SELECT pg_advisory_xact_lock(hashtextextended('tally', %(kitchen)s * 100000 + (%(day)s - DATE '2000-01-01')))",
)
TALLIED = Point("tallying: committed, not recorded", "orders.tasks", "tally_dirty", after=True)

CASES = (
    Case(PLACING, KEY_CLAIMED),
    Case(PLACING, INSERTED),
    Case(PLACING, BOOKED),
    Case(PLACING, WRITTEN),
    Case(PLACING, SAVED),
    Case(PLACING, GIVEN_BACK),
    Case(PLACING, EDITED),
    Case(PLACING, INSERTED, victim="postgres"),
    Case(PLACING, SAVED, victim="postgres"),
    Case(CLOSING, RUN_TAKEN),
    Case(CLOSING, ORDERS_WRITTEN),
    Case(CLOSING, CLOSED),
    Case(CLOSING, COMMITTED),
    Case(CLOSING, ORDERS_WRITTEN, victim="postgres"),
    Case(CLOSING, DUE_FOUND, victim="valkey"),
    Case(CLOSING, QUEUED, victim="valkey"),
    Case(LETTERS, LETTER_TAKEN),
    Case(LETTERS, LETTER_SENT, may_leave_twice=True),
    Case(LETTERS, LETTER_SENT, victim="postgres", may_leave_twice=True),
    Case(TALLYING, KEYS_TAKEN),
)
POINTS = tuple({case.at.name: case.at for case in CASES if isinstance(case.at, Point)}.values())


class Trigger:
    """A file that says at which point, at which call of it and whom to kill. Drawn once, by whoever comes there."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def set(self, point: Point, *, call: int, victim: int | None) -> None:
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps({"point": point.name, "calls": call, "victim": victim}))
        fresh.replace(self.path)

    @property
    def is_drawn(self) -> bool:
        return not self.path.exists()

    def come_to(self, point: Point) -> None:
        """SIGKILL the victim if this is the point and the call; without a victim that is ourselves."""
        try:
            with self.path.open("r+") as file:
                flock(file, LOCK_EX)
                told = json.load(file)
                if told["point"] != point.name or self.is_drawn:
                    return
                told["calls"] -= 1
                file.seek(0)
                file.truncate()
                json.dump(told, file)
                file.flush()
                if told["calls"] > 0:
                    return
                self.path.unlink()
        except FileNotFoundError:
            return
        os.kill(told["victim"] or os.getpid(), signal.SIGKILL)
        time.sleep(0.2)  # a server's own processes notice: nothing of ours reaches it any more
