"""Judging forty lines against the 200 agreements of a region: the same after ten million past lines as after 10⁴.

The worlds differ in their past alone. The floor is the judging's own two statements, sent by bare psycopg.
"""

import math
import statistics
from collections.abc import Sequence

import psycopg

from benchmarks import database, generator
from benchmarks.floors import judge as floor
from benchmarks.frame import Figure, Ratio, figure, paired, seconds_of
from deploy.local.servers import Addresses

LINES = 40
EXPONENT_LIMIT = 0.05
SIZES = (10_000, 100_000, 1_000_000)
QUICK_SIZES = (10_000, 100_000)
WARM_UPS = 8


def run(*, size: int | None, quick: bool) -> list[Figure]:
    """`size` is a further, larger number of past lines: 10000000 is a country's."""
    pasts = sorted({*(QUICK_SIZES if quick else SIZES), *([size] if size else [])})
    regions = 2 if quick else 20
    with database.servers() as addresses:
        urls = {
            past: generator.world(addresses, generator.Shape(lines=past, regions=regions), to_write=False)
            for past in pasts
        }
        seconds: dict[int, list[float]] = {past: [] for past in pasts}
        ratio: Ratio | None = None
        for _ in range(3):  # in turns, so that the machine's moods meet all sizes alike
            for past, url in urls.items():
                ratio = _judged(url, addresses, rounds=10 if quick else 30)
                seconds[past] += ratio.ours
    assert ratio is not None
    return [
        *(_of(past, rounds) for past, rounds in seconds.items()),
        *ratio.figures(f"judge_{pasts[-1]:.0e}"),
        figure(
            "exponent",
            exponent({past: min(rounds) for past, rounds in seconds.items()}),
            unit="",
            limit=EXPONENT_LIMIT,
        ),
    ]


def _of(past: int, rounds: Sequence[float]) -> Figure:
    return figure(f"past_{past}", statistics.median(rounds), unit="s", spread=(min(rounds), max(rounds)))


def _judged(url: str, addresses: Addresses, *, rounds: int) -> Ratio:
    database.use(url, addresses=addresses)
    from benchmarks.ours import ordering  # noqa: PLC0415  # Django has to be set up first

    kitchen, lines = ordering.first_kitchen(), ordering.asked_lines(LINES)
    with psycopg.connect(url, autocommit=True) as connection:
        statements = ordering.statements_of_check(kitchen, lines)

        def ours() -> float:
            return seconds_of(lambda: ordering.check(kitchen, lines))

        def bare() -> float:
            return seconds_of(lambda: floor.read(connection, statements))

        for _ in range(WARM_UPS):
            ours(), bare()
        return paired(ours, bare, rounds=rounds)


def exponent(seconds: dict[int, float]) -> float:
    """The slope of log seconds over log size, by least squares: 0 is flat, 1 grows with the size."""
    points = [(math.log(size), math.log(taken)) for size, taken in seconds.items()]
    return statistics.linear_regression(*zip(*points, strict=True)).slope
