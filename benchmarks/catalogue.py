"""The range of a day with 100 000 live offers of 400 farms, before one kitchen: first page, search and filters.

`--size` is the number of offers. One client asks after the other, then twenty at once with a second between their
questions, all in one process (its threads share one interpreter, which is the worse case). The floor is each request's
own statements, sent by bare psycopg. What a first look costs, when the range is not kept yet, is told beside; so is a
search whose every row is judged anew: nothing changes meanwhile, and rows that come again are compared and not judged.
"""

import itertools
import statistics
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import psycopg

from benchmarks import database, generator
from benchmarks.floors import catalogue as floor
from benchmarks.frame import Figure, figure, paired, seconds_of

if TYPE_CHECKING:
    from benchmarks.ours.looking import Looker

OFFERS = 100_000
OFFERS_AN_AGREEMENT = 32  # sixteen farms and products, two packs each
P50_LIMIT = 0.025
P95_LIMIT = 0.150
STATEMENTS_LIMIT = 8
CLIENTS = 20
THINK_SECONDS = 1.0
WARM_UPS = 8
ROUNDS_OF_ONE = 24  # of a client of the crowd, before she begins again


def run(*, size: int | None, quick: bool) -> list[Figure]:
    """`size` is the number of live offers."""
    offers = size or (5_000 if quick else OFFERS)
    shape = generator.Shape(
        lines=1_200 + (0 if quick else 1),
        regions=1,
        authorities=2,
        farms=400,
        kitchens=CLIENTS,
        agreements=max(60, offers // OFFERS_AN_AGREEMENT),
        open_days=1,
    )
    with database.servers() as addresses:
        url = generator.world(addresses, shape, to_write=True)
        database.use(url, addresses=addresses)
        with psycopg.connect(url, autocommit=True) as connection:
            return _measured(connection, rounds=15 if quick else 60, seconds=4 if quick else 20)


def _measured(connection: psycopg.Connection, *, rounds: int, seconds: float) -> list[Figure]:
    from benchmarks.ours import looking  # noqa: PLC0415  # Django has to be set up first
    from market.models import Offer  # noqa: PLC0415

    looker = looking.Looker()
    live = Offer.objects.filter(pool__valid_to__gte=generator.FIRST_OPEN_DAY).count()
    figures = [
        figure("live_offers", live, unit="offers"),
        figure("range_read_anew", seconds_of(lambda: looker.look({})), unit="s"),
    ]
    counted = 0
    for name, looks in looking.LOOKS.items():
        turns = itertools.cycle(looks)
        for _ in range(WARM_UPS):
            looker.look(next(turns))
        told = looker.statements_of(next(turns))
        counted = max(counted, len(told))

        def ours(turns: Iterator[dict[str, str]] = turns) -> float:
            asked = next(turns)
            return seconds_of(lambda: looker.look(asked))

        def bare(told: object = told) -> float:
            return seconds_of(lambda: floor.read(connection, told))  # type: ignore[arg-type]

        bare()
        figures += paired(ours, bare, rounds=rounds).figures(name, seconds_limit=P50_LIMIT)
    figures.append(_judged_anew(looker, rounds=rounds))
    figures.append(figure("statements", counted, unit="", limit=STATEMENTS_LIMIT))
    taken = _crowd(seconds)
    figures.append(
        figure(
            f"p95_of_{CLIENTS}_clients",
            statistics.quantiles(taken, n=20)[-1],
            unit="s",
            limit=P95_LIMIT,
            spread=(min(taken), max(taken)),
        )
    )
    return figures


def _judged_anew(looker: "Looker", *, rounds: int) -> Figure:
    """A search none of whose rows is kept from before."""
    from benchmarks.ours import looking  # noqa: PLC0415
    from market.queries.catalogue import rows_kept  # noqa: PLC0415

    turns = itertools.cycle(looking.LOOKS["search"])
    taken = []
    for _ in range(rounds):
        rows_kept.forget()
        taken.append(seconds_of(lambda: looker.look(next(turns))))
    spread = (min(taken), max(taken))
    return figure("search_judged_anew", statistics.median(taken), unit="s", spread=spread)


def _crowd(seconds: float) -> list[float]:
    """What each question of twenty clients took, a second's thought between them."""
    from django.db import connections  # noqa: PLC0415

    from benchmarks.ours import looking  # noqa: PLC0415

    taken: list[float] = []
    until = time.monotonic() + seconds
    lookers = [looking.Looker() for _ in range(CLIENTS)]

    def ask(number: int) -> None:
        time.sleep(THINK_SECONDS * number / CLIENTS)
        kinds = [itertools.cycle(each) for each in looking.LOOKS.values()]
        looks = [next(kind) for _ in range(ROUNDS_OF_ONE) for kind in kinds]
        turn = number
        while time.monotonic() < until:
            asked = looks[turn % len(looks)]
            taken.append(seconds_of(lambda asked=asked: lookers[number].look(asked)))  # type: ignore[misc]
            turn += 1
            time.sleep(THINK_SECONDS)
        connections.close_all()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken
