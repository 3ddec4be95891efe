"""Saving what a kitchen wants before it orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from config.ground.refusals import ChangedMeanwhile, InvalidInput
from config.ground.trail import Actor, acting
from kitchens.models import Basket, BasketLine, Kitchen
from kitchens.queries.basket import basket as read_basket
from market.models import Product

MOST = Decimal(1_000_000)
SMALLEST = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class WantedLine:
    """A wanted quantity in the product's base unit."""

    product_id: int
    quantity: Decimal
    accept_part: bool = True
    note: str = ""


def save_basket(
    *, kitchen: Kitchen, delivery_date: date, lines: Sequence[WantedLine], version: int, by: Actor
) -> Basket:
    """The basket holds these lines and no others. ``version`` is the one that was open; 0 for none yet.

    A line whose quantity stays keeps why it was refused; a changed one may be asked for anew. Raises InvalidInput,
    and ChangedMeanwhile with ``theirs`` and ``mine`` when somebody else saved in between.
    """
    _check(lines)
    with acting(by):
        row = _take(kitchen, delivery_date=delivery_date, version=version)
        if row is None:
            theirs = read_basket(kitchen, delivery_date)
            raise ChangedMeanwhile(
                now=theirs.version,
                yours=version,
                theirs=[_told(line.product_id, line.quantity, line.note) for line in theirs.lines],
                mine=[_told(line.product_id, line.quantity, line.note) for line in lines],
            )
        _replace(row, lines)
    return row


def _check(lines: Sequence[WantedLine]) -> None:
    faults: dict[str, list[str]] = {}
    known = set(
        Product.objects.filter(pk__in=[line.product_id for line in lines]).values_list("pk", flat=True)
    )
    seen: set[int] = set()
    for number, line in enumerate(lines):
        if line.product_id not in known:
            faults[f"lines.{number}.product"] = [_("Varan finns inte.")]
        if line.product_id in seen:
            faults[f"lines.{number}.product"] = [_("Varan står redan på en annan rad.")]
        seen.add(line.product_id)
        if not line.quantity.is_finite() or not 0 < line.quantity <= MOST or line.quantity % SMALLEST:
            faults[f"lines.{number}.quantity"] = [_("Ange en mängd över noll med högst tre decimaler.")]
    if faults:
        raise InvalidInput(fields=faults)


def _take(kitchen: Kitchen, *, delivery_date: date, version: int) -> Basket | None:
    """The basket's row, held and a version on; None when it is not at that version any more."""
    if version == 0:
        row, fresh = Basket.objects.get_or_create(kitchen=kitchen, delivery_date=delivery_date)
        return row if fresh else None
    held = Basket.objects.filter(kitchen=kitchen, delivery_date=delivery_date)
    if not held.filter(version=version).update(version=F("version") + 1, changed_at=Now()):
        return None
    return held.get()


def _replace(row: Basket, lines: Sequence[WantedLine]) -> None:
    before = {line.product_id: line for line in row.lines.all()}
    gone = set(before) - {line.product_id for line in lines}
    if gone:
        row.lines.filter(product__in=gone).delete()
    BasketLine.objects.bulk_create(
        (
            BasketLine(
                basket=row,
                product_id=line.product_id,
                quantity=line.quantity,
                accept_part=line.accept_part,
                note=line.note,
                refused=_still_refused(before.get(line.product_id), line),
            )
            for line in lines
        ),
        update_conflicts=True,
        unique_fields=["basket", "product"],
        update_fields=["quantity", "accept_part", "note", "refused"],
    )


def _still_refused(before: BasketLine | None, line: WantedLine) -> dict[str, Any] | None:
    if before is None or before.quantity != line.quantity or before.accept_part != line.accept_part:
        return None
    refused: dict[str, Any] | None = before.refused
    return refused


def _told(product_id: int, quantity: Decimal, note: str) -> dict[str, Any]:
    return {"product": product_id, "quantity": str(quantity), "note": note}
