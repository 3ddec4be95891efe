"""How concentrated purchases are on few suppliers."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

LARGEST = 10
POINTS = 10_000  # of the index where one supplier has everything


@dataclass(frozen=True, slots=True)
class Concentration:
    """Shares are of one; ``index`` is Herfindahl-Hirschman's, the sum of squared shares times 10 000. None of nothing."""

    suppliers: int
    largest_sek: Decimal
    ten_largest_sek: Decimal
    total_sek: Decimal
    index: Decimal | None


def concentration(amounts: Iterable[Decimal]) -> Concentration:
    """Of what each supplier sold, SEK. Suppliers of nothing, or who took back more than they brought, are left out."""
    sold = sorted((amount for amount in amounts if amount > 0), reverse=True)
    total = sum(sold, Decimal(0))
    return Concentration(
        suppliers=len(sold),
        largest_sek=sold[0] if sold else Decimal(0),
        ten_largest_sek=sum(sold[:LARGEST], Decimal(0)),
        total_sek=total,
        index=sum((amount * amount for amount in sold), Decimal(0)) * POINTS / (total * total)
        if total
        else None,
    )
