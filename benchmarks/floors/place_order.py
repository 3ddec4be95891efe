"""The floor of placing an order: the rows that the action wrote, written again by bare psycopg.

Nothing is read, judged, locked or checked: the values are those of an order that was placed before, ready to be
sent. One transaction, one set statement a table, the same tables, constraints and triggers; the driver prepares
the statements after a few rounds, as it does by itself.
"""

from collections.abc import Mapping
from typing import Any

import psycopg

_PREPARE = """
SELECT o.kitchen_id AS kitchen, o.authority_id AS authority, o.delivery_date AS day, o.placed_by_id AS by, o.arrived_at,
  (SELECT jsonb_agg(to_jsonb(l)) FROM orders_orderline l WHERE l.order_id = o.id)::text AS lines,
  (SELECT jsonb_agg(to_jsonb(c) || jsonb_build_object('position', l.position))
   FROM orders_calloff c JOIN orders_orderline l ON l.id = c.order_line_id WHERE c.order_id = o.id)::text AS call_offs,
  (SELECT jsonb_agg(to_jsonb(m) || jsonb_build_object('position', l.position))
   FROM market_commitment m JOIN orders_calloff c ON c.id = m.call_off_id
   JOIN orders_orderline l ON l.id = c.order_line_id WHERE c.order_id = o.id)::text AS commitments,
  r.reply::text AS reply, r.endpoint, r.body_sha256, r.actor
FROM orders_order o, ground_idempotencyrecord r WHERE o.id = %(order)s AND r.key = %(key)s
"""

