-- Agreements, prices and stock. In each region `agreements` name all its authorities (every fifth is a contract
-- from a dynamic purchasing system), and each authority has a direct award of its own beside them.
-- An agreement has two lots of four products: a ranking of three farms, and a single farm.

INSERT INTO market_agreement (id, title, kind, regime, case_number, valid_from, valid_to, delivers_after_end,
                              posted_stock_is_an_answer, part_call_off_allowed, need_category_id, reason, signed_at,
                              signed_by_id)
SELECT r * (%(agreements)s + %(authorities)s) + g + 1, 'Världens avtal ' || r || '-' || g,
       CASE WHEN g >= %(agreements)s THEN 'direct_award' WHEN g %% 5 = 4 THEN 'dis' ELSE 'framework' END,
       CASE WHEN g >= %(agreements)s THEN 'direct_award' WHEN g %% 3 = 0 THEN 'national' ELSE 'directive' END,
       concat_ws('-', 'W', r, g), %(today)s::date - 1000, '2099-12-31', false, true, true,
       CASE WHEN g >= %(agreements)s THEN (r * %(authorities)s + g - %(agreements)s) * 8 + 1 END, 'invented',
       %(today)s::date - 1000, %(regions)s * %(authorities)s + r * %(authorities)s + 1
FROM generate_series(0, %(regions)s - 1) r, generate_series(0, %(agreements)s + %(authorities)s - 1) g;

INSERT INTO market_agreementauthority (agreement_id, authority_id)
SELECT r * (%(agreements)s + %(authorities)s) + g + 1, r * %(authorities)s + a + 1
FROM generate_series(0, %(regions)s - 1) r, generate_series(0, %(agreements)s + %(authorities)s - 1) g,
     generate_series(0, %(authorities)s - 1) a
WHERE g < %(agreements)s OR g - %(agreements)s = a;

INSERT INTO market_agreementlot (id, agreement_id, name, allotment, ceiling_sek)
SELECT (a.id - 1) * 2 + n, a.id, 'Delkontrakt ' || n, CASE n WHEN 1 THEN 'ranking' ELSE 'single' END, 5000000000
FROM market_agreement a, generate_series(1, 2) n;

INSERT INTO market_lotparty (agreement_lot_id, supplier_id, rank)
SELECT lot.id, (lot.id - 1) / per_region.lots * %(farms)s
               + ((lot.id - 1) %% per_region.lots * 7 + (lot.id - 1) %% per_region.lots * 4 / %(products)s * 13
                  + rank * 31) %% %(farms)s + 1, rank
FROM market_agreementlot lot, generate_series(1, 3) rank,
     (SELECT 2 * (%(agreements)s + %(authorities)s) AS lots) AS per_region
WHERE rank = 1 OR lot.allotment = 'ranking';

INSERT INTO market_lotproduct (agreement_lot_id, product_id, valid_from)
SELECT lot.id, ((lot.id - 1) %% per_region.lots * 4 + n) %% %(products)s + 1, %(today)s::date - 1000
FROM market_agreementlot lot, generate_series(0, 3) n,
     (SELECT 2 * (%(agreements)s + %(authorities)s) AS lots) AS per_region;

-- A farm's stock of a product is one pool for what is past and one for what is to come, whatever the lot.
CREATE TABLE world.pool AS
SELECT row_number() OVER (ORDER BY supplier_id, product_id) AS n, supplier_id, product_id
FROM (SELECT DISTINCT supplier_id, product_id
      FROM market_lotparty JOIN market_lotproduct USING (agreement_lot_id)) AS pairs;

