"""The floor of closing: the rows that closing a day's runs writes, written by bare psycopg on two connections.

What they hold is worked out beforehand and lies in tables of its own, keys and all: nothing is grouped, looked up,
judged or locked. One transaction a run, one set statement a table, the same triggers, trailed in bulk as ours.
"""

import threading
from collections.abc import Sequence
from datetime import date

import psycopg

_PREPARE = """
DROP SCHEMA IF EXISTS floor CASCADE;
CREATE SCHEMA floor;

CREATE TABLE floor.purchase_order AS
SELECT nextval(pg_get_serial_sequence('orders_purchaseorder', 'id')) AS id,
       concat_ws('-', a.code, to_char(c.delivery_date, 'YYMMDD'), c.run_id) AS number, c.*, s.email, s.language
FROM (SELECT supplier_run_id AS run_id, supplier_id, authority_id, delivery_date, sum(net_sek) AS net_sek
      FROM orders_calloff WHERE delivery_date = ANY(%(days)s)
      GROUP BY supplier_run_id, supplier_id, authority_id, delivery_date) AS c
JOIN market_authority a ON a.id = c.authority_id
JOIN suppliers_supplier s ON s.id = c.supplier_id;

CREATE TABLE floor.line AS
SELECT nextval(pg_get_serial_sequence('orders_purchaseorderline', 'id')) AS id, po.run_id, po.id AS purchase_order_id,
       c.product_id, c.pack_id, c.offer_id, c.agreement_lot_id, c.agreement_price_id, c.vat_class_id, c.promise_key,
       c.promise, g.packs, g.base_quantity, g.kg, c.price_sek, c.price_per, g.net_sek, c.delivery_date, c.authority_id
FROM (SELECT supplier_run_id, authority_id, offer_id, agreement_price_id, min(id) AS sample, sum(packs) AS packs,
             sum(base_quantity) AS base_quantity, sum(kg) AS kg, sum(net_sek) AS net_sek
      FROM orders_calloff WHERE delivery_date = ANY(%(days)s)
      GROUP BY supplier_run_id, authority_id, offer_id, agreement_price_id) AS g
JOIN orders_calloff c ON c.id = g.sample
JOIN floor.purchase_order po ON po.run_id = g.supplier_run_id AND po.authority_id = g.authority_id;

CREATE TABLE floor.call_off AS
SELECT c.supplier_run_id AS run_id, c.id AS call_off_id, l.id AS line_id, c.packs, c.kg, c.net_sek, c.delivery_date
FROM orders_calloff c
JOIN floor.line l ON l.run_id = c.supplier_run_id AND l.authority_id = c.authority_id AND l.offer_id = c.offer_id
  AND l.agreement_price_id = c.agreement_price_id
WHERE c.delivery_date = ANY(%(days)s)
ORDER BY c.supplier_run_id, c.id;

CREATE INDEX ON floor.purchase_order (run_id);
CREATE INDEX ON floor.line (run_id);
CREATE INDEX ON floor.call_off (run_id)
"""

_WRITE = (
    """
    SELECT set_config('bygdemat.actor', 'job:floor', true), set_config('bygdemat.door', 'job', true),
           set_config('bygdemat.reason', '', true), set_config('bygdemat.bulk', 'floor', true), %(run)s::bigint
    """,
    """
    INSERT INTO orders_purchaseorder (id, number, supplier_run_id, supplier_id, authority_id, delivery_date, net_sek,
                                      minimum_met)
    SELECT id, number, run_id, supplier_id, authority_id, delivery_date, net_sek, true
    FROM floor.purchase_order WHERE run_id = %(run)s
    """,
    """
    INSERT INTO orders_purchaseorderline (id, purchase_order_id, product_id, pack_id, offer_id, agreement_lot_id,
        agreement_price_id, vat_class_id, promise_key, promise, packs, base_quantity, kg, price_sek, price_per, net_sek,
        delivery_date)
    SELECT id, purchase_order_id, product_id, pack_id, offer_id, agreement_lot_id, agreement_price_id, vat_class_id,
           promise_key, promise, packs, base_quantity, kg, price_sek, price_per, net_sek, delivery_date
    FROM floor.line WHERE run_id = %(run)s
    """,
    """
    INSERT INTO orders_purchaseorderlink (call_off_id, purchase_order_line_id, delivery_date)
    SELECT call_off_id, line_id, delivery_date FROM floor.call_off WHERE run_id = %(run)s
    """,
    """
    INSERT INTO orders_movement (call_off_id, kind, packs, kg, net_sek, delivery_date, source)
    SELECT call_off_id, 'ordered', packs, kg, net_sek, delivery_date, 'close' FROM floor.call_off WHERE run_id = %(run)s
    """,
    """
    INSERT INTO ground_outboxmessage (kind, recipient, language, cause_table, cause_id, dedupe_key)
    SELECT 'purchase_order', email, language, 'orders_purchaseorder', id, 'purchase_order:' || id
    FROM floor.purchase_order WHERE run_id = %(run)s
    """,
    "UPDATE market_supplierrun SET state = 'closed', closed_at = now() WHERE id = %(run)s",
)


def prepare(url: str, days: Sequence[date]) -> None:
    """Work out what closing these delivery days would write."""
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute(_PREPARE, {"days": list(days)})
        connection.execute("VACUUM (ANALYZE) floor.purchase_order, floor.line, floor.call_off")


def close(connections: Sequence[psycopg.Connection], run_ids: Sequence[int]) -> None:
    """Close the runs, each connection its share. Raises what a connection raised."""
    broken: list[BaseException] = []

    def share(connection: psycopg.Connection, mine: Sequence[int]) -> None:
        try:
            for run in mine:
                _close_one(connection, run)
        except psycopg.Error as error:
            broken.append(error)

    threads = [
        threading.Thread(target=share, args=(connection, run_ids[number :: len(connections)]))
        for number, connection in enumerate(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]


def _close_one(connection: psycopg.Connection, run: int) -> None:
    with connection.transaction(), connection.cursor() as cursor:
        for statement in _WRITE:
            cursor.execute(statement, {"run": run})
