-- What the commitments take, summed into the counters.

UPDATE market_stockpool p SET reserved = t.base
FROM (SELECT pool_id, sum(base_quantity) AS base FROM market_commitment GROUP BY pool_id) AS t WHERE p.id = t.pool_id;

CREATE TEMP TABLE taken AS
SELECT agreement_lot_id, authority_id, supplier_id, sum(net_sek) AS sek, sum(kg) AS kg
FROM market_commitment GROUP BY agreement_lot_id, authority_id, supplier_id;

UPDATE market_lotbalance b SET committed_sek = t.sek, committed_kg = t.kg
FROM (SELECT agreement_lot_id, sum(sek) AS sek, sum(kg) AS kg FROM taken GROUP BY agreement_lot_id) AS t
WHERE b.agreement_lot_id = t.agreement_lot_id AND b.authority_id IS NULL AND b.supplier_id IS NULL;

INSERT INTO market_lotbalance (agreement_lot_id, authority_id, supplier_id, committed_sek, committed_kg)
SELECT agreement_lot_id, authority_id, NULL, sum(sek), sum(kg) FROM taken GROUP BY agreement_lot_id, authority_id
UNION ALL
SELECT agreement_lot_id, NULL, supplier_id, sum(sek), sum(kg) FROM taken GROUP BY agreement_lot_id, supplier_id;

INSERT INTO market_needtotal (need_category_id, month, net_sek)
SELECT need_category_id, month, sum(net_sek) FROM market_commitment GROUP BY need_category_id, month;

DROP TABLE taken;
