"""What a kitchen wants and has not ordered yet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kitchens.models import BasketLine, Kitchen


@dataclass(frozen=True, slots=True)
class WantedLine:
    """A line of a basket. ``refused`` is the finding that keeps it there; None for one that was never refused.

    ``laid_at`` is up to when the kitchen has seen its price; None where nobody knows.
    """

    product_id: int
    quantity: Decimal
    accept_part: bool = True
    note: str = ""
    refused: Mapping[str, Any] | None = None
    laid_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BasketNow:
    """``version`` 0: there is no basket for the day yet."""

    version: int
    lines: tuple[WantedLine, ...]


def basket_of(kitchen: Kitchen, delivery_date: date) -> BasketNow:
    """The basket of a day, its lines in Swedish order. One statement."""
    rows = (
        kitchen.baskets.filter(delivery_date=delivery_date)
        .order_by("lines__product__sort_key", "lines__product")
        .values_list(
            "version",
            "lines__product",
            "lines__quantity",
            "lines__accept_part",
            "lines__note",
            "lines__refused",
            "lines__laid_at",
        )
    )
    version, lines = 0, []
    for now, product_id, quantity, accept_part, note, refused, laid_at in rows:
        version = now
        if product_id is not None:
            lines.append(
                WantedLine(
                    product_id=product_id,
                    quantity=quantity,
                    accept_part=accept_part,
                    note=note,
                    refused=refused,
                    laid_at=laid_at,
                )
            )
    return BasketNow(version=version, lines=tuple(lines))


def waiting_lines(
    kitchen: Kitchen, *, days: Collection[date] | None = None, today: date | None = None
) -> list[BasketLine]:
    """Refused or short lines that wait in the baskets of these days, or from ``today`` on."""
    lines = BasketLine.objects.filter(basket__kitchen=kitchen, refused__isnull=False)
    if days is not None:
        lines = lines.filter(basket__delivery_date__in=days)
    if today is not None:
        lines = lines.filter(basket__delivery_date__gte=today)
    return list(
        lines.select_related("basket", "product").order_by("basket__delivery_date", "product__sort_key")
    )
