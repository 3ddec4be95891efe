"""Is this price what the farm means? A price ten times off its own history is asked about once.

The usual slip is the unit: the price of a kilogram typed where the price of a crate is asked for, or the other way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

TEN = Decimal(10)
NEAR = Decimal(2)
QUARTER = Decimal("0.25")


class Meant(StrEnum):
    """What the price was probably given for."""

    KG = "kg"
    PACK = "pack"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Doubt:
    """``usual_sek`` is the middle of the history; ``times`` is how many times more or less, at least ten."""

    usual_sek: Decimal
    times: Decimal
    is_high: bool
    meant: Meant


def price_doubt(
    *, price_sek: Decimal, history_sek: Sequence[Decimal], base_per_pack: Decimal, per_kg: bool
) -> Doubt | None:
    """A doubt about a price, or None. All prices are SEK in the same unit: per pack, or per kg where ``per_kg``.

    Exactly ten times is in doubt already. Without a history nothing is known and nothing is asked. ValueError for a
    price or a pack of nothing.
    """
    if price_sek <= 0 or base_per_pack <= 0 or any(each <= 0 for each in history_sek):
        raise ValueError("prices and packs are more than nothing")
    if not history_sek:
        return None
    usual = median(history_sek)
    is_high = price_sek > usual
    times = price_sek / usual if is_high else usual / price_sek
    if times < TEN:
        return None
    return Doubt(
        usual_sek=usual,
        times=times,
        is_high=is_high,
        meant=_meant(price_sek, usual=usual, base=base_per_pack, per_kg=per_kg),
    )


def _meant(price: Decimal, *, usual: Decimal, base: Decimal, per_kg: bool) -> Meant:
    """The other unit, where the price is about the usual one in that unit."""
    other = price / base if per_kg else price * base
    if not usual / NEAR <= other <= usual * NEAR:
        return Meant.UNKNOWN
    return Meant.PACK if per_kg else Meant.KG


def unit_slip(
    *, price_sek: Decimal, history_sek: Sequence[Decimal], base_per_pack: Decimal, per_kg: bool
) -> Doubt | None:
    """A price that is not the usual one but fits it in the other unit: 12.50 per kg entered as per crate of 5 kg.

    At least twice off, and within a quarter of the usual one once it is read in the other unit. Asked of prices
    that bind for years; a farm's weekly price is asked about from ten times off only. ValueError as ``price_doubt``.
    """
    if price_sek <= 0 or base_per_pack <= 0 or any(each <= 0 for each in history_sek):
        raise ValueError("prices and packs are more than nothing")
    if not history_sek:
        return None
    usual = median(history_sek)
    is_high = price_sek > usual
    times = price_sek / usual if is_high else usual / price_sek
    other = price_sek / base_per_pack if per_kg else price_sek * base_per_pack
    if times < NEAR or is_high is not per_kg or not usual * (1 - QUARTER) <= other <= usual * (1 + QUARTER):
        return None
    return Doubt(usual_sek=usual, times=times, is_high=is_high, meant=Meant.PACK if per_kg else Meant.KG)
