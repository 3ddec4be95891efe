-- Who buys, who sells, when and what. Keys are given by formula, so that the past can be written without looking
-- anything up: the nth authority of region r (from 0) is r * authorities + n + 1, and so on.

CREATE SCHEMA world;

-- Delivery days, numbered: the past ones from the latest back, then those that can still be ordered for.
CREATE TABLE world.day AS
SELECT (row_number() OVER (ORDER BY day DESC) - 1)::int AS n, day, true AS past
FROM (SELECT %(today)s::date - back AS day FROM generate_series(1, %(past_days)s * 2 + 7) back) AS d
WHERE extract(isodow FROM day) < 6 ORDER BY day DESC LIMIT %(past_days)s;
INSERT INTO world.day
SELECT %(past_days)s + (row_number() OVER (ORDER BY day) - 1)::int, day, false
FROM (SELECT %(first_open_day)s::date + ahead AS day FROM generate_series(0, %(open_days)s * 2 + 7) ahead) AS d
WHERE extract(isodow FROM day) < 6 ORDER BY day LIMIT %(open_days)s;
ALTER TABLE world.day ADD PRIMARY KEY (n);
ANALYZE world.day;

INSERT INTO market_authority (id, name, sort_key, code, org_number)
SELECT n, 'Världens kommun ' || n, 'v{rldens kommun ' || n, 'V' || n, '212' || lpad(n::text, 7, '0')
FROM generate_series(1, %(regions)s * %(authorities)s) n;

INSERT INTO market_hub (id, name, sort_key, address, weekdays)
SELECT n, 'Världens nav ' || n, 'v{rldens nav ' || n, '', '12345' FROM generate_series(1, %(regions)s * %(hubs)s) n;

-- One manager and one officer an authority, one member a farm.
INSERT INTO ground_user (id, password, name, email, phone, language, is_active, is_platform_admin)
SELECT n, '!', 'Person ' || n, 'person.' || n || '@world.example', '', 'sv', true, false
FROM generate_series(1, %(regions)s * (2 * %(authorities)s + %(farms)s)) n;

INSERT INTO market_authoritymember (user_id, authority_id, role)
SELECT %(regions)s * %(authorities)s + n, n, 'officer' FROM generate_series(1, %(regions)s * %(authorities)s) n;

INSERT INTO kitchens_kitchen (id, authority_id, hub_id, name, sort_key, kind, pupils, address)
SELECT (a - 1) * %(kitchens)s + k, a, (a - 1) / %(authorities)s * %(hubs)s + a %% %(hubs)s + 1,
       'Världens kök ' || k, 'v{rldens k}k ' || k, 'production', 100 + k, ''
FROM generate_series(1, %(regions)s * %(authorities)s) a, generate_series(1, %(kitchens)s) k;

INSERT INTO kitchens_kitchenmember (user_id, kitchen_id, role) SELECT authority_id, id, 'manager' FROM kitchens_kitchen;

-- No organisation's number has a 0 as its third digit, so these are nobody's.
INSERT INTO suppliers_supplier (id, name, sort_key, legal_form, org_number, email, phone, address, place, language,
                                is_bankrupt)
SELECT n, 'Världens gård ' || n, 'v{rldens g{rd ' || n, 'company', '550' || lpad(n::text, 7, '0'),
       'gard.' || n || '@world.example', '', '', '', 'sv', false
FROM generate_series(1, %(regions)s * %(farms)s) n;

INSERT INTO suppliers_farmmember (user_id, supplier_id)
SELECT %(regions)s * 2 * %(authorities)s + n, n FROM generate_series(1, %(regions)s * %(farms)s) n;

-- Every farm is registered; every other one is organic, and every sixth of those lost it last year.
INSERT INTO suppliers_certificate (id, supplier_id, kind, number, issuer, valid_from, valid_to)
SELECT n * 2 + organic, n, CASE organic WHEN 1 THEN 'organic' ELSE 'registration' END, 'W-' || n, 'Provorganet',
       '2020-01-01', CASE WHEN organic = 1 AND n %% 12 = 0 THEN %(today)s::date - 365 END
FROM generate_series(1, %(regions)s * %(farms)s) n, generate_series(0, 1) organic WHERE organic = 0 OR n %% 2 = 0;

INSERT INTO suppliers_certificatescope (certificate_id, product_group_id)
SELECT c.id, g.id FROM suppliers_certificate c, suppliers_productgroup g WHERE g.code = 'food';

INSERT INTO market_deliveryrun (id, hub_id, delivery_date)
SELECT d.n * %(regions)s * %(hubs)s + hub, hub, d.day
FROM world.day d, generate_series(1, %(regions)s * %(hubs)s) hub;

