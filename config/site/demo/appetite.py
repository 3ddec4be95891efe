"""What a demo kitchen asks for: each kind of goods its invented share of the food money, always the same lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from zlib import crc32

from config.site.demo.goods import BY_NEED, Ware
from config.site.demo.plans import KitchenPlan

EATERS_OF_OTHERS = 120  # of a kitchen that has no pupils
# Lines a delivery of each need, and SEK a line and eater.
SHARES = {
    "roots": (2, Decimal("1.00")),
    "greens": (2, Decimal("0.90")),
    "fruit": (2, Decimal("2.00")),
    "dry": (1, Decimal("0.80")),
    "dairy": (2, Decimal("1.50")),
    "eggs": (1, Decimal("1.20")),
    "meat": (1, Decimal("4.00")),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """So much of a kind of goods, in its base unit and in whole packs of the smallest pack."""

    ware: Ware
    quantity: Decimal
    need: str


def wishes(kitchen: KitchenPlan, *, needs: Iterable[str], week: int) -> list[Wish]:
    """What the kitchen wants for a delivery in that week, of those needs. Another week takes the next goods in turn."""
    turn = crc32(kitchen.name.encode()) + week
    eaters = kitchen.pupils or EATERS_OF_OTHERS
    return [
        _wish(wares[(turn * lines + number) % len(wares)], sek=sek * eaters, need=need)
        for need, (lines, sek) in SHARES.items()
        if need in set(needs)
        for wares in [BY_NEED[need]]
        for number in range(lines)
    ]


def believed(kitchen: KitchenPlan, *, need: str, week: int) -> Wish:
    """What the kitchen believes that it will want of a need so many weeks ahead: all kitchens the same goods in turn."""
    _lines, sek = SHARES[need]
    wares = BY_NEED[need]
    return _wish(wares[week % 2 % len(wares)], sek=sek * (kitchen.pupils or EATERS_OF_OTHERS), need=need)


def _wish(ware: Ware, *, sek: Decimal, need: str) -> Wish:
    step = min(pack.base_per_pack for pack in ware.draft.packs)
    packs = (sek / ware.price_sek / step).to_integral_value(rounding=ROUND_UP)
    return Wish(ware, quantity=packs * step, need=need)
