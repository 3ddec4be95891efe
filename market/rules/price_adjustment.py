"""May an agreement's price change from that day, and who must approve it anew?

A price is changed only on a ground that the agreement or both parties gave: one side alone never changes the price of
what is ordered (LOH 2021:579). Prices are SEK excl. VAT per pack or per kg.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

ORE = Decimal("0.01")
FINEST = Decimal("0.0001")


class Ground(StrEnum):
    INDEX = "index"  # a clause that follows an index
    CLAUSE = "clause"  # a clause that says the new price or how it is reckoned
    AGREED = "agreed"  # both parties agreed, in writing


class Fault(StrEnum):
    PRICE_NOT_POSITIVE = "price_not_positive"
    PRICE_AS_BEFORE = "price_as_before"
    BACKWARDS = "backwards"
    CLAUSE_MISSING = "clause_missing"
    INDEX_MISSING = "index_missing"
    NOT_BY_THE_INDEX = "not_by_the_index"
    AGREED_WHEN = "agreed_when"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What is asked for. ``clause`` names the clause, or the document in which both agreed."""

    price_sek: Decimal
    first_day: date
    ground: Ground
    clause: str
    index_name: str = ""
    index_before: Decimal | None = None
    index_now: Decimal | None = None
    agreed_on: date | None = None


def indexed_price(price_sek: Decimal, *, before: Decimal, now: Decimal) -> Decimal:
    """The price by its index: price × now ÷ before, to a hundredth of an öre, half up. ``before`` is above zero."""
    return (price_sek * now / before).quantize(FINEST, ROUND_HALF_UP)


def adjustment_faults(asked: Adjustment, *, old_sek: Decimal, today: date) -> tuple[tuple[str, Fault], ...]:
    """What stands against it, by field. A price by its index may be rounded to the öre, and no further."""
    faults: list[tuple[str, Fault]] = []
    if asked.price_sek <= 0:
        faults.append(("price_sek", Fault.PRICE_NOT_POSITIVE))
    elif asked.price_sek == old_sek:
        faults.append(("price_sek", Fault.PRICE_AS_BEFORE))
    if asked.first_day < today:
        faults.append(("first_day", Fault.BACKWARDS))
    if not asked.clause.strip():
        faults.append(("clause", Fault.CLAUSE_MISSING))
    if asked.ground is Ground.INDEX:
        faults += _index_faults(asked, old_sek=old_sek)
    if asked.ground is Ground.AGREED and (asked.agreed_on is None or asked.agreed_on > today):
        faults.append(("agreed_on", Fault.AGREED_WHEN))
    return tuple(faults)


def _index_faults(asked: Adjustment, *, old_sek: Decimal) -> list[tuple[str, Fault]]:
    before, now = asked.index_before, asked.index_now
    if not asked.index_name.strip() or before is None or now is None or before <= 0 or now <= 0:
        return [("index_name", Fault.INDEX_MISSING)]
    by_index = indexed_price(old_sek, before=before, now=now)
    return [] if abs(asked.price_sek - by_index) < ORE else [("price_sek", Fault.NOT_BY_THE_INDEX)]


def must_approve(
    *, was_sek: Decimal | None, price_sek: Decimal, adjusted_at: datetime | None, seen_at: datetime | None
) -> bool:
    """Whether who wanted goods must approve their price anew: it rose by an adjustment made after they saw it.

    ``seen_at`` None: asked at the price of the moment, with nothing to compare. A lower price asks nobody.
    """
    if was_sek is None or adjusted_at is None or seen_at is None:
        return False
    return adjusted_at > seen_at and price_sek > was_sek
