"""The port through which orders settle a basket: what was placed leaves it, what was refused stays with its reason."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Kept:
    """A line, or the rest of one, that could not be ordered. ``laid_at``: its price was seen then, else now."""

    product_id: int
    quantity: Decimal
    accept_part: bool
    note: str
    refused: dict[str, Any]
    laid_at: datetime | None = None


_SETTLE = """
WITH basket AS (
  INSERT INTO kitchens_basket (kitchen_id, delivery_date) VALUES (%(kitchen)s, %(day)s)
  ON CONFLICT (kitchen_id, delivery_date) DO UPDATE
    SET version = kitchens_basket.version + 1, changed_at = now()
  RETURNING id
), placed AS (
  DELETE FROM kitchens_basketline USING basket WHERE basket_id = basket.id AND product_id = ANY(%(placed)s)
), kept AS (
  INSERT INTO kitchens_basketline (basket_id, product_id, quantity, accept_part, note, refused, laid_at)
  SELECT basket.id, k.product_id, k.quantity, k.accept_part, k.note, k.refused, coalesce(k.laid_at, now())
  FROM basket, jsonb_to_recordset(%(kept)s)
    AS k(product_id bigint, quantity numeric, accept_part boolean, note text, refused jsonb,
                                       laid_at timestamptz)
  ON CONFLICT (basket_id, product_id) DO UPDATE
    SET quantity = excluded.quantity, accept_part = excluded.accept_part, note = excluded.note,
        refused = excluded.refused
)
SELECT id FROM basket
"""


def settle_basket(
    *, kitchen_id: int, delivery_date: date, placed: Sequence[int], kept: Sequence[Kept]
) -> None:
    """Take the products in ``placed`` out of the basket and keep ``kept`` in it, in one statement."""
    lines = [
        {
            "product_id": each.product_id,
            "quantity": str(each.quantity),
            "accept_part": each.accept_part,
            "note": each.note,
            "refused": each.refused,
            "laid_at": each.laid_at and each.laid_at.isoformat(),
        }
        for each in kept
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _SETTLE,
            {"kitchen": kitchen_id, "day": delivery_date, "placed": list(placed), "kept": json.dumps(lines)},
        )
