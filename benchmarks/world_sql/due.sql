-- Call-offs that wait for their closing on open day `day_n`: `runs` supplier runs with `each` call-offs, from all the
-- kitchens of their hub in turn, in orders of at most ten lines. A run has one farm, so an order is to one farm.

CREATE TEMP TABLE due AS
SELECT run.id AS run_id, run.hub_id, (run.hub_id - 1) / %(hubs)s * %(farms)s + r / (%(regions)s * %(hubs)s) + 1 AS supplier_id,
       run.delivery_date, r
FROM generate_series(0, %(runs)s - 1) r
JOIN market_deliveryrun run ON run.id = %(day_n)s * %(regions)s * %(hubs)s + r %% (%(regions)s * %(hubs)s) + 1;

CREATE TEMP TABLE goods AS
SELECT supplier_id, price_id, row_number() OVER (PARTITION BY supplier_id ORDER BY product_id) - 1 AS n,
       count(*) OVER (PARTITION BY supplier_id) AS total
FROM (SELECT DISTINCT ON (supplier_id, product_id) supplier_id, product_id, price_id FROM world.term
      WHERE lot_of_region < 2 * %(agreements)s AND supplier_id IN (SELECT supplier_id FROM due)
      ORDER BY supplier_id, product_id, price_id) AS one_a_product;

CREATE TEMP TABLE eater AS
SELECT id AS kitchen_id, authority_id, hub_id, row_number() OVER (PARTITION BY hub_id ORDER BY id) - 1 AS n,
       count(*) OVER (PARTITION BY hub_id) AS total
FROM kitchens_kitchen;
ANALYZE due, goods, eater;

CREATE TEMP TABLE basket AS
SELECT due.*, o, row_number() OVER (ORDER BY r, o) + (SELECT max(id) FROM orders_order) AS order_id,
       least(10, %(each)s - o * 10) AS size
FROM due, generate_series(0, (%(each)s - 1) / 10) o;
ANALYZE basket;

INSERT INTO orders_order (id, kitchen_id, authority_id, delivery_date, placed_by_id, arrived_at, placed_at)
SELECT b.order_id, e.kitchen_id, e.authority_id, b.delivery_date, e.authority_id, %(now)s, %(now)s
FROM basket b JOIN eater e ON e.hub_id = b.hub_id AND e.n = b.o %% e.total;

CREATE TEMP TABLE line AS
SELECT row_number() OVER (ORDER BY b.order_id, position) + (SELECT max(id) FROM orders_orderline) AS id, b.order_id,
       position, g.price_id, 1 + (b.o + position) %% 3 AS packs
FROM basket b
CROSS JOIN generate_series(1, 10) position
JOIN goods g ON g.supplier_id = b.supplier_id AND g.n = (b.o * 3 + position) %% g.total
WHERE position <= b.size;

DROP TABLE basket, eater, goods, due;
