-- The orders first to last (from 0) of the past, each of `order_lines` lines, each line one call-off.
-- Kitchens take turns; a line's product, lot, rank and pack follow from its order and position alone. Line p of
-- the country has the key order * order_lines + position, its call-off and commitment the same.

INSERT INTO orders_order (id, kitchen_id, authority_id, delivery_date, placed_by_id, arrived_at, placed_at)
SELECT o + 1, kitchen.id, kitchen.authority_id, d.day, kitchen.authority_id,
       (d.day - 5 + time '08:00') AT TIME ZONE 'UTC', (d.day - 5 + time '08:00') AT TIME ZONE 'UTC'
FROM generate_series(%(first)s::bigint, %(last)s::bigint) o
JOIN kitchens_kitchen kitchen ON kitchen.id = o %% %(all_kitchens)s + 1
JOIN world.day d ON d.n = (o / %(all_kitchens)s + o %% %(all_kitchens)s) %% %(past_days)s;

CREATE TEMP TABLE line AS
SELECT o * %(order_lines)s + position AS id, o + 1 AS order_id, position,
       goods %% %(products)s + 1 AS product_id, goods / 4 AS lot_of_region,
       (o + position) %% 2 + 1 AS size,
       CASE WHEN goods / 4 %% 2 = 0 AND (o + position) %% 7 = 0 THEN 2 ELSE 1 END AS rank,
       1 + (o + position) %% 5 AS packs
FROM generate_series(%(first)s::bigint, %(last)s::bigint) o, generate_series(1, %(order_lines)s) position,
     LATERAL (SELECT (o * 13 + position * %(products)s / %(order_lines)s) %% %(products)s
                     + %(products)s * ((o + position) / 3 %% 2) AS goods) AS chosen;

INSERT INTO orders_orderline (id, order_id, position, product_id, quantity, delivery_date)
SELECT l.id, l.order_id, l.position, l.product_id, l.packs * pack.base_per_pack, o.delivery_date
FROM line l
JOIN orders_order o ON o.id = l.order_id
JOIN market_pack pack ON pack.id = (l.product_id - 1) * 2 + l.size;

INSERT INTO orders_calloff (id, order_line_id, order_id, authority_id, kitchen_id, delivery_date, supplier_id,
    supplier_run_id, agreement_id, agreement_lot_id, agreement_price_id, offer_id, pool_id, product_id, pack_id,
    vat_class_id, packs, base_quantity, kg, price_sek, price_per, net_sek, promise, promise_key, finding, placed_at)
SELECT l.id, l.id, l.order_id, o.authority_id, o.kitchen_id, o.delivery_date, t.supplier_id,
       (run.id - 1) * %(farms)s + (t.supplier_id - 1) %% %(farms)s + 1,
       t.agreement_id, t.lot_id, t.price_id, (t.pool_n * 2 - 2) * 2 + l.size, t.pool_n * 2 - 1, l.product_id, t.pack_id,
       t.vat_class_id, l.packs, l.packs * t.base_per_pack, l.packs * t.kg_per_pack, t.price_sek, t.price_per,
       round(l.packs * CASE t.price_per WHEN 'kg' THEN t.kg_per_pack ELSE 1 END * t.price_sek, 2),
       t.promise, t.promise_key, '{"rules": "invented for a bench", "inputs": {}, "verdicts": []}', o.placed_at
FROM line l
JOIN orders_order o ON o.id = l.order_id
JOIN kitchens_kitchen kitchen ON kitchen.id = o.kitchen_id
JOIN market_deliveryrun run ON run.hub_id = kitchen.hub_id AND run.delivery_date = o.delivery_date
JOIN world.term t ON t.region = (o.authority_id - 1) / %(authorities)s AND t.lot_of_region = l.lot_of_region
  AND t.product_id = l.product_id AND t.rank = l.rank AND t.size = l.size;

INSERT INTO market_commitment (id, call_off_id, pool_id, agreement_lot_id, authority_id, supplier_id, need_category_id,
                               month, base_quantity, net_sek, kg, made_at)
SELECT c.id, c.id, c.pool_id, c.agreement_lot_id, c.authority_id, c.supplier_id,
       (c.authority_id - 1) * 8 + c.product_id %% 8 + 1, date_trunc('month', c.delivery_date), 
       ceil(c.base_quantity * (1 + pack.upper_tolerance) * 1000) / 1000, c.net_sek, c.kg, c.placed_at
FROM orders_calloff c JOIN market_pack pack ON pack.id = c.pack_id
WHERE c.id BETWEEN %(first)s::bigint * %(order_lines)s + 1 AND (%(last)s::bigint + 1) * %(order_lines)s;

DROP TABLE line;
