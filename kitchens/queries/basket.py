"""A kitchen's basket for a delivery date."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kitchens.models import Basket as BasketRow
from kitchens.models import BasketLine, Kitchen


@dataclass(frozen=True, slots=True)
class Line:
    """A wanted quantity in the product's base unit. ``refused`` is why it could not be ordered, with ways out."""

    product_id: int
    name_sv: str
    name_en: str
    unit: str
    quantity: Decimal
    accept_part: bool
    note: str
    refused: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Basket:
    """Version 0 is a basket that nobody has saved yet."""

    version: int
    lines: tuple[Line, ...]


def basket(kitchen: Kitchen, delivery_date: date) -> Basket:
    """What the kitchen wants for that day and has not ordered, by product name."""
    row = BasketRow.objects.filter(kitchen=kitchen, delivery_date=delivery_date).first()
    if row is None:
        return Basket(version=0, lines=())
    lines = BasketLine.objects.filter(basket=row).select_related("product")
    return Basket(
        version=row.version,
        lines=tuple(
            Line(
                product_id=line.product_id,
                name_sv=line.product.name_sv,
                name_en=line.product.name_en,
                unit=line.product.base_unit,
                quantity=line.quantity,
                accept_part=line.accept_part,
                note=line.note,
                refused=line.refused,
            )
            for line in lines.order_by("product__sort_key", "pk")
        ),
    )
