"""What the demo's people do beside ordering: standing lists, forecasts that bind nobody, a farm's list read from a file."""

from collections.abc import Sequence
from datetime import date, timedelta

from config.ground.tables import SWEDISH, csv_lines
from config.site.demo.appetite import SHARES, Wish, believed, wishes
from config.site.demo.cast import Cast, Cook, Farmer
from kitchens.actions.forecasts import save_forecasts
from kitchens.actions.standing_lists import save_standing_list
from kitchens.queries.baskets import WantedLine
from kitchens.queries.forecasts import weeks_from
from market.actions.lists import import_list, keep_list
from market.queries.farm_lists import list_columns, list_rows
from market.rules.weeks import week_of

WEEKS_FORESEEN = 6
SOUP = ("roots", "dairy")


def lay_habits(cast: Cast, *, today: date, weeks_posted: int) -> None:
    """Each kitchen's two lists and its forecast of the weeks to come; the first farm's list for the week after the posted ones."""
    for cook in cast.cooks:
        _lists(cast, cook)
        _forecasts(cast, cook, weeks=weeks_from(today)[:WEEKS_FORESEEN])
    first = min(cast.farmers.values(), key=lambda farmer: farmer.place)
    _list_from_file(first, today=today, weeks_posted=weeks_posted)


def _lists(cast: Cast, cook: Cook) -> None:
    wanted = wishes(cook.plan, needs=cook.needs, week=0)
    soup = [wish for wish in wishes(cook.plan, needs=cook.needs, week=1) if wish.need in SOUP]
    for name, lines in (("Varje vecka", wanted), ("Soppdag", soup)):
        if lines:
            save_standing_list(kitchen=cook.kitchen, name=name, lines=_lines(cast, lines), by=cook.orders)


def _lines(cast: Cast, wanted: Sequence[Wish]) -> list[WantedLine]:
    return [
        WantedLine(product_id=cast.products[wish.ware.name].pk, quantity=wish.quantity) for wish in wanted
    ]


def _forecasts(cast: Cast, cook: Cook, *, weeks: Sequence[date]) -> None:
    quantities = {
        (cast.products[wish.ware.name].pk, week): wish.quantity
        for number, week in enumerate(weeks)
        for need in sorted(set(SHARES) & cook.needs)
        for wish in [believed(cook.plan, need=need, week=number)]
    }
    save_forecasts(kitchen=cook.kitchen, quantities=quantities, by=cook.orders)


def _list_from_file(farmer: Farmer, *, today: date, weeks_posted: int) -> None:
    """The same goods as this week, as a spreadsheet in Sweden would send them."""
    week = week_of(today)
    rows = list(list_rows(farmer.supplier, period=week))
    if not rows:
        return
    later = week.later(timedelta(weeks=weeks_posted))
    content = "".join(csv_lines(list_columns(), rows, variant=SWEDISH)).encode()
    name = f"lista-{later.first}.csv"
    file = keep_list(supplier=farmer.supplier, name=name, content=content, by=farmer.by)
    import_list(supplier=farmer.supplier, file=file, period=later, prices_are_right=True, by=farmer.by)
