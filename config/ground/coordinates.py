"""Where a place lies: WGS84 degrees, as a map on the web or a telephone tells them, checked and rounded."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

THOUSANDTH: Final = Decimal("0.001")  # of a degree: about a hundred metres, all that the map draws
# The Nordic countries and the Baltic coasts; whoever writes the two the wrong way round is outside.
SOUTH, NORTH, WEST, EAST = Decimal(54), Decimal(72), Decimal(4), Decimal(32)
LONGEST: Final = 20


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Degrees north and east of WGS84."""

    latitude: Decimal
    longitude: Decimal

    @property
    def is_near(self) -> bool:
        """Whether it lies where the house is used."""
        return SOUTH <= self.latitude <= NORTH and WEST <= self.longitude <= EAST

    @property
    def rounded(self) -> "Coordinates":
        """To a thousandth of a degree: a farm may be somebody's home, and no more is needed."""
        return Coordinates(
            self.latitude.quantize(THOUSANDTH, ROUND_HALF_EVEN),
            self.longitude.quantize(THOUSANDTH, ROUND_HALF_EVEN),
        )


def read_degrees(text: str) -> Decimal | None:
    """``59.04`` or ``59,04``, with or without a degree sign; None for what is none."""
    bare = text.strip().removesuffix("°").strip().replace(",", ".").replace("\u2212", "-")
    if len(bare) > LONGEST or not re.fullmatch(r"-?\d{1,3}(\.\d+)?", bare, re.ASCII):
        return None
    return Decimal(bare)
