"""From a menu's needs into the baskets of its delivery days, all or none."""

from collections.abc import Sequence
from datetime import date

from config.ground.trail import Actor, acting
from kitchens.actions.baskets import save_basket
from kitchens.models import Kitchen
from kitchens.queries.baskets import WantedLine, basket_of


def fill_baskets(*, kitchen: Kitchen, days: Sequence[tuple[date, Sequence[WantedLine]]], by: Actor) -> int:
    """Set each day's needs in its basket beside what else lies there; how many lines. A second time changes nothing.

    Raises ChangedMeanwhile when somebody fills the same basket at the same moment.
    """
    lines = 0
    with acting(by):
        for day, wanted in days:
            basket = basket_of(kitchen, day)
            asked = {line.product_id for line in wanted}
            kept = [line for line in basket.lines if line.product_id not in asked]
            save_basket(
                kitchen=kitchen,
                delivery_date=day,
                lines=[*kept, *wanted],
                version=basket.version,
                by=by,
            )
            lines += len(wanted)
    return lines
