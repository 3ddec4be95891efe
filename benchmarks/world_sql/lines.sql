-- Order lines, call-offs and commitments of the temporary table `line`, each under the terms of its price.
-- A call-off and its commitment have their line's key.

ANALYZE line;

INSERT INTO orders_orderline (id, order_id, position, product_id, quantity, delivery_date)
SELECT l.id, l.order_id, l.position, t.product_id, l.packs * t.base_per_pack, o.delivery_date
FROM line l JOIN orders_order o ON o.id = l.order_id JOIN world.term t ON t.price_id = l.price_id;

INSERT INTO orders_calloff (id, order_line_id, order_id, authority_id, kitchen_id, delivery_date, supplier_id,
    supplier_run_id, agreement_id, agreement_lot_id, agreement_price_id, offer_id, pool_id, product_id, pack_id,
    vat_class_id, packs, base_quantity, kg, price_sek, price_per, net_sek, promise, promise_key, finding, placed_at)
SELECT l.id, l.id, l.order_id, o.authority_id, o.kitchen_id, o.delivery_date, t.supplier_id,
       (run.id - 1) * %(farms)s + (t.supplier_id - 1) %% %(farms)s + 1,
       t.agreement_id, t.lot_id, t.price_id, (pool.id - 1) * 2 + t.size, pool.id, t.product_id, t.pack_id,
       t.vat_class_id, l.packs, l.packs * t.base_per_pack, l.packs * t.kg_per_pack, t.price_sek, t.price_per,
       round(l.packs * CASE t.price_per WHEN 'kg' THEN t.kg_per_pack ELSE 1 END * t.price_sek, 2),
       t.promise, t.promise_key, '{"rules": "invented for a bench", "inputs": {}, "verdicts": []}', o.placed_at
FROM line l
JOIN orders_order o ON o.id = l.order_id
JOIN kitchens_kitchen kitchen ON kitchen.id = o.kitchen_id
JOIN market_deliveryrun run ON run.hub_id = kitchen.hub_id AND run.delivery_date = o.delivery_date
JOIN world.term t ON t.price_id = l.price_id,
LATERAL (SELECT t.pool_n * 2 - CASE WHEN o.delivery_date < %(today)s THEN 1 ELSE 0 END AS id) AS pool;

INSERT INTO market_commitment (id, call_off_id, pool_id, agreement_lot_id, authority_id, supplier_id, need_category_id,
                               month, delivery_date, base_quantity, net_sek, kg, made_at)
SELECT c.id, c.id, c.pool_id, c.agreement_lot_id, c.authority_id, c.supplier_id,
       (c.authority_id - 1) * 8 + c.product_id %% 8 + 1, date_trunc('month', c.delivery_date), c.delivery_date,
       ceil(c.base_quantity * (1 + pack.upper_tolerance) * 1000) / 1000, c.net_sek, c.kg, c.placed_at
FROM orders_calloff c JOIN market_pack pack ON pack.id = c.pack_id
WHERE c.id BETWEEN (SELECT min(id) FROM line) AND (SELECT max(id) FROM line);

DROP TABLE line;
