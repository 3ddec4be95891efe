"""The statements of ``market.queries.day_range``.

``RANGE`` says in sets what ``market.rules.allotment`` says of one smallest pack: a test runs both over the same worlds.
The parties of a lot come in their turn (``market.rules.turns``).
Of each party it tells whether it *gives* a pack, *stops* its lot (its cut-off has passed, it has no agreed price, or it
has too little and posted stock is no answer) or lets the *next* rank be asked.

It is written for the whole of a region's market: each table is read once, by the keys of the authority's own lots and
farms, and joined by hashing. The planner knows nothing of how many rows a named part gives and would go through one table
for each row of another (a hundred thousand times); ``PLANNED`` keeps it from that while the statement is read.
"""

RANGE_TABLES = (  # as in the index trail_of_the_range, which a test compares
    "market_agreement",
    "market_agreementauthority",
    "market_agreementcriterion",
    "market_agreementlot",
    "market_agreementprice",
    "market_lotparty",
    "market_lotproduct",
    "market_offer",
    "market_stockpool",
    "market_product",
    "market_productcategory",
    "market_groupmapping",
    "market_vatmapping",
    "market_standing",
    "market_supplierrun",
    "market_deliveryrun",
    "suppliers_certificate",
    "suppliers_certificatescope",
    "suppliers_supplier",
)
# Two counters that only grow, added: the trail of these tables, and bankruptcies opened and decided (no row of the index).
NEWEST = f"""
SELECT coalesce((SELECT max(id) FROM ground_trailentry WHERE table_name IN {RANGE_TABLES!r}), 0)
     + (SELECT count(*) + count(*) FILTER (WHERE outcome <> '') FROM market_standingmatter WHERE ground = 'bankruptcy')
"""  # our own names

PLANNED = "SELECT set_config('enable_nestloop', 'off', true), set_config('work_mem', '32MB', true)"
AS_BEFORE = "SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL work_mem TO DEFAULT"

