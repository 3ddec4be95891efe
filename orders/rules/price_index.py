"""A price index of a fixed basket (Laspeyres): what the base period's goods would cost now, 100 in the base period.

A product that has no price in a period is left out of both sides there, and how much of the basket's value is left is told:
an index over half a basket says half as much.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

HUNDRED = Decimal(100)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Bought:
    """kg and SEK of a product in a period."""

    kg: Decimal
    sek: Decimal

    @property
    def per_kg(self) -> Decimal | None:
        return self.sek / self.kg if self.kg > 0 and self.sek > 0 else None


@dataclass(frozen=True, slots=True)
class Index:
    """``then_sek`` and ``now_sek`` are the basket's priced goods at the base's and at the period's prices."""

    then_sek: Decimal
    now_sek: Decimal
    basket_sek: Decimal
    missing: tuple[str, ...]

    @property
    def value(self) -> Decimal | None:
        """None where nothing of the basket has a price."""
        return self.now_sek * HUNDRED / self.then_sek if self.then_sek else None

    @property
    def priced_share(self) -> Decimal | None:
        return self.then_sek / self.basket_sek if self.basket_sek else None


def basket_of(base: Mapping[str, Bought]) -> dict[str, Bought]:
    """The goods whose quantity and price the base period tells."""
    return {product: bought for product, bought in base.items() if bought.per_kg is not None}


def laspeyres(basket: Mapping[str, Bought], now: Mapping[str, Bought]) -> Index:
    """The frozen basket at the prices of a period."""
    prices = {product: bought.per_kg for product, bought in now.items()}
    then_sek, now_sek = NOTHING, NOTHING
    missing = []
    for product, bought in basket.items():
        price = prices.get(product)
        if price is None:
            missing.append(product)
            continue
        then_sek += bought.sek
        now_sek += bought.kg * price
    return Index(
        then_sek=then_sek,
        now_sek=now_sek,
        basket_sek=sum((bought.sek for bought in basket.values()), NOTHING),
        missing=tuple(missing),
    )
