"""From what a menu needs to what is asked for: on which delivery day, in how many whole packs.

Which farm gives it is not chosen here: the agreement's terms do that (7 kap. 6 § LOU).
"""

from collections.abc import Collection
from datetime import date
from decimal import ROUND_CEILING, Decimal

NOTHING = Decimal(0)
GRAM = Decimal("0.001")


def in_base_units(*, kg: Decimal, kg_per_base: Decimal | None) -> Decimal | None:
    """kg in the goods' base unit, up to whole grams or thousandths. None when nobody tells what one of them weighs."""
    return None if kg_per_base is None else (kg / kg_per_base).quantize(GRAM, rounding=ROUND_CEILING)


def in_whole_packs(quantity: Decimal, *, sizes: Collection[Decimal]) -> Decimal:
    """The least that whole packs can make of at least ``quantity``; the quantity itself where no pack is known.

    Packs are taken as the allotment does it: largest first, leaving out the largest ones in turn.
    """
    if quantity <= 0:
        return NOTHING
    falling = sorted(set(sizes), reverse=True)
    made = [total for start in range(len(falling)) for total in _totals(quantity, falling[start:])]
    return min(made, default=quantity)


def _totals(quantity: Decimal, sizes: Collection[Decimal]) -> list[Decimal]:
    """Largest first down to each size, and there one pack more than fits."""
    totals, taken = [], NOTHING
    for size in sizes:
        packs, rest = divmod(quantity - taken, size)
        taken += packs * size
        totals.append(taken + size if rest else taken)
    return totals


def delivery_day_before(menu_day: date, delivery_days: Collection[date]) -> date | None:
    """The last delivery day before the menu day; None when there is none left: the same morning is too late to cook."""
    return max((day for day in delivery_days if day < menu_day), default=None)
