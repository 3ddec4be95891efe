"""What goes otherwise than promised in the demo's weeks: mostly nothing, always the same, all invented.

A turn is a running number of a purchase order (week by week, farm by farm) or of a receipt (kitchen by kitchen).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

FROST = "Frosten tog en del av skörden."
NO_CAR = "Lastbilen står på verkstad hela veckan."
TOO_WARM = "För varm vid leverans: 9,5 °C."
CRUSHED = "Krossade förpackningar."
MOULD = "Mögel i botten, upptäckt vid uppackning."
WARM = Decimal("9.5")
TEMPERATURES = {"chilled": Decimal("4.2"), "frozen": Decimal("-19.5")}


@dataclass(frozen=True, slots=True)
class Each:
    """Each ``every`` turns, first at ``first``."""

    every: int
    first: int

    def falls_on(self, turn: int) -> bool:
        return turn % self.every == self.first


DECLINED = Each(37, first=22)
SHORT = Each(9, first=5)
LOST_ON_THE_WAY = Each(13, first=7)
TURNED_AWAY = Each(11, first=6)
SENT_BACK = Each(19, first=8)


class Answer(Enum):
    """How a farm answers its purchase order."""

    FULL = "full"
    PART = "part"
    NOT = "not"


def answer_of(turn: int) -> Answer:
    if DECLINED.falls_on(turn):
        return Answer.NOT
    return Answer.PART if SHORT.falls_on(turn) else Answer.FULL


def weight_share(turn: int) -> Decimal:
    """What the scale shows of a promised catch weight: 97 to 103 per cent, within every tolerance of the demo."""
    return Decimal(97 + turn % 7) / 100


@dataclass(frozen=True, slots=True)
class Turned:
    """What a kitchen turns away at the door of one line."""

    packs: int
    reason: str
    temperature_c: Decimal | None


def turned_away(turn: int, *, packs: int, chilled: bool) -> Turned | None:
    """What happens to one line of so many packs in this receipt; None when all is in order."""
    if not TURNED_AWAY.falls_on(turn):
        return None
    return Turned(packs, TOO_WARM, WARM) if chilled else Turned(1, CRUSHED, None)
