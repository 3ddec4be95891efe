"""Makes a world for a bench: a country's market and N past order lines, on the server, by sets.

The rows keep every constraint (all but foreign keys and triggers are at work while they are written, and a test
proves the foreign keys); the counters are the sums of their commitments. What a world does not have: a trail of
its past, and findings with verdicts on its call-offs, since no bench reads them. How a row follows from its number
is told in world_sql/; the schema `world` stays in the database with the days and terms that it was made of, and the
schema `making` with what is done and how long it took: one that was interrupted is gone on with.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import database
from deploy.local.servers import Addresses

SQL = Path(__file__).resolve().parent / "world_sql"
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
FIRST_OPEN_DAY = date(2026, 12, 1)
CUT_OFF = datetime(2099, 11, 27, 11, tzinfo=UTC)
FEWEST_PAST_DAYS = 20
WRITERS = 2
LINES_A_PIECE = 250_000  # small enough to sort and hash in memory

# For the session that fills: no trigger runs, nothing is waited for that a crash would only make us do again.
_SESSION = (
    "SET session_replication_role = replica; SET synchronous_commit = off; SET jit = off;"
    " SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'"
)


@dataclass(frozen=True, slots=True)
class Due:
    """Supplier runs of one open day that wait for their closing, and how many call-offs each has."""

    runs: int
    each: int


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a world is. By default a country: 280 authorities, 7 840 kitchens, 2 000 farms.

    ``authorities``, ``hubs``, ``farms`` and ``agreements`` are by region; each agreement names every authority
    of its region. ``kitchens`` are by authority. ``due`` fills the open days, the first with the first. ``papers``
    adds the purchase orders of the past, ``tallies`` its tallies.
    """

    lines: int
    regions: int = 20
    authorities: int = 14
    hubs: int = 2
    farms: int = 100
    kitchens: int = 28
    agreements: int = 200
    order_lines: int = 40
    open_days: int = 6
    due: tuple[Due, ...] = ()
    papers: bool = False
    tallies: bool = False

    @property
    def products(self) -> int:
        """Each agreement has eight products, and each product lies in two of a region's agreements."""
        return self.agreements * 4

    @property
    def orders(self) -> int:
        return -(-self.lines // self.order_lines)

    @property
    def all_kitchens(self) -> int:
        return self.regions * self.authorities * self.kitchens

    @property
    def past_days(self) -> int:
        return max(FEWEST_PAST_DAYS, -(-self.orders // self.all_kitchens))

    def facts(self) -> dict[str, Any]:
        """What the statements take in the place of their names."""
        told = {name: value for name, value in asdict(self).items() if name != "due"}
        told |= {name: getattr(self, name) for name in ("products", "all_kitchens", "past_days")}
        return told | {
            "today": TODAY,
            "now": NOW,
            "first_open_day": FIRST_OPEN_DAY,
            "cut_off": CUT_OFF,
        }


def version(shape: Shape) -> str:
    """Changes with the shape and with what is written: part of a template's name."""
    files = [Path(__file__), *sorted(SQL.glob("*.sql"))]
    return hashlib.sha256("\n".join([repr(shape), *map(Path.read_text, files)]).encode()).hexdigest()


def world(addresses: Addresses, shape: Shape, *, to_write: bool = True) -> str:
    """The URL of a database with such a world: made once and kept, and for each run copied."""
    due = sum(each.runs * each.each for each in shape.due)
    return database.database(
        addresses,
        template=f"world_{shape.regions}_{shape.lines}_{due}",
        fill=lambda url: _told(fill(url, shape, tell=_say)),
        version=version(shape),
        to_write=to_write,
    )


def _told(steps: Mapping[str, float]) -> None:
    each = ", ".join(f"{name} {seconds:.0f}" for name, seconds in steps.items())
    _say(f"(a world was made in {sum(steps.values()):.0f} s: {each})")


def _say(words: str) -> None:
    print(f"  {words}", flush=True)


Tell = Callable[[str], object]


def fill(url: str, shape: Shape, *, tell: Tell = str) -> dict[str, float]:
    """Fill a migrated database, or go on with one whose filling was interrupted.

    Gives back the seconds of each step, those of earlier tries among them; ``tell`` hears how far it is (nobody, unless
    somebody asks).
    """
    facts = shape.facts()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_MAKING)

        begun = time.perf_counter()

        def mark(name: str) -> None:
            nonlocal begun
            now = time.perf_counter()
            connection.execute(_TOOK, {"name": name, "seconds": now - begun})
            begun = now

        def timed(name: str, work: Callable[[], object]) -> None:
            nonlocal begun
            begun = time.perf_counter()
            try:
                work()
            finally:
                mark(name)

        timed("market", lambda: _run(url, facts, "lists", "market"))
        timed("agreements", lambda: _run(url, facts, "agreements"))
        connection.execute("ANALYZE")
        timed("past", lambda: _past(url, shape, tell=tell, mark=lambda: mark("past")))
        timed("due", lambda: _due(url, shape))
        connection.execute("ANALYZE orders_calloff, market_commitment")
        timed("balances", lambda: _run(url, facts, "balances"))
        for extra in ("papers", "tallies"):
            if facts[extra]:
                timed(extra, lambda extra=extra: _run(url, facts, extra))  # type: ignore[misc]
        _advance_keys(connection)
        timed("vacuum", lambda: connection.execute("VACUUM (ANALYZE)"))
    return took(url)


_MAKING = """
CREATE SCHEMA IF NOT EXISTS making;
CREATE TABLE IF NOT EXISTS making.done (step text PRIMARY KEY);
CREATE TABLE IF NOT EXISTS making.took (n int GENERATED ALWAYS AS IDENTITY, step text PRIMARY KEY, seconds float8)
"""
_TOOK = """
INSERT INTO making.took (step, seconds) VALUES (%(name)s, %(seconds)s)
ON CONFLICT (step) DO UPDATE SET seconds = making.took.seconds + excluded.seconds
"""


def took(url: str) -> dict[str, float]:
    """How many seconds the making of a world took, step by step."""
    with psycopg.connect(url) as connection:
        return dict(connection.execute("SELECT step, seconds FROM making.took ORDER BY n").fetchall())


def _run(url: str, facts: dict[str, Any], *names: str, part: str = "") -> None:
    """Run files of statements as one transaction, once; numbers stand in them as literals, for the planner to see."""
    step = " ".join([*names, part])
    with psycopg.connect(url, cursor_factory=psycopg.ClientCursor) as connection:
        if connection.execute("SELECT FROM making.done WHERE step = %s", [step]).fetchone() is not None:
            return
        connection.execute(_SESSION)
        for name in names:
            connection.execute((SQL / f"{name}.sql").read_text(), facts)
        connection.execute("INSERT INTO making.done (step) VALUES (%s)", [step])


def _past(url: str, shape: Shape, *, tell: Tell, mark: Callable[[], object]) -> None:
    """Two writers take pieces of the past in turn; after each the time so far is marked, should the next be the last."""
    piece = max(1, LINES_A_PIECE // shape.order_lines)
    pieces = [
        {"first": first, "last": min(first + piece, shape.orders) - 1}
        for first in range(0, shape.orders, piece)
    ]

    def write(part: dict[str, int]) -> None:
        _run(url, shape.facts() | part, "past", "lines", part=str(part["first"]))

    begun = time.perf_counter()
    with ThreadPoolExecutor(WRITERS) as writers:
        for done, _ in enumerate(writers.map(write, pieces), start=1):
            mark()
            if done % WRITERS == 0 and done < len(pieces):
                tell(_progress(done * piece * shape.order_lines, shape.lines, time.perf_counter() - begun))


def _progress(done: int, of: int, seconds: float) -> str:
    left = seconds * (of - done) / done
    return f"past: {done:,} of {of:,} lines in {seconds:.0f} s; about {left:.0f} s left"


def _due(url: str, shape: Shape) -> None:
    for number, due in enumerate(shape.due):
        day = {"day_n": shape.past_days + number}
        _run(url, shape.facts() | asdict(due) | day, "due", "lines", part=str(number))


def _advance_keys(connection: psycopg.Connection) -> None:
    """Rows were given their keys by formula; the next ones come after them."""
    found = connection.execute(
        "SELECT table_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name = 'id' AND is_identity = 'YES'"
    ).fetchall()
    for (table,) in found:
        connection.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table} HAVING max(id) IS NOT NULL"
        )
