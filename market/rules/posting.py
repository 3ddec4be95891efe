"""What a farm may say of goods that it posts: marks that a certificate covers, a price that the agreement leaves open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class AgreedPrice:
    """A pack's price in an agreement that holds on some day of the offer. ``is_cap``: the farm sets its own, up to it."""

    price_sek: Decimal
    is_cap: bool


@dataclass(frozen=True, slots=True)
class PriceNotOpen:
    """The own price is lawful in no agreement. ``cap_sek`` is the highest cap; None where every agreed price is fixed."""

    cap_sek: Decimal | None


def fault_of_own_price(own_sek: Decimal | None, agreed: Sequence[AgreedPrice]) -> PriceNotOpen | None:
    """Whether an own price could be paid under one agreement at least.

    A pack that no agreement prices yet may be posted at any price: it can't be ordered, and is judged when it can.
    """
    if own_sek is None or not agreed:
        return None
    caps = [price.price_sek for price in agreed if price.is_cap]
    if not caps:
        return PriceNotOpen(cap_sek=None)
    return PriceNotOpen(cap_sek=max(caps)) if own_sek > max(caps) else None


def unproven(claims: Iterable[str], *, proven: Iterable[str]) -> list[str]:
    """The marks claimed that no certificate of the farm covers for these goods on any day of the offer."""
    return sorted(set(claims) - set(proven))
