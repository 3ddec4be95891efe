-- The orders first to last (from 0) of the past, each of `order_lines` lines. Kitchens take turns; a line's product,
-- lot, rank and pack follow from its order and position alone. The line at a position of an order has the key
-- order * order_lines + position.

INSERT INTO orders_order (id, kitchen_id, authority_id, delivery_date, placed_by_id, arrived_at, placed_at)
SELECT o + 1, kitchen.id, kitchen.authority_id, d.day, kitchen.authority_id,
       (d.day - 5 + time '08:00') AT TIME ZONE 'UTC', (d.day - 5 + time '08:00') AT TIME ZONE 'UTC'
FROM generate_series(%(first)s::bigint, %(last)s::bigint) o
JOIN kitchens_kitchen kitchen ON kitchen.id = o %% %(all_kitchens)s + 1
JOIN world.day d ON d.n = (o / %(all_kitchens)s + o %% %(all_kitchens)s) %% %(past_days)s;

CREATE TEMP TABLE line AS
SELECT o * %(order_lines)s + position AS id, o + 1 AS order_id, position, t.price_id, 1 + (o + position) %% 5 AS packs
FROM generate_series(%(first)s::bigint, %(last)s::bigint) o
CROSS JOIN generate_series(1, %(order_lines)s) position
CROSS JOIN LATERAL (SELECT (o * 13 + position * %(products)s / %(order_lines)s) %% %(products)s
                           + %(products)s * ((o + position) / 3 %% 2) AS goods) AS chosen
JOIN world.term t ON t.lot_of_region = goods / 4 AND t.product_id = goods %% %(products)s + 1
  AND t.region = o %% %(all_kitchens)s / (%(authorities)s * %(kitchens)s) AND t.size = (o + position) %% 2 + 1
  AND t.rank = CASE WHEN goods / 4 %% 2 = 0 AND (o + position) %% 7 = 0 THEN 2 ELSE 1 END;
