"""Placed call-offs whose agreement price on their delivery day is another than the promised one, before the cut-off."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from kitchens.models import Kitchen


@dataclass(frozen=True, slots=True)
class Repriced:
    """``price_sek`` is promised, ``price_now_sek`` the agreement's; SEK excl. VAT per pack or per kg."""

    call_off_id: int
    order_id: int
    order_line_id: int
    kitchen_id: int
    product_id: int
    price_sek: Decimal
    price_now_sek: Decimal
    price_per: str
    price_id: int
    delivery_date: date
    first_day: date
    cut_off: datetime

    @property
    def rose(self) -> bool:
        return self.price_now_sek > self.price_sek


# Under a cap the farm's own price counts: it is promised as long as it keeps under the cap.
_REPRICED = """
SELECT * FROM (
  SELECT c.id, c.order_id, c.order_line_id, c.kitchen_id, c.product_id, c.price_sek,
         CASE WHEN n.is_cap THEN least(c.price_sek, n.price_sek) ELSE n.price_sek END AS price_now, c.price_per,
         n.id AS price_id, c.delivery_date, n.valid_from, r.cut_off
  FROM orders_calloff c
  JOIN market_supplierrun r ON r.id = c.supplier_run_id AND r.state = 'open'
  JOIN market_agreementprice o ON o.id = c.agreement_price_id AND o.valid_to < c.delivery_date
  JOIN market_agreementprice n ON n.agreement_lot_id = c.agreement_lot_id AND n.supplier_id = c.supplier_id
    AND n.pack_id = c.pack_id AND n.valid_from <= c.delivery_date
    AND (n.valid_to IS NULL OR n.valid_to >= c.delivery_date)
  WHERE c.state = 'placed' AND {where}
) AS found WHERE price_now <> price_sek ORDER BY delivery_date, id
"""


def repriced_of_run(run_id: int) -> list[Repriced]:
    return _read("c.supplier_run_id = %(run)s", {"run": run_id})


def repriced_of_order(order_id: int) -> list[Repriced]:
    return _read(
        "c.order_id = %(order)s AND c.order_line_id IN (SELECT id FROM orders_orderline WHERE order_id = %(order)s)",
        {"order": order_id},
    )


def repriced_of_kitchen(kitchen: Kitchen, *, today: date) -> list[Repriced]:
    """Of the orders that lie ahead."""
    return _read(
        "c.kitchen_id = %(kitchen)s AND c.delivery_date >= %(today)s", {"kitchen": kitchen.pk, "today": today}
    )


def repriced_of_lot(lot_id: int, *, today: date) -> list[Repriced]:
    return _read(
        "c.agreement_lot_id = %(lot)s AND c.delivery_date >= %(today)s", {"lot": lot_id, "today": today}
    )


def _read(where: str, asked: dict[str, Any]) -> list[Repriced]:
    with connection.cursor() as cursor:
        cursor.execute(_REPRICED.format(where=where), asked)
        return [Repriced(*row) for row in cursor.fetchall()]
