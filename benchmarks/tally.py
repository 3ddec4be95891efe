"""Making all tallies anew, and those of dirty days a thousand at a time, against a bare INSERT … SELECT … GROUP BY.

Ten million lines (`--size`; quick: fifty thousand). Each round empties the tables first, days, months and prices, so that ours has
every row to write, as the floor has; `…_unchanged` is the usual case, in which no row differs. Most of a round is the
keys' checks (five to a day's row, four to a month's and a price's), which both pay.
"""

from datetime import date

import psycopg
from psycopg import sql

from benchmarks import database, generator
from benchmarks.floors import tally as floor
from benchmarks.frame import Figure, Ratio, figure, paired, seconds_of
from benchmarks.judge import exponent
from deploy.local.servers import Addresses

REBUILD_LIMIT, DIRTY_LIMIT, EXPONENT_LIMIT = 2.0, 3.0, 1.05
LINES, QUICK_LINES, SMALLEST = 10_000_000, 50_000, 10_000
ROUNDS, QUICK_ROUNDS, ONE_ROUND_FROM = 3, 2, 1_000_000
KEYS = 1000


def run(*, size: int | None, quick: bool) -> list[Figure]:
    """`size` is the number of lines of the largest world."""
    most = size or (QUICK_LINES if quick else LINES)
    sizes = sorted({*(n for n in (SMALLEST * 10**power for power in range(5)) if n < most), most})
    figures: list[Figure] = []
    least: dict[int, float] = {}
    with database.servers() as addresses:
        for lines in sizes:
            url = generator.world(addresses, generator.Shape(lines=lines, regions=2 if quick else 20))
            rounds = 1 if lines >= ONE_ROUND_FROM else QUICK_ROUNDS if quick else ROUNDS
            ratio, unchanged = _rebuilt(url, addresses, rounds=rounds)
            least[lines] = min(ratio.ours)
            limit = REBUILD_LIMIT if lines == most else None
            figures += ratio.figures(f"rebuild_{lines}", limit=limit)
            if unchanged is not None:
                figures.append(figure(f"rebuild_{lines}_unchanged", unchanged, unit="s"))
            print(f"  ({lines:,} lines rebuilt: {ratio.value:.2f} x floor)", flush=True)
            if lines == most:
                figures += _dirty(url, addresses, rounds=rounds)
    if len(least) > 1:
        figures.append(figure("exponent", exponent(least), unit="", limit=EXPONENT_LIMIT))
    return figures


def _rebuilt(url: str, addresses: Addresses, *, rounds: int) -> tuple[Ratio, float | None]:
    """All of them made anew, ours after the floor's; and once more when they are right, where that does not take long."""
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

        ratio = paired(ours, bare, rounds=rounds, floor_first=True)
        connection.execute("ANALYZE orders_tally, orders_tallymonth, orders_tallyprice")
        return ratio, seconds_of(lambda: rebuild_tallies(by=by)) if rounds > 1 else None


def _dirty(url: str, addresses: Addresses, *, rounds: int) -> list[Figure]:
    """A thousand kitchen days: as new ones, as ones whose figures are others now, and as ones that were right.

    The floor writes the same rows where none stand.
    """
    database.use(url, addresses=addresses)
    from config.ground.trail import Actor  # noqa: PLC0415
    from orders.actions.tallying import tally_dirty  # noqa: PLC0415

    by = Actor.job("bench")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE orders_tally, orders_tallymonth, orders_tallyprice")
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

        def of_new_days() -> float:
            floor.forget_keys(connection, days=days, kitchens=kitchens)
            return ours()

        def of_other_figures() -> float:
            connection.execute(
                sql.SQL(_HEAVIER).format(days=sql.Literal(days), kitchens=sql.Literal(kitchens))
            )
            return ours()

        def bare() -> float:
            floor.forget_keys(connection, days=days, kitchens=kitchens)
            connection.execute("CHECKPOINT")
            return seconds_of(lambda: floor.rows_of_keys(connection, days=days, kitchens=kitchens))

        new = paired(of_new_days, bare, rounds=rounds)
        others = paired(of_other_figures, bare, rounds=rounds)
        return [
            *new.figures(f"dirty_{KEYS}", limit=DIRTY_LIMIT),
            *others.figures(f"dirty_{KEYS}_changed", limit=DIRTY_LIMIT),
            figure(f"dirty_{KEYS}_unchanged", ours(), unit="s"),
        ]


# Each call-off of the days weighs a kilogram more. Written without its trail, which is not what is measured.
_HEAVIER = """
SET session_replication_role = replica;
UPDATE orders_calloff c SET kg = kg + 1 FROM unnest({days}::date[], {kitchens}::bigint[]) AS k(day, kitchen_id)
WHERE c.delivery_date = k.day AND c.kitchen_id = k.kitchen_id;
SET session_replication_role = DEFAULT
"""
