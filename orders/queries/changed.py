"""Two versions of the same lines, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from config.ground.refusals import ChangedMeanwhile
from market.models import Product
from market.queries.names import goods_name, unit_name


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """What stands now and what the person wanted; None where one has no such line."""

    product_id: int
    name: str
    unit: str
    theirs: Decimal | None
    mine: Decimal | None

    @property
    def differs(self) -> bool:
        return self.theirs != self.mine


def compared(refusal: ChangedMeanwhile) -> list[ComparedLine]:
    """Both versions by product, those that differ first."""
    theirs, mine = _by_product(refusal.figures["theirs"]), _by_product(refusal.figures["mine"])
    products = Product.objects.filter(pk__in={*theirs, *mine}).order_by("sort_key")
    lines = [
        ComparedLine(
            product_id=product.pk,
            name=goods_name(product),
            unit=unit_name(product.base_unit),
            theirs=theirs.get(product.pk),
            mine=mine.get(product.pk),
        )
        for product in products
    ]
    return sorted(lines, key=lambda line: not line.differs)


def _by_product(lines: Sequence[dict[str, Any]]) -> dict[int, Decimal]:
    return {line["product"]: Decimal(line["quantity"]) for line in lines}
