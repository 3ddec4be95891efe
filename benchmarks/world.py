"""Making a country: how long the generator takes, from an empty database to one that every bench may copy.

Ten million past lines may take a quarter of an hour. A world that is kept already tells what its making took.
"""

from benchmarks import database, generator
from benchmarks.frame import Figure, figure

COUNTRY = 10_000_000
LIMIT_SECONDS = 900.0


def run(*, size: int | None, quick: bool) -> list[Figure]:
    """`size` is the number of past lines; the limit is a country's, and grows only beyond it."""
    past = size or (10_000 if quick else 1_000_000)
    shape = generator.Shape(lines=past, regions=2 if quick else 20)
    with database.servers() as addresses:
        steps = generator.took(generator.world(addresses, shape, to_write=False))
    limit = LIMIT_SECONDS * max(1.0, past / COUNTRY)
    return [
        *(figure(name, seconds, unit="s") for name, seconds in steps.items()),
        figure(f"world_{past}", sum(steps.values()), unit="s", limit=limit),
    ]
