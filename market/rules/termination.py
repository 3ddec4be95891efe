"""May an agreement be ended so? What is ordered stands: nothing is ever cancelled by an ending."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Side(StrEnum):
    """Who ends it."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    BOTH = "both"


class Fault(StrEnum):
    MISSING = "missing"
    BACKWARDS = "backwards"
    AFTER_ITS_END = "after_its_end"
    BEFORE_ITS_START = "before_its_start"
    NOTICE_TOO_SHORT = "notice_too_short"


@dataclass(frozen=True, slots=True)
class Ending:
    """``last_day`` is the last on which the agreement holds; ``notice_days`` what its clause demands, None for none.

    ``told_on`` is when the other party was told.
    """

    side: Side
    last_day: date
    clause: str
    reason: str
    told_on: date
    notice_days: int | None = None


def ending_faults(
    asked: Ending, *, valid_from: date, valid_to: date, today: date
) -> tuple[tuple[str, Fault], ...]:
    """What stands against it, by field. An ending lies ahead, and as far ahead as the clause's days of notice."""
    faults = [
        (name, Fault.MISSING)
        for name, text in (("clause", asked.clause), ("reason", asked.reason))
        if not text.strip()
    ]
    if asked.told_on > today:
        faults.append(("told_on", Fault.BACKWARDS))
    if asked.last_day < today:
        faults.append(("last_day", Fault.BACKWARDS))
    if asked.last_day < valid_from:
        faults.append(("last_day", Fault.BEFORE_ITS_START))
    if asked.last_day >= valid_to:
        faults.append(("last_day", Fault.AFTER_ITS_END))
    if asked.notice_days is not None and (asked.last_day - asked.told_on).days < asked.notice_days:
        faults.append(("last_day", Fault.NOTICE_TOO_SHORT))
    return tuple(faults)
