"""Makes a world for a bench: a country's market and N past order lines, on the server, by sets.

The rows keep every constraint (all but foreign keys and triggers are at work while they are written, and a test
proves the foreign keys); the counters are the sums of their commitments. What a world does not have: a trail of
its past, and findings with verdicts on its past call-offs, since no bench reads them.
"""

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg

SQL = Path(__file__).resolve().parent / "world"
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
FIRST_OPEN_DAY = date(2026, 12, 1)
FEWEST_PAST_DAYS = 20
WRITERS = 2

# For the session that fills: no trigger runs, nothing is waited for that a crash would only make us do again.
_SESSION = (
    "SET session_replication_role = replica; SET synchronous_commit = off; SET jit = off;"
    " SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a world is. By default a country: 280 authorities, 7 840 kitchens, 2 000 farms.

    ``authorities``, ``hubs``, ``farms`` and ``agreements`` are by region; each agreement names every authority
    of its region. ``kitchens`` are by authority. ``papers`` adds the purchase orders of the past, ``tallies``
    its tallies.
    """

    lines: int
    regions: int = 20
    authorities: int = 14
    hubs: int = 2
    farms: int = 100
    kitchens: int = 28
    agreements: int = 200
    order_lines: int = 40
    open_days: int = 5
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
        names = ("products", "all_kitchens", "past_days")
        told = asdict(self) | {name: getattr(self, name) for name in names}
        return told | {"today": TODAY, "first_open_day": FIRST_OPEN_DAY}


def version(shape: Shape) -> str:
    """Changes with the shape and with what is written: part of a template's name."""
    texts = [
        repr(shape),
        Path(__file__).read_text(),
        *(path.read_text() for path in sorted(SQL.glob("*.sql"))),
    ]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def fill(url: str, shape: Shape) -> dict[str, float]:
    """Fill a migrated, empty database. Gives back the seconds of each step."""
    steps: dict[str, float] = {}
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        for name in ("lists", "market", "agreements"):
            steps[name] = _seconds(lambda name=name: _run(url, name, shape.facts()))
        connection.execute("ANALYZE")
        steps["past"] = _seconds(lambda: _past(url, shape))
        connection.execute("ANALYZE orders_calloff, market_commitment")
        steps["balances"] = _seconds(lambda: _run(url, "balances", shape.facts()))
        for name in ("papers", "tallies"):
            if getattr(shape, name):
                steps[name] = _seconds(lambda name=name: _run(url, name, shape.facts()))
        connection.execute("DROP SCHEMA world CASCADE")
        _advance_keys(connection)
        steps["vacuum"] = _seconds(lambda: connection.execute("VACUUM (ANALYZE)"))
    return steps


def _seconds(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _run(url: str, name: str, facts: dict[str, Any]) -> None:
    """Run a file of statements as one transaction; numbers stand in it as literals, for the planner to see."""
    with psycopg.connect(url, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute(_SESSION)
        connection.execute((SQL / f"{name}.sql").read_text(), facts)


def _past(url: str, shape: Shape) -> None:
    """Two writers, each with its half of the orders, in pieces small enough to sort and hash in memory."""
    piece = max(1, 250_000 // shape.order_lines)
    pieces = [
        {"first": first, "last": min(first + piece, shape.orders) - 1}
        for first in range(0, shape.orders, piece)
    ]
    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(lambda part: _run(url, "past", shape.facts() | part), pieces))


def _advance_keys(connection: psycopg.Connection) -> None:
    """Rows were given their keys by formula; the next ones come after them."""
    found = connection.execute(
        "SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_name)"
        " WHERE c.table_schema = 'public' AND c.column_name = 'id' AND c.is_identity = 'YES'"
        " AND t.table_type = 'BASE TABLE'"
    ).fetchall()
    for (table,) in found:
        connection.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table} HAVING max(id) IS NOT NULL"
        )