RANGE = """
WITH RECURSIVE path AS (
  SELECT id, ARRAY[code::text] AS codes, permits::text[] AS permits FROM suppliers_productgroup WHERE parent_id IS NULL
  UNION ALL
  SELECT g.id, g.code::text || path.codes, g.permits::text[] || path.permits
    FROM suppliers_productgroup g JOIN path ON g.parent_id = path.id
), papers AS MATERIALIZED (
  SELECT c.supplier_id, path.id AS group_id, array_agg(DISTINCT c.kind::text) AS kinds
  FROM suppliers_certificate c
  JOIN suppliers_certificatescope scope ON scope.certificate_id = c.id
  JOIN suppliers_productgroup g ON g.id = scope.product_group_id
  JOIN path ON g.code = ANY(path.codes)
  WHERE c.valid_from <= %(day)s AND (c.valid_to IS NULL OR c.valid_to >= %(day)s) AND btrim(c.number) <> ''
  GROUP BY 1, 2
), own AS MATERIALIZED (
  SELECT l.id AS lot_id, l.allotment, a.posted_stock_is_an_answer AS answers,
         array_position(ARRAY['framework', 'dis', 'direct_award'], a.kind::text) AS place, greatest(a.valid_from, a.cut_over_on) AS valid_from,
         b.ceiling_sek - b.committed_sek AS room_sek, b.ceiling_kg - b.committed_kg AS room_kg,
         ARRAY(SELECT grp::text FROM market_agreementcriterion asked
               JOIN market_sustainabilitycriterion criterion ON criterion.id = asked.criterion_id,
                    unnest(criterion.organic_groups) AS grp
               WHERE asked.agreement_id = a.id AND asked.removed_at IS NULL) AS organic_groups,
         a.signed_at IS NOT NULL AND greatest(a.valid_from, a.cut_over_on) <= %(ordered_on)s
           AND least(a.valid_to, coalesce(a.terminated_on, a.valid_to)) >= %(ordered_on)s
           AND (least(a.valid_to, coalesce(a.terminated_on, a.valid_to)) >= %(day)s
                OR (a.delivers_after_end AND a.terminated_on IS NULL)) AS in_force
  FROM market_agreementauthority named
  JOIN market_agreement a ON a.id = named.agreement_id
  JOIN market_agreementlot l ON l.agreement_id = a.id
  JOIN market_lotbalance b ON b.agreement_lot_id = l.id AND b.authority_id IS NULL AND b.supplier_id IS NULL
  WHERE named.authority_id = %(authority)s
), inside AS MATERIALIZED (
  SELECT own.*, lp.product_id FROM own JOIN market_lotproduct lp ON lp.agreement_lot_id = own.lot_id
  WHERE lp.agreement_lot_id = ANY (ARRAY(SELECT lot_id FROM own)) AND lp.valid_from <= %(day)s AND (lp.valid_to IS NULL OR lp.valid_to >= %(day)s)
), goods AS MATERIALIZED (
  SELECT DISTINCT p.id, p.base_unit, p.kg_per_base, path.id AS group_id, path.codes,
         array_remove(path.permits, 'slaughtered_in') AS permits,
         coalesce('slaughtered_in' = ANY(path.permits), false) AS states_slaughter, v.id IS NOT NULL AS has_vat
  FROM (SELECT DISTINCT product_id FROM inside) asked
  JOIN market_product p ON p.id = asked.product_id
  LEFT JOIN market_groupmapping m ON m.product_id = p.id
    AND m.valid_from <= %(day)s AND (m.valid_to IS NULL OR m.valid_to >= %(day)s)
  LEFT JOIN path ON path.id = m.product_group_id
  LEFT JOIN market_vatmapping v ON v.product_id = p.id
    AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to >= %(day)s)
), demands AS MATERIALIZED (
  SELECT inside.lot_id, inside.product_id, g.states_slaughter AS slaughter,
         inside.organic_groups <> '{}' AND coalesce(inside.organic_groups && g.codes, true) AS organic
  FROM inside JOIN goods g ON g.id = inside.product_id
  WHERE g.states_slaughter OR inside.organic_groups <> '{}'
), farms AS MATERIALIZED (
  SELECT s.id AS supplier_id, s.name, r.id IS NOT NULL AS drives,
         coalesce(r.state = 'open' AND r.cut_off >= %(arrived_at)s, false) AS in_time,
         NOT coalesce((SELECT m.outcome <> 'keep' FROM market_standingmatter m
             WHERE m.authority_id = %(authority)s AND m.supplier_id = s.id AND m.ground = 'bankruptcy'
             ORDER BY m.id DESC LIMIT 1), s.is_bankrupt) AND NOT EXISTS (
           SELECT FROM market_standing st WHERE st.authority_id = %(authority)s AND st.supplier_id = s.id
             AND st.valid_from <= %(ordered_on)s AND (st.valid_to IS NULL OR st.valid_to >= %(ordered_on)s)) AS stands
  FROM suppliers_supplier s
  LEFT JOIN market_supplierrun r ON r.supplier_id = s.id AND r.delivery_run_id = (
    SELECT id FROM market_deliveryrun WHERE hub_id = %(hub)s AND delivery_date = %(day)s)
  WHERE s.id IN (SELECT party.supplier_id FROM market_lotparty party
                 WHERE party.agreement_lot_id = ANY (ARRAY(SELECT lot_id FROM own)))
), called_off AS MATERIALIZED (
  SELECT party.agreement_lot_id AS lot_id, party.supplier_id, party.share_percent, coalesce(b.committed_sek, 0) AS sek,
         sum(coalesce(b.committed_sek, 0)) OVER (PARTITION BY party.agreement_lot_id) AS of_all
  FROM market_lotparty party
  LEFT JOIN market_lotbalance b ON b.agreement_lot_id = party.agreement_lot_id AND b.supplier_id = party.supplier_id
    AND b.authority_id IS NULL
    AND b.agreement_lot_id = ANY (ARRAY(SELECT lot_id FROM own WHERE allotment = 'shares'))
  WHERE party.agreement_lot_id = ANY (ARRAY(SELECT lot_id FROM own WHERE allotment = 'shares'))
), measures AS MATERIALIZED (
  SELECT pk.id, pk.base_per_pack AS base, ceil(pk.base_per_pack * (1 + pk.upper_tolerance) * 1000) / 1000 AS held,
         pk.base_per_pack * g.kg_per_base AS kg
  FROM goods g JOIN market_pack pk ON pk.product_id = g.id
), priced AS MATERIALIZED (
  SELECT pr.agreement_lot_id AS lot_id, pr.product_id, pr.supplier_id, pr.pack_id, pr.per, pr.is_cap, pr.price_sek,
         measures.held, measures.kg, measures.base
  FROM market_agreementprice pr JOIN measures ON measures.id = pr.pack_id
  WHERE pr.agreement_lot_id = ANY (ARRAY(SELECT lot_id FROM own))
    AND pr.valid_from <= %(day)s AND (pr.valid_to IS NULL OR pr.valid_to >= %(day)s)
), stocks AS MATERIALIZED (
  SELECT pool.supplier_id, pool.product_id, o.pack_id, pool.quantity - pool.reserved AS left_in_stock,
         o.own_price_sek, o.claims, o.temperature, o.slaughtered_in
  FROM market_stockpool pool JOIN market_offer o ON o.pool_id = pool.id
  WHERE pool.supplier_id = ANY (ARRAY(SELECT supplier_id FROM farms))
    AND o.supplier_id = ANY (ARRAY(SELECT supplier_id FROM farms))
    AND pool.valid_from <= %(day)s AND pool.valid_to >= %(day)s AND o.withdrawn_at IS NULL
), packs AS MATERIALIZED (
  SELECT inside.lot_id, inside.product_id, priced.supplier_id, bool_or(enough.stock) AS stocked,
         min(round(CASE priced.per WHEN 'kg' THEN asked.price_sek * priced.kg ELSE asked.price_sek END / priced.base, 4))
           AS lowest,
         bool_or(enough.stock AND inside.room_sek + 0.005 >= CASE priced.per WHEN 'kg' THEN asked.price_sek * priced.kg
                                                                    ELSE asked.price_sek END
                 AND (inside.room_kg IS NULL OR priced.kg IS NULL OR inside.room_kg >= priced.kg)) AS gives
  FROM inside
  JOIN goods g ON g.id = inside.product_id
  JOIN priced ON priced.lot_id = inside.lot_id AND priced.product_id = inside.product_id
  LEFT JOIN demands d ON d.lot_id = inside.lot_id AND d.product_id = inside.product_id
  LEFT JOIN stocks ON stocks.supplier_id = priced.supplier_id AND stocks.product_id = priced.product_id
    AND (stocks.slaughtered_in <> '' OR d.slaughter IS NOT TRUE)
    AND ('organic' = ANY(stocks.claims) OR d.organic IS NOT TRUE)
    AND stocks.pack_id = priced.pack_id AND (priced.per <> 'kg' OR priced.kg IS NOT NULL)
    AND (NOT priced.is_cap OR stocks.own_price_sek IS NULL OR stocks.own_price_sek <= priced.price_sek)
  CROSS JOIN LATERAL (
    SELECT CASE WHEN priced.is_cap THEN coalesce(stocks.own_price_sek, priced.price_sek)
                ELSE priced.price_sek END AS price_sek
  ) asked
  CROSS JOIN LATERAL (SELECT stocks.left_in_stock >= priced.held AS stock) enough
  GROUP BY inside.lot_id, inside.product_id, priced.supplier_id
), silent AS (
  SELECT priced.lot_id, stocks.product_id, stocks.supplier_id
  FROM stocks
  JOIN priced ON priced.supplier_id = stocks.supplier_id AND priced.product_id = stocks.product_id
    AND priced.pack_id = stocks.pack_id
  JOIN demands d ON d.lot_id = priced.lot_id AND d.product_id = stocks.product_id
  GROUP BY priced.lot_id, stocks.product_id, stocks.supplier_id
  HAVING bool_and(d.slaughter AND stocks.slaughtered_in = '') OR bool_and(d.organic AND 'organic' <> ALL(stocks.claims))
), opened AS MATERIALIZED (
  SELECT agreement_lot_id AS lot_id, supplier_id, product_id FROM market_partyquestion
  WHERE authority_id = %(authority)s AND delivery_date = %(day)s AND (said = 'no' OR answer_by < %(arrived_at)s)
), answered AS (
  SELECT inside.lot_id, inside.product_id, inside.place, inside.valid_from, party.rank, party.supplier_id,
         papers.kinds,
         CASE WHEN farms.drives AND NOT farms.in_time THEN 'stops'
              WHEN NOT farms.drives OR NOT farms.stands OR silent.supplier_id IS NOT NULL
                   OR (d.organic AND ('organic' = ANY(papers.kinds)) IS NOT TRUE)
                   OR NOT coalesce(g.permits, '{}') <@ coalesce(papers.kinds, '{}') THEN 'next'
              WHEN NOT g.has_vat OR packs.supplier_id IS NULL THEN 'stops'
              WHEN packs.gives THEN 'gives'
              WHEN (inside.answers OR opened.lot_id IS NOT NULL) AND packs.stocked IS NOT TRUE THEN 'next'
              ELSE 'stops' END AS answer,
         packs.lowest IS NULL AND inside.allotment IN ('lowest_price', 'shares') AS last,
         CASE inside.allotment WHEN 'lowest_price' THEN packs.lowest
              WHEN 'shares' THEN called_off.sek - called_off.of_all * party.share_percent / 100
              ELSE 0 END AS turn
  FROM inside
  JOIN goods g ON g.id = inside.product_id
  LEFT JOIN demands d ON d.lot_id = inside.lot_id AND d.product_id = inside.product_id
  JOIN market_lotparty party ON party.agreement_lot_id = inside.lot_id
  JOIN farms ON farms.supplier_id = party.supplier_id
  LEFT JOIN papers ON papers.supplier_id = party.supplier_id AND papers.group_id = g.group_id
  LEFT JOIN packs ON packs.lot_id = inside.lot_id AND packs.product_id = inside.product_id
    AND packs.supplier_id = party.supplier_id
  LEFT JOIN called_off ON called_off.lot_id = inside.lot_id AND called_off.supplier_id = party.supplier_id
  LEFT JOIN silent ON silent.lot_id = inside.lot_id AND silent.product_id = inside.product_id
    AND silent.supplier_id = party.supplier_id
  LEFT JOIN opened ON opened.lot_id = inside.lot_id AND opened.supplier_id = party.supplier_id
    AND opened.product_id = inside.product_id
  WHERE inside.in_force
), of_lots AS (
  SELECT DISTINCT ON (product_id, lot_id) * FROM answered WHERE answer <> 'next'
  ORDER BY product_id, lot_id, last, turn, rank
), chosen AS MATERIALIZED (
  SELECT DISTINCT ON (product_id) * FROM of_lots WHERE answer = 'gives'
  ORDER BY product_id, place, valid_from, lot_id
), told AS MATERIALIZED (
  SELECT chosen.product_id, array_agg(DISTINCT claim.mark) FILTER (WHERE claim.mark = ANY(chosen.kinds)) AS marks,
         array_agg(DISTINCT stocks.temperature::text) AS temperatures
  FROM chosen
  JOIN stocks ON stocks.supplier_id = chosen.supplier_id AND stocks.product_id = chosen.product_id
  LEFT JOIN LATERAL unnest(stocks.claims::text[]) AS claim(mark) ON true
  GROUP BY chosen.product_id
)
SELECT p.id, p.name_sv, p.name_en, p.sort_key, p.base_unit, c.id, c.name_sv, c.name_en, p.search_words,
       p.season_months, chosen.supplier_id, farms.name, told.marks, told.temperatures
FROM goods
JOIN market_product p ON p.id = goods.id
JOIN market_productcategory c ON c.id = p.category_id
LEFT JOIN chosen ON chosen.product_id = p.id
LEFT JOIN farms ON farms.supplier_id = chosen.supplier_id
LEFT JOIN told ON told.product_id = p.id
"""
