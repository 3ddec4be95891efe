-- The tallies of what was ordered.

INSERT INTO orders_tally (day, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id, marks, basis, kg,
                          net_sek, lines)
SELECT delivery_date, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id,
       coalesce((SELECT string_agg(mark, ',' ORDER BY mark) FROM jsonb_array_elements_text(promise -> 'marks') mark), ''),
       'ordered', sum(kg), sum(net_sek), count(*)
FROM orders_calloff GROUP BY 1, 2, 3, 4, 5, 6, 7;
