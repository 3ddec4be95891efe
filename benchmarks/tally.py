"""Making all tallies anew, and those of dirty days a thousand at a time, against a bare INSERT … SELECT … GROUP BY.

Ten million lines (`--size`; quick: a hundred thousand). Each round empties the table first, so that ours has every row to
write, as the floor has; `rebuild_unchanged` is the usual case, in which no row differs.
"""

from datetime import date

import psycopg

from benchmarks import database, generator
from benchmarks.floors import tally as floor
from benchmarks.frame import Figure, Ratio, figure, paired, seconds_of
from benchmarks.judge import exponent
from deploy.local.services import Addresses

REBUILD_LIMIT, DIRTY_LIMIT, EXPONENT_LIMIT = 2.0, 3.0, 1.05
LINES, QUICK_LINES, SMALLEST = 10_000_000, 100_000, 10_000
ROUNDS, QUICK_ROUNDS = 3, 3
KEYS = 1000


def run(*, size: int | None, quick: bool) -> list[Figure]:
    """`size` is the number of lines of the largest world."""
    most = size or (QUICK_LINES if quick else LINES)
    sizes = sorted({*(n for n in (SMALLEST * 10**power for power in range(5)) if n < most), most})
    rounds = QUICK_ROUNDS if quick else ROUNDS
    figures: list[Figure] = []
    least: dict[int, float] = {}
    with database.servers() as addresses:
        for lines in sizes:
            url = generator.world(addresses, generator.Shape(lines=lines, regions=2 if quick else 20))
            ratio, unchanged = _rebuilt(url, addresses, rounds=rounds)
            least[lines] = min(ratio.ours)
            limit = REBUILD_LIMIT if lines == most else None
            figures += ratio.figures(f"rebuild_{lines}", limit=limit)
            figures.append(figure(f"rebuild_{lines}_unchanged", unchanged, unit="s"))
            if lines == most:
                figures += _dirty(url, addresses, rounds=rounds).figures(f"dirty_{KEYS}", limit=DIRTY_LIMIT)
    figures.append(figure("exponent", exponent(least), unit="", limit=EXPONENT_LIMIT))
    return figures


def _rebuilt(url: str, addresses: Addresses, *, rounds: int) -> tuple[Ratio, float]:
    database.use(url, addresses=addresses)
    from config.ground.trail import Actor  # noqa: PLC0415  # Django has to be set up first
    from orders.actions.tallying import rebuild_tallies  # noqa: PLC0415

    by = Actor.job("bench")
    with psycopg.connect(url, autocommit=True) as connection:

        def emptied() -> None:
            connection.execute(floor.EMPTY)
            connection.execute("CHECKPOINT")

        def ours() -> float:
            emptied()
            return seconds_of(lambda: rebuild_tallies(by=by))

        def bare() -> float:
            emptied()
            return seconds_of(lambda: floor.all_rows(connection))

        ours(), bare()
        ratio = paired(ours, bare, rounds=rounds)
        connection.execute("ANALYZE orders_tally")
        return ratio, seconds_of(lambda: rebuild_tallies(by=by))


def _dirty(url: str, addresses: Addresses, *, rounds: int) -> Ratio:
    """A thousand kitchen days, whose tallies stand and are made anew; the floor writes the same rows where none stand."""
    database.use(url, addresses=addresses)
    from config.ground.trail import Actor  # noqa: PLC0415
    from orders.actions.tallying import tally_dirty  # noqa: PLC0415

    by = Actor.job("bench")
    with psycopg.connect(url, autocommit=True) as connection:
        keys: list[tuple[date, int]] = connection.execute(
            "SELECT DISTINCT delivery_date, kitchen_id FROM orders_calloff WHERE state = 'placed'"
            " ORDER BY 1 DESC, 2 LIMIT %s",
            [KEYS],
        ).fetchall()
        days, kitchens = [day for day, _ in keys], [kitchen for _, kitchen in keys]

        def ours() -> float:
            connection.execute("TRUNCATE orders_tallydirty")
            connection.execute(
                "INSERT INTO orders_tallydirty (day, kitchen_id) SELECT * FROM unnest(%s::date[], %s::bigint[])",
                [days, kitchens],
            )
            connection.execute("CHECKPOINT")
            return seconds_of(lambda: tally_dirty(limit=KEYS, by=by))

        def bare() -> float:
            connection.execute(
                "DELETE FROM orders_tally t USING unnest(%s::date[], %s::bigint[]) AS k(day, kitchen_id)"
                " WHERE t.day = k.day AND t.kitchen_id = k.kitchen_id",
                [days, kitchens],
            )
            connection.execute("CHECKPOINT")
            return seconds_of(lambda: floor.rows_of_keys(connection, days=days, kitchens=kitchens))

        ours(), bare()
        return paired(ours, bare, rounds=rounds)