-- A farm drives to the hubs of its region. A cut-off is at noon, four days before, and what has passed is closed;
-- that of an open day lies far ahead, so that the doors, which read the clock, find it open whenever a bench is run.
INSERT INTO market_supplierrun (id, delivery_run_id, supplier_id, delivery_date, cut_off, state, closed_at)
SELECT (run.id - 1) * %(farms)s + farm, run.id, (run.hub_id - 1) / %(hubs)s * %(farms)s + farm, run.delivery_date,
       CASE WHEN d.past THEN (run.delivery_date - 4 + time '11:00') AT TIME ZONE 'UTC' ELSE %(cut_off)s END,
       CASE WHEN d.past THEN 'closed' ELSE 'open' END,
       CASE WHEN d.past THEN (run.delivery_date - 4 + time '11:01') AT TIME ZONE 'UTC' END
FROM market_deliveryrun run JOIN world.day d ON d.day = run.delivery_date, generate_series(1, %(farms)s) farm;

-- Of ten products one is sold by the piece, one by the litre and one by caught weight; one has no climate food.
-- Each is found by one of forty food words and by its number; every third is in season in the winter.
INSERT INTO market_product (id, name_sv, name_en, sort_key, synonyms, search_words, season_months, category_id, base_unit,
                            kg_per_base)
SELECT n, 'Världens vara ' || n, 'Goods of the world ' || n, 'v{rldens vara ' || n, '{}',
       'varldens vara ' || n || ' ' || ('{potatis,morot,rodbet,palsternack,kalrot,lok,rodlok,purjolok,vitkal,rodkal,gronkal,
         pumpa,vitlok,gurk,tomat,korsbarstomat,broccoli,spenat,appl,paron,hallon,jordgubb,blabar,lingon,honung,vetemjol,ragmjol,
         havregryn,art,bon,lins,mjolk,gradd,smor,ost,agg,notkot,flask,kyckling,lax}'::text[])[n %% 40 + 1],
       CASE n %% 3 WHEN 0 THEN '{11,12,1,2}'::smallint[] ELSE '{}' END, c.id,
       CASE n %% 10 WHEN 1 THEN 'piece' WHEN 2 THEN 'litre' ELSE 'kg' END,
       CASE n %% 10 WHEN 1 THEN 0.06 WHEN 2 THEN 1.03 ELSE 1 END
FROM generate_series(1, %(products)s) n JOIN market_productcategory c ON c.code = 'world_' || (n %% 8 + 1);

INSERT INTO market_pack (id, product_id, name_sv, name_en, base_per_pack, is_catch_weight, upper_tolerance)
SELECT (p.id - 1) * 2 + size, p.id, 'pack ' || size, 'pack ' || size,
       CASE p.id %% 10 WHEN 1 THEN 30 WHEN 2 THEN 1 ELSE 2 END * CASE size WHEN 1 THEN 1 ELSE 5 END,
       p.id %% 10 = 0 AND size = 1, CASE WHEN p.id %% 10 = 0 AND size = 1 THEN 0.1 ELSE 0 END
FROM market_product p, generate_series(1, 2) size WHERE p.id <= %(products)s;

INSERT INTO market_groupmapping (product_id, product_group_id, valid_from, reason)
SELECT p.id, g.id, '2020-01-01', '' FROM market_product p, suppliers_productgroup g
WHERE p.id <= %(products)s AND g.code = 'food';
INSERT INTO market_cpvmapping (product_id, cpv, valid_from, reason)
SELECT id, '03212100-1', '2020-01-01', '' FROM market_product WHERE id <= %(products)s;
INSERT INTO market_vatmapping (product_id, vat_class_id, valid_from, reason)
SELECT p.id, v.id, '2020-01-01', '' FROM market_product p, market_vatclass v WHERE p.id <= %(products)s AND v.code = 'food';
INSERT INTO market_foodmapping (product_id, food_id, valid_from, reason)
SELECT p.id, f.id, '2020-01-01', '' FROM market_product p
JOIN market_climatefood f ON f.key = 'world_' || (p.id %% 40) WHERE p.id <= %(products)s AND p.id %% 10 <> 3;

INSERT INTO market_needcategory (id, authority_id, code, name, reason)
SELECT (a - 1) * 8 + need, a, 'n' || need, 'Behov ' || need, ''
FROM generate_series(1, %(regions)s * %(authorities)s) a, generate_series(1, 8) need;
INSERT INTO market_needmapping (product_id, authority_id, need_category_id, valid_from, reason)
SELECT p, a, (a - 1) * 8 + p %% 8 + 1, '2020-01-01', ''
FROM generate_series(1, %(regions)s * %(authorities)s) a, generate_series(1, %(products)s) p;
