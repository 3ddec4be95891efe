-- What closing the past's runs left: purchase orders, their lines, links and the movements "ordered".

INSERT INTO orders_purchaseorder (number, supplier_run_id, supplier_id, authority_id, delivery_date, net_sek,
                                  minimum_met)
SELECT concat_ws('-', a.code, to_char(c.delivery_date, 'YYMMDD'), c.supplier_run_id), c.supplier_run_id, c.supplier_id,
       a.id, c.delivery_date, sum(c.net_sek), true
FROM orders_calloff c JOIN market_authority a ON a.id = c.authority_id WHERE c.delivery_date < %(today)s
GROUP BY c.supplier_run_id, c.supplier_id, a.id, a.code, c.delivery_date;
ANALYZE orders_purchaseorder;

INSERT INTO orders_purchaseorderline (purchase_order_id, product_id, pack_id, offer_id, agreement_lot_id,
    agreement_price_id, vat_class_id, promise_key, promise, packs, base_quantity, kg, price_sek, price_per, net_sek,
    delivery_date)
SELECT po.id, t.product_id, t.pack_id, s.offer_id, t.lot_id, t.price_id, t.vat_class_id, t.promise_key, t.promise,
       s.packs, s.base_quantity, s.kg, t.price_sek, t.price_per, s.net_sek, po.delivery_date
FROM (SELECT supplier_run_id, authority_id, offer_id, agreement_price_id, sum(packs) AS packs,
             sum(base_quantity) AS base_quantity, sum(kg) AS kg, sum(net_sek) AS net_sek
      FROM orders_calloff WHERE delivery_date < %(today)s GROUP BY supplier_run_id, authority_id, offer_id, agreement_price_id) AS s
JOIN orders_purchaseorder po ON po.supplier_run_id = s.supplier_run_id AND po.authority_id = s.authority_id
JOIN world.term t ON t.price_id = s.agreement_price_id;
ANALYZE orders_purchaseorderline;

INSERT INTO orders_purchaseorderlink (call_off_id, purchase_order_line_id, delivery_date)
SELECT c.id, l.id, c.delivery_date
FROM orders_calloff c
JOIN orders_purchaseorder po ON po.supplier_run_id = c.supplier_run_id AND po.authority_id = c.authority_id
JOIN orders_purchaseorderline l ON l.purchase_order_id = po.id AND l.agreement_price_id = c.agreement_price_id;

INSERT INTO orders_movement (call_off_id, kind, packs, kg, net_sek, delivery_date, source)
SELECT id, 'ordered', packs, kg, net_sek, delivery_date, 'close' FROM orders_calloff
WHERE delivery_date < %(today)s;
