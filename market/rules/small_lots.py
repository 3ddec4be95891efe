"""The small-lot pot (5 kap. 8 § LOU): small part contracts of a procurement that may be bought by 19 or 19 a kap.

A lot below the amount, and all such lots together within a share of the procurement's whole value. Amounts are SEK excl.
VAT; amount and share are the law's figures of the day on which the whole was valued. Whether such a lot may be awarded
directly is judged apart, and decided by an officer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

OERE = Decimal("0.01")


class Fault(StrEnum):
    NOT_POSITIVE = "not_positive"
    LOT_TOO_LARGE = "lot_too_large"
    POT_TOO_SMALL = "pot_too_small"


@dataclass(frozen=True, slots=True)
class PotVerdict:
    """``pot_sek`` is the share of the whole, ``left_sek`` what would be left of it; below 0 it does not reach."""

    pot_sek: Decimal
    used_sek: Decimal
    left_sek: Decimal
    faults: tuple[Fault, ...]

    @property
    def allowed(self) -> bool:
        return not self.faults


def may_take_lot(
    lot_sek: Decimal,
    *,
    lots_before: Sequence[Decimal],
    whole_sek: Decimal,
    amount_sek: Decimal,
    share: Decimal,
) -> PotVerdict:
    """Whether the lot fits: strictly below the amount, and all together at most the share of the whole (to the öre)."""
    pot = (whole_sek * share).quantize(OERE, rounding=ROUND_DOWN)
    used = sum(lots_before, start=Decimal(0))
    left = pot - used - lot_sek
    faults = []
    if lot_sek <= 0:
        faults.append(Fault.NOT_POSITIVE)
    if lot_sek >= amount_sek:
        faults.append(Fault.LOT_TOO_LARGE)
    if left < 0:
        faults.append(Fault.POT_TOO_SMALL)
    return PotVerdict(pot_sek=pot, used_sek=used, left_sek=left, faults=tuple(faults))
