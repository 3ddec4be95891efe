"""A farm's list of 20 000 rows, looked at before it is read in: read, matched, judged; nothing is written.

The floor reads the same text with the standard library's reader and turns its figures into decimals.
"""

from benchmarks import database, generator
from benchmarks.floors import import_list as floor
from benchmarks.frame import Figure, Ratio, figure, paired, seconds_of
from deploy.local.servers import Addresses

ROWS, QUICK_ROWS = 20_000, 2_000
SECONDS = 3.0


def run(*, size: int | None, quick: bool) -> list[Figure]:
    """`size` is the number of rows."""
    rows = size or (QUICK_ROWS if quick else ROWS)
    with database.servers() as addresses:
        url = generator.world(addresses, generator.Shape(lines=10_000, regions=1), to_write=True)
        ratio = _measured(url, addresses, rows=rows, rounds=2 if quick else 7)
    median = sorted(ratio.ours)[len(ratio.ours) // 2]
    return [
        figure("dry_run", median, unit="s", limit=SECONDS, spread=(min(ratio.ours), max(ratio.ours))),
        *ratio.figures(f"rows_{rows}"),
    ]


def _measured(url: str, addresses: Addresses, *, rows: int, rounds: int) -> Ratio:
    database.use(url, addresses=addresses)
    from benchmarks.ours import listing  # noqa: PLC0415  # Django has to be set up first

    asked = listing.farm_with_a_list(rows)

    def ours() -> float:
        return seconds_of(lambda: listing.look(asked))

    def bare() -> float:
        return seconds_of(lambda: floor.read(asked.content))

    ours(), bare()
    return paired(ours, bare, rounds=rounds)