-- The terms that a call-off is made under: all that it copies of lot, farm, product and pack.
CREATE TABLE world.term AS
SELECT row_number() OVER (ORDER BY lot.id, product.id, party.rank, pack.id) AS price_id,
       (lot.id - 1) / per_region.lots AS region, (lot.id - 1) %% per_region.lots AS lot_of_region,
       (pack.id - 1) %% 2 + 1 AS size, party.rank, lot.id AS lot_id, lot.agreement_id, party.supplier_id,
       product.id AS product_id, pack.id AS pack_id, vat.id AS vat_class_id, pack.base_per_pack,
       pack.base_per_pack * product.kg_per_base AS kg_per_pack,
       ceil(pack.base_per_pack * (1 + pack.upper_tolerance) * 1000) / 1000 AS reserved_per_pack,
       CASE WHEN pack.is_catch_weight THEN 'kg' ELSE 'pack' END AS price_per,
       (8 + product.id %% 40 + party.rank) * CASE WHEN pack.is_catch_weight THEN 1 ELSE pack.base_per_pack END AS price_sek,
       pool.n AS pool_n, promise
FROM market_lotparty party
JOIN market_agreementlot lot ON lot.id = party.agreement_lot_id
JOIN market_agreement agreement ON agreement.id = lot.agreement_id
JOIN market_lotproduct inside ON inside.agreement_lot_id = lot.id
JOIN market_product product ON product.id = inside.product_id
JOIN market_pack pack ON pack.product_id = product.id
JOIN market_vatclass vat ON vat.code = 'food'
JOIN world.pool pool ON pool.supplier_id = party.supplier_id AND pool.product_id = product.id
CROSS JOIN LATERAL jsonb_build_object(
  'product', product.name_sv, 'pack', pack.name_sv, 'supplier', 'Världens gård ' || party.supplier_id,
  'origin_country', 'SE', 'origin_place', '', 'contains', '[]'::jsonb, 'may_contain', '[]'::jsonb,
  'marks', CASE WHEN party.supplier_id %% 2 = 0 THEN '["organic"]'::jsonb ELSE '[]'::jsonb END,
  'temperature', 'ambient', 'food', CASE WHEN product.id %% 10 <> 3 THEN 'world_' || product.id %% 40 END,
  'legal', jsonb_build_object('agreement', agreement.title, 'lot', lot.name, 'case_number', agreement.case_number,
                              'kind', agreement.kind, 'regime', agreement.regime, 'rank', party.rank)) AS promise,
  (SELECT 2 * (%(agreements)s + %(authorities)s) AS lots) AS per_region;
ALTER TABLE world.term ADD COLUMN promise_key text;
UPDATE world.term SET promise_key = left(encode(sha256(convert_to(promise::text, 'UTF8')), 'hex'), 32);

INSERT INTO market_agreementprice (id, agreement_lot_id, supplier_id, product_id, pack_id, price_sek, per, is_cap,
                                   valid_from)
SELECT price_id, lot_id, supplier_id, product_id, pack_id, price_sek, price_per, false, %(today)s::date - 1000
FROM world.term;

INSERT INTO market_stockpool (id, supplier_id, product_id, valid_from, valid_to, quantity)
SELECT n * 2 - 1, supplier_id, product_id, %(today)s::date - 1000, %(today)s::date - 1, 1000000000 FROM world.pool
UNION ALL
SELECT n * 2, supplier_id, product_id, %(today)s, %(today)s::date + 60, 1000000000 FROM world.pool;

INSERT INTO market_offer (id, pool_id, supplier_id, product_id, pack_id, claims, contains, may_contain, origin_country,
                          origin_place, temperature, note)
SELECT (pool.id - 1) * 2 + size, pool.id, pool.supplier_id, pool.product_id, (pool.product_id - 1) * 2 + size,
       CASE WHEN pool.supplier_id %% 2 = 0 THEN '{organic}'::text[] ELSE '{}' END, '{}', '{}', 'SE', '', 'ambient', ''
FROM market_stockpool pool, generate_series(1, 2) size;

-- The lot's own balance holds its ceiling; an authority's and a farm's share come with their call-offs.
INSERT INTO market_lotbalance (agreement_lot_id, ceiling_sek, ceiling_kg)
SELECT id, ceiling_sek, ceiling_kg FROM market_agreementlot;

CREATE UNIQUE INDEX ON world.term (region, lot_of_region, product_id, rank, size);
ANALYZE world.term;
