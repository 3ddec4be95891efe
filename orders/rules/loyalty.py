"""Contract loyalty: how much of what is bought lies under an agreement, and of how much that can't be told.

A purchase elsewhere lies under an agreement when its supplier had one on that day that covers the need. Having an agreement
for potatoes makes no meat loyal. What can't be told is neither: unknown is not zero, and the share says what it covers.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

NOTHING = Decimal(0)


class Side(StrEnum):
    UNDER = "under"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


def side_of(*, supplier_known: bool, has_need: bool, has_agreement: bool, covers_need: bool) -> Side:
    """Of one purchase elsewhere. ``has_agreement``: its supplier had one in force that day; ``covers_need``: for that need."""
    if not supplier_known:
        return Side.UNKNOWN
    if not has_agreement:
        return Side.OUTSIDE
    if not has_need:
        return Side.UNKNOWN
    return Side.UNDER if covers_need else Side.OUTSIDE


@dataclass(frozen=True, slots=True)
class Loyalty:
    """SEK excl. VAT; credits are taken off. ``under_sek`` holds the call-offs, which are under agreements always."""

    under_sek: Decimal = NOTHING
    outside_sek: Decimal = NOTHING
    unknown_sek: Decimal = NOTHING

    def __add__(self, other: "Loyalty") -> "Loyalty":
        return Loyalty(
            self.under_sek + other.under_sek,
            self.outside_sek + other.outside_sek,
            self.unknown_sek + other.unknown_sek,
        )

    @property
    def known_sek(self) -> Decimal:
        return self.under_sek + self.outside_sek

    @property
    def total_sek(self) -> Decimal:
        return self.known_sek + self.unknown_sek

    @property
    def share(self) -> Decimal | None:
        """Of what can be told, from 0 to 1; None where nothing can, or credits outweigh purchases."""
        return _share(self.under_sek, self.known_sek)

    @property
    def coverage(self) -> Decimal | None:
        """How much of all spend the share speaks of."""
        return _share(self.known_sek, self.total_sek)


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    return part / whole if NOTHING <= part <= whole and whole > NOTHING else None
