"""Placing forty lines: the action, and the API's door with session and middleware, against bare set statements.

The world is a country with a million past lines (`--size`); both write into the same database by turns.
"""

import uuid

import psycopg

from benchmarks import database, generator
from benchmarks.floors import place_order as floor
from benchmarks.frame import Figure, figure, paired, seconds_of

LINES = 40
ACTION_LIMIT = 3.0
DOOR_LIMIT = 6.0
STATEMENTS_LIMIT = 14
WARM_UPS = 8  # more than the five after which the driver prepares the floor's statements


def run(*, size: int | None, quick: bool) -> list[Figure]:
    """`size` is the number of past lines."""
    past = size or (10_000 if quick else 1_000_000)
    shape = generator.Shape(lines=past, regions=2 if quick else 20)
    with database.servers() as addresses:
        url = generator.world(addresses, shape)
        database.use(url, addresses=addresses)
        with psycopg.connect(url, autocommit=True) as connection:
            return _measured(connection, rounds=15 if quick else 60)


def _measured(connection: psycopg.Connection, *, rounds: int) -> list[Figure]:
    from benchmarks.ours import ordering  # noqa: PLC0415  # Django has to be set up first

    kitchen, lines = ordering.first_kitchen(), ordering.asked_lines(LINES)
    once = ordering.place(kitchen, lines)
    values = floor.prepared(connection, order_id=once.order_id, key=once.key)
    door = ordering.Door(kitchen, lines)

    def action() -> float:
        return seconds_of(lambda: ordering.place(kitchen, lines))

    def http() -> float:
        return seconds_of(door.place)

    def bare() -> float:
        return seconds_of(lambda: floor.place(connection, values, key=uuid.uuid4().hex))

    for _ in range(WARM_UPS):
        action(), http(), bare()
    counted = [ordering.statements(kitchen, ordering.asked_lines(count)) for count in (1, LINES, 160)]
    return [
        *paired(action, bare, rounds=rounds).figures("action", limit=ACTION_LIMIT),
        *paired(http, bare, rounds=rounds).figures("http", limit=DOOR_LIMIT),
        figure("http_statements", door.statements(), unit="", limit=STATEMENTS_LIMIT),
        figure("action_statements", max(counted), unit="", limit=STATEMENTS_LIMIT),
        figure("more_statements_for_160_lines", max(counted) - min(counted), unit="", limit=0),
    ]
