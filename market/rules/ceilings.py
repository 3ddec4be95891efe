"""How near a lot is to its ceiling. The share is the house's own choice for when to say so, no law."""

from decimal import Decimal
from enum import IntEnum

NEAR = Decimal("0.8")


class Nearness(IntEnum):
    """Later is worse."""

    FAR = 0
    NEAR = 1
    REACHED = 2
    OVER = 3


def nearness(*, ceiling: Decimal, room: Decimal) -> Nearness:
    """``room`` is what is left under ``ceiling``, in the same unit; below zero it is what went over."""
    if room < 0:
        return Nearness.OVER
    if room == 0:
        return Nearness.REACHED
    return Nearness.NEAR if ceiling - room >= ceiling * NEAR else Nearness.FAR
