-- The tallies of what was ordered, day by day as they are made.

INSERT INTO orders_tally (day, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id, marks, origin_country,
                          origin_place, passed_over, basis, kg, net_sek, lines)
SELECT delivery_date, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id,
       coalesce((SELECT string_agg(mark, ',' ORDER BY mark) FROM jsonb_array_elements_text(promise -> 'marks') mark), ''),
       coalesce(promise ->> 'origin_country', ''), coalesce(promise ->> 'origin_place', ''),
       coalesce(jsonb_path_query_first(finding, '$.verdicts[*] ? (@.ok == false).rule') #>> '{}', ''), 'ordered',
       sum(kg), sum(net_sek), count(*)
FROM orders_calloff GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY 1, 2, 3;

INSERT INTO orders_tallymonth (day, authority_id, supplier_id, product_id, agreement_lot_id, marks, origin_country,
                               origin_place, passed_over, basis, kg, net_sek, net_sek_without_kg, lines, lines_without_kg)
SELECT date_trunc('month', day)::date, authority_id, supplier_id, product_id, agreement_lot_id, marks, origin_country,
       origin_place, passed_over, basis, sum(kg), sum(net_sek), sum(net_sek_without_kg), sum(lines), sum(lines_without_kg)
FROM orders_tally GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY 2, 10, 1;

INSERT INTO orders_tallyprice (day, authority_id, supplier_id, product_id, agreement_lot_id, marks, passed_over, basis,
                               per_kg, days, kg, net_sek, lines)
SELECT date_trunc('month', day)::date, authority_id, supplier_id, product_id, agreement_lot_id, marks, passed_over, basis,
       round((net_sek - net_sek_without_kg) / kg, 16) AS per_kg, count(*), sum(kg), sum(net_sek - net_sek_without_kg),
       sum(lines - lines_without_kg)
FROM orders_tally WHERE kg > 0 AND net_sek > net_sek_without_kg GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 2, 8, 1;
