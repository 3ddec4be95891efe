"""Ordered, delivered, served and wasted are views of the same goods: they balance and are never added."""

from dataclasses import dataclass
from decimal import Decimal


class NotBalanced(ValueError):  # noqa: N818 - named for the refusal that a person reads
    """The period is open, or the stock was not counted at both its ends: nothing can be said of the balance."""


@dataclass(frozen=True, slots=True)
class Views:
    """One period's goods in one measure, kg or kg CO2e by one set. ``stock_*`` None where nobody counted."""

    delivered: Decimal
    served: Decimal
    wasted: Decimal
    stock_before: Decimal | None
    stock_after: Decimal | None
    is_closed: bool = True


@dataclass(frozen=True, slots=True)
class Balance:
    """``unexplained`` is what was delivered and is neither served, wasted nor in stock."""

    stock_change: Decimal
    unexplained: Decimal

    @property
    def holds(self) -> bool:
        return self.unexplained == 0


def balance(views: Views) -> Balance:
    """delivered = served + kitchen waste + change of stock. Raises NotBalanced where it can't be asked."""
    if not views.is_closed or views.stock_before is None or views.stock_after is None:
        raise NotBalanced("a closed period with a stock count at both ends")
    stock_change = views.stock_after - views.stock_before
    return Balance(stock_change, views.delivered - views.served - views.wasted - stock_change)
