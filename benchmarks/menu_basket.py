"""From a menu that needs 500 goods to the basket: recipes read, packs and farms fixed by the terms, lines written.

Each round begins with an empty basket, as the first click does; `again` is a second click, which finds the lines there.
No floor is measured beside it: the limit is what a cook waits for a click, 300 ms.
"""

import statistics

from benchmarks import database, generator
from benchmarks.frame import Figure, figure, seconds_of

NEEDS = 500
LIMIT_SECONDS = 0.3
WARM_UPS = 3


def run(*, size: int | None, quick: bool) -> list[Figure]:
    """`size` is another number of needs."""
    needs = size or NEEDS
    shape = generator.Shape(lines=10_000, regions=2)
    with database.servers() as addresses:
        url = generator.world(addresses, shape)
        database.use(url, addresses=addresses)
        from benchmarks.ours import menus, ordering  # noqa: PLC0415  # Django has to be set up first

        kitchen = ordering.first_kitchen()
        menus.plan(kitchen, needs)
        page = menus.menu_to_basket(kitchen, needs)
        with_farm = sum(1 for day in page.days for row in day.rows if row.farms)
        for _ in range(WARM_UPS):
            menus.menu_to_basket(kitchen, needs)
        rounds, again = [], []
        for _ in range(10 if quick else 40):
            menus.empty_basket(kitchen)
            rounds.append(seconds_of(lambda: menus.menu_to_basket(kitchen, needs)))
            again.append(seconds_of(lambda: menus.menu_to_basket(kitchen, needs)))
    return [
        figure(
            "menu_basket",
            statistics.median(rounds),
            unit="s",
            limit=LIMIT_SECONDS if needs <= NEEDS else None,
            spread=(min(rounds), max(rounds)),
        ),
        figure("again", statistics.median(again), unit="s", spread=(min(again), max(again))),
        figure("needs", needs, unit=""),
        figure("needs_with_a_farm", with_farm, unit=""),
    ]
