"""Closing a supplier run at its cut-off: call-offs become purchase orders, set-based, once.

A worker may die anywhere: the whole closing is one transaction, and the next look finds the run still open.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from config.ground.refusals import NotFound
from config.ground.trail import Actor, acting, trail_in_bulk
from orders.actions.repricing import settle_prices
from orders.refusals import RunNotDue

_CLOSE = """
WITH call_offs AS NOT MATERIALIZED (
  SELECT * FROM orders_calloff WHERE supplier_run_id = %(run)s AND state = 'placed'
), drop_total AS (
  SELECT coalesce(sum(net_sek), 0) AS net_sek FROM call_offs
), run AS (
  SELECT r.id, r.supplier_id, r.delivery_date, s.email, s.language, coalesce(t.minimum_order_sek, 0) AS minimum_sek
  FROM market_supplierrun r
  JOIN suppliers_supplier s ON s.id = r.supplier_id
  JOIN market_deliveryrun d ON d.id = r.delivery_run_id
  LEFT JOIN market_supplierhubterms t ON t.supplier_id = r.supplier_id AND t.hub_id = d.hub_id
  WHERE r.id = %(run)s
), purchase_order AS (
  INSERT INTO orders_purchaseorder (number, supplier_run_id, supplier_id, authority_id, delivery_date, net_sek,
                                    minimum_met, created_at)
  SELECT concat_ws('-', a.code, to_char(run.delivery_date, 'YYMMDD'), run.id), run.id, run.supplier_id, a.id,
         run.delivery_date, mine.net_sek, drop_total.net_sek >= run.minimum_sek, %(now)s
  FROM run, drop_total, (SELECT authority_id, sum(net_sek) AS net_sek FROM call_offs GROUP BY authority_id) AS mine
  JOIN market_authority a ON a.id = mine.authority_id
  RETURNING id, authority_id
), summed AS (
  SELECT authority_id, offer_id, agreement_price_id, price_sek, promise_key, min(id) AS sample,
         sum(packs) AS packs, sum(base_quantity) AS base_quantity,
         CASE WHEN bool_and(kg IS NOT NULL) THEN sum(kg) END AS kg, sum(net_sek) AS net_sek
  FROM call_offs GROUP BY authority_id, offer_id, agreement_price_id, price_sek, promise_key
), line AS (
  INSERT INTO orders_purchaseorderline (purchase_order_id, product_id, pack_id, offer_id, agreement_lot_id,
      agreement_price_id, vat_class_id, promise_key, promise, packs, base_quantity, kg, price_sek, price_per, net_sek,
      delivery_date)
  SELECT po.id, c.product_id, c.pack_id, c.offer_id, c.agreement_lot_id, c.agreement_price_id, c.vat_class_id,
         c.promise_key, c.promise, s.packs, s.base_quantity, s.kg, c.price_sek, c.price_per, s.net_sek, c.delivery_date
  FROM summed s JOIN orders_calloff c ON c.id = s.sample JOIN purchase_order po ON po.authority_id = s.authority_id
  ORDER BY po.id, c.product_id, c.pack_id
  RETURNING id, purchase_order_id, offer_id, agreement_price_id, price_sek, promise_key
), tied AS MATERIALIZED (
  SELECT c.id AS call_off_id, line.id AS line_id, c.packs, c.kg, c.net_sek, c.delivery_date
  FROM call_offs c
  JOIN purchase_order po ON po.authority_id = c.authority_id
  JOIN line ON line.purchase_order_id = po.id AND line.offer_id = c.offer_id
    AND line.agreement_price_id = c.agreement_price_id AND line.price_sek = c.price_sek
    AND line.promise_key = c.promise_key
), link AS (
  INSERT INTO orders_purchaseorderlink (call_off_id, purchase_order_line_id, delivery_date)
  SELECT call_off_id, line_id, delivery_date FROM tied
), ordered AS (
  INSERT INTO orders_movement (call_off_id, kind, packs, kg, net_sek, delivery_date, at, source)
  SELECT call_off_id, 'ordered', packs, kg, net_sek, delivery_date, %(now)s, 'close' FROM tied
), mail AS (
  INSERT INTO ground_outboxmessage (kind, recipient, language, cause_table, cause_id, dedupe_key)
  SELECT 'purchase_order', run.email, run.language, 'orders_purchaseorder', po.id, 'purchase_order:' || po.id
  FROM run, purchase_order po
), closed AS (
  UPDATE market_supplierrun SET state = 'closed', closed_at = %(now)s WHERE id = %(run)s
)
SELECT (SELECT count(*) FROM purchase_order), (SELECT count(*) FROM tied)
"""


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing a run made. A run that was closed before gives ``already`` and no counts."""

    purchase_orders: int
    call_offs: int
    already: bool = False


def close_supplier_run(*, run_id: int, now: datetime, by: Actor) -> Closed:
    """Close a run whose cut-off has passed: one purchase order a buying authority. Closing twice is harmless.

    Raises RunNotDue, NotFound.
    """
    with acting(by), connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, cut_off FROM market_supplierrun WHERE id = %s FOR NO KEY UPDATE", [run_id]
        )
        found = cursor.fetchone()
        if found is None:
            raise NotFound
        state, cut_off = found
        if state == "closed":
            return Closed(purchase_orders=0, call_offs=0, already=True)
        if now <= cut_off:
            raise RunNotDue(cut_off=cut_off)
        settle_prices(run_id=run_id, now=now)
        trail_in_bulk(f"close:{run_id}")
        cursor.execute(_CLOSE, {"run": run_id, "now": now})
        purchase_orders, call_offs = cursor.fetchone()
        return Closed(purchase_orders=purchase_orders, call_offs=call_offs)