_ACTOR = """
SELECT set_config('bygdemat.actor', %(actor)s, true), set_config('bygdemat.door', 'bench', true),
       set_config('bygdemat.reason', '', true), set_config('bygdemat.bulk', '', true)
"""
_RECORD = """
INSERT INTO ground_idempotencyrecord (actor, endpoint, key, body_sha256, reply)
VALUES (%(actor)s, %(endpoint)s, %(key)s, %(body_sha256)s, %(reply)s)
"""
_ORDER = """
INSERT INTO orders_order (kitchen_id, authority_id, delivery_date, placed_by_id, arrived_at)
VALUES (%(kitchen)s, %(authority)s, %(day)s, %(by)s, %(arrived_at)s) RETURNING id
"""
_LINES = """
INSERT INTO orders_orderline (order_id, position, product_id, quantity, accept_part, note, delivery_date)
SELECT %(order)s, position, product_id, quantity, accept_part, note, %(day)s
FROM jsonb_to_recordset(%(lines)s::jsonb)
  AS l(position int, product_id bigint, quantity numeric, accept_part boolean, note text)
RETURNING position, id
"""
_CALL_OFFS = """
INSERT INTO orders_calloff (order_line_id, order_id, authority_id, kitchen_id, delivery_date, supplier_id,
    supplier_run_id, agreement_id, agreement_lot_id, agreement_price_id, offer_id, pool_id, product_id, pack_id,
    vat_class_id, packs, base_quantity, kg, price_sek, price_per, net_sek, promise, promise_key, finding)
SELECT line.id, %(order)s, %(authority)s, %(kitchen)s, %(day)s, supplier_id, supplier_run_id, agreement_id,
       agreement_lot_id, agreement_price_id, offer_id, pool_id, product_id, pack_id, vat_class_id, packs, base_quantity,
       kg, price_sek, price_per, net_sek, promise, promise_key, finding
FROM jsonb_to_recordset(%(call_offs)s::jsonb)
  AS c(position int, supplier_id bigint, supplier_run_id bigint, agreement_id bigint, agreement_lot_id bigint,
       agreement_price_id bigint, offer_id bigint, pool_id bigint, product_id bigint, pack_id bigint,
       vat_class_id bigint, packs int, base_quantity numeric, kg numeric, price_sek numeric, price_per text,
       net_sek numeric, promise jsonb, promise_key text, finding jsonb)
JOIN unnest(%(positions)s::int[], %(line_ids)s::bigint[]) AS line(position, id) USING (position)
RETURNING order_line_id, id
"""
_ASKED = """
WITH asked AS (
  SELECT * FROM jsonb_to_recordset(%(commitments)s::jsonb)
    AS c(position int, pool_id bigint, agreement_lot_id bigint, authority_id bigint, supplier_id bigint,
         need_category_id bigint, month date, delivery_date date, base_quantity numeric, net_sek numeric, kg numeric)
)
"""
_COMMITMENTS = f"""{_ASKED}
INSERT INTO market_commitment (call_off_id, pool_id, agreement_lot_id, authority_id, supplier_id, need_category_id,
                               month, delivery_date, base_quantity, net_sek, kg)
SELECT placed.id, pool_id, agreement_lot_id, authority_id, supplier_id, need_category_id, month, delivery_date,
       base_quantity, net_sek, kg
FROM asked JOIN unnest(%(positions)s::int[], %(call_off_ids)s::bigint[]) AS placed(position, id) USING (position)
"""
_POOLS = f"""{_ASKED}
UPDATE market_stockpool p SET reserved = p.reserved + t.base
FROM (SELECT pool_id, sum(base_quantity) AS base FROM asked GROUP BY pool_id) AS t WHERE p.id = t.pool_id
"""
_LOTS = f"""{_ASKED}
UPDATE market_lotbalance b SET committed_sek = b.committed_sek + t.sek, committed_kg = b.committed_kg + t.kg
FROM (SELECT agreement_lot_id, sum(net_sek) AS sek, sum(kg) AS kg FROM asked GROUP BY agreement_lot_id) AS t
WHERE b.agreement_lot_id = t.agreement_lot_id AND b.authority_id IS NULL AND b.supplier_id IS NULL
"""
_SHARES = f"""{_ASKED}
INSERT INTO market_lotbalance (agreement_lot_id, authority_id, supplier_id, committed_sek, committed_kg)
SELECT agreement_lot_id, authority_id, NULL, sum(net_sek), sum(kg) FROM asked GROUP BY agreement_lot_id, authority_id
UNION ALL
SELECT agreement_lot_id, NULL, supplier_id, sum(net_sek), sum(kg) FROM asked GROUP BY agreement_lot_id, supplier_id
ON CONFLICT (agreement_lot_id, authority_id, supplier_id) DO UPDATE
  SET committed_sek = market_lotbalance.committed_sek + excluded.committed_sek,
      committed_kg = market_lotbalance.committed_kg + excluded.committed_kg
"""
_NEEDS = f"""{_ASKED}
INSERT INTO market_needtotal (need_category_id, month, net_sek)
SELECT need_category_id, month, sum(net_sek) FROM asked WHERE need_category_id IS NOT NULL
GROUP BY need_category_id, month
ON CONFLICT (need_category_id, month) DO UPDATE SET net_sek = market_needtotal.net_sek + excluded.net_sek
"""
_DIRTY = "INSERT INTO orders_tallydirty (day, kitchen_id) VALUES (%(day)s, %(kitchen)s)"
_BASKET = """
INSERT INTO kitchens_basket (kitchen_id, delivery_date) VALUES (%(kitchen)s, %(day)s)
ON CONFLICT (kitchen_id, delivery_date) DO UPDATE SET version = kitchens_basket.version + 1, changed_at = now()
"""


Prepared = Mapping[str, Any]


def prepared(connection: psycopg.Connection, *, order_id: int, key: str) -> Prepared:
    """What placing wrote for this order under this idempotency key, as values that are ready to be written again.

    The connection is to be in autocommit, or in a transaction that somebody else ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PREPARE, {"order": order_id, "key": key})
        row = cursor.fetchone()
        if row is None:
            raise LookupError(f"order {order_id} with key {key}")
        names = [column.name for column in cursor.description or ()]
    return dict(zip(names, row, strict=True))


def place(connection: psycopg.Connection, order: Prepared, *, key: str) -> None:
    """Write the order again under a new key, in one transaction."""
    values = dict(order) | {"key": key}
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(_ACTOR, values)
        cursor.execute(_RECORD, values)
        values["order"] = _one(cursor.execute(_ORDER, values))
        lines = cursor.execute(_LINES, values).fetchall()
        values["positions"] = [position for position, _ in lines]
        values["line_ids"] = [line for _, line in lines]
        placed: dict[int, int] = dict(cursor.execute(_CALL_OFFS, values).fetchall())
        values["call_off_ids"] = [placed[line] for line in values["line_ids"]]
        for statement in (_COMMITMENTS, _POOLS, _LOTS, _SHARES, _NEEDS, _DIRTY, _BASKET):
            cursor.execute(statement, values)


def _one(cursor: psycopg.Cursor) -> Any:
    row = cursor.fetchone()
    return row[0] if row else None
