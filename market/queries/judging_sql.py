"""The two statements of ``market.queries.judging``.

``TERMS`` gives a row for each pack of each party of each lot that the products lie in, and no more than the keys of
what many rows share: packs and lots come once each with ``GOODS``, as lists whose members ``market.queries.judging``
knows by their places (names before each took longer to write and to read than what they name).
"""

# OFFSET 0 keeps the planner from turning a few look-ups by key into a reading of the whole market; ANY of one and the
# comparing of whole rows keep it from the exclusion constraints' indexes, which cost it the same by its reckoning and many
# times more in truth. A price and its offer are looked up together: apart, the planner would keep each answer for an asking
# that never comes twice.
_PROMISED = ", pr.contains, pr.may_contain, pr.origin_country, pr.origin_place, pr.temperature"
TERMS = f"""
WITH own AS MATERIALIZED (
  SELECT lp.product_id, l.id AS lot_id, l.agreement_id
  FROM market_agreementauthority named
  JOIN market_agreementlot l ON l.agreement_id = named.agreement_id
  JOIN market_lotproduct lp ON lp.agreement_lot_id = l.id
  WHERE named.authority_id = %(authority)s AND lp.product_id = ANY(%(products)s::bigint[])
    AND lp.valid_from <= %(delivery_date)s AND (lp.valid_to IS NULL OR lp.valid_to >= %(delivery_date)s)
), inside AS MATERIALIZED (
  SELECT product_id, lot_id, agreement_id, true AS authority_named FROM own
  UNION ALL
  SELECT asked.product_id, other.lot_id, other.agreement_id, false
  FROM unnest(%(products)s::bigint[]) AS asked(product_id), LATERAL (
    SELECT l.id AS lot_id, l.agreement_id
    FROM market_lotproduct lp JOIN market_agreementlot l ON l.id = lp.agreement_lot_id
    WHERE lp.product_id = asked.product_id
      AND lp.valid_from <= %(delivery_date)s AND (lp.valid_to IS NULL OR lp.valid_to >= %(delivery_date)s)
    ORDER BY lp.id LIMIT 1) AS other
  WHERE NOT EXISTS (SELECT FROM own WHERE own.product_id = asked.product_id)
), lots AS MATERIALIZED (
  SELECT inside.product_id, inside.lot_id, inside.authority_named,
         row_number() OVER (
           ORDER BY inside.product_id, array_position(ARRAY['framework', 'dis', 'direct_award'], a.kind::text),
             greatest(a.valid_from, a.cut_over_on), inside.lot_id) AS place,
         a.signed_at IS NOT NULL AS signed, a.posted_stock_is_an_answer AS answers,
         least(a.valid_to, a.terminated_on) < %(ordered_on)s AS has_ended
  FROM inside
  JOIN market_agreement a ON a.id = inside.agreement_id
), ranked AS MATERIALIZED (
  SELECT lots.*, p.supplier_id, p.rank, p.share_percent,
         CASE WHEN p.share_percent IS NOT NULL THEN (
           SELECT committed_sek FROM market_lotbalance b WHERE b.agreement_lot_id = lots.lot_id
             AND b.authority_id IS NULL AND b.supplier_id = p.supplier_id) END AS called_off_sek
  FROM lots
  LEFT JOIN LATERAL (
    SELECT supplier_id, rank, share_percent FROM market_lotparty
    WHERE agreement_lot_id = lots.lot_id AND lots.authority_named AND lots.signed OFFSET 0) AS p ON true
), suspended AS MATERIALIZED (
  SELECT DISTINCT ON (supplier_id) supplier_id, clause FROM market_standing
  WHERE authority_id = %(authority)s
    AND valid_from <= %(ordered_on)s AND (valid_to IS NULL OR valid_to >= %(ordered_on)s)
  ORDER BY supplier_id, id
), bankruptcies AS MATERIALIZED (
  SELECT DISTINCT ON (supplier_id) supplier_id, outcome <> 'keep' AS pauses FROM market_standingmatter
  WHERE authority_id = %(authority)s AND ground = 'bankruptcy' ORDER BY supplier_id, id DESC
), parties AS MATERIALIZED (
  SELECT ranked.*, s.name AS supplier_name,
         coalesce(bankruptcies.pauses, s.is_bankrupt) AS is_bankrupt, suspended.clause AS suspended,
         r.id AS run_id, r.state AS run_state, r.cut_off AT TIME ZONE 'UTC' AS cut_off_utc,
         q.asked_utc, q.answer_by_utc, q.said
  FROM ranked
  LEFT JOIN suppliers_supplier s ON s.id = ranked.supplier_id
  LEFT JOIN suspended ON suspended.supplier_id = ranked.supplier_id
  LEFT JOIN bankruptcies ON bankruptcies.supplier_id = ranked.supplier_id
  LEFT JOIN market_supplierrun r ON r.delivery_run_id = (
      SELECT id FROM market_deliveryrun WHERE hub_id = %(hub)s AND delivery_date = %(delivery_date)s)
    AND r.supplier_id = ranked.supplier_id
  LEFT JOIN LATERAL (
    SELECT asked_at AT TIME ZONE 'UTC' AS asked_utc, answer_by AT TIME ZONE 'UTC' AS answer_by_utc, said
    FROM market_partyquestion
    WHERE NOT ranked.answers AND agreement_lot_id = ranked.lot_id AND authority_id = %(authority)s
      AND supplier_id = ranked.supplier_id AND product_id = ranked.product_id AND delivery_date = %(delivery_date)s OFFSET 0
  ) AS q ON true
)
SELECT parties.product_id, parties.lot_id, parties.authority_named, parties.supplier_id, parties.rank,
       parties.share_percent, parties.called_off_sek, parties.supplier_name, parties.is_bankrupt, parties.suspended,
       parties.run_id, parties.run_state, parties.cut_off_utc, parties.asked_utc, parties.answer_by_utc, parties.said,
       pr.price_id, pr.price_per, pr.is_cap, pr.price_sek, pr.was_sek, pr.adjusted_utc, pr.pack_id, pool.pool_id, pool.in_stock, pr.offer_id,
       pr.own_price_sek, pr.claims, pr.slaughtered_in{_PROMISED}
FROM parties
LEFT JOIN LATERAL (
  SELECT id AS pool_id, quantity - reserved AS in_stock FROM market_stockpool
  WHERE (supplier_id, product_id, valid_to) >= (parties.supplier_id, parties.product_id, %(delivery_date)s)
    AND (supplier_id, product_id) <= (parties.supplier_id, parties.product_id)
    AND valid_from <= %(delivery_date)s OFFSET 0) AS pool ON true
LEFT JOIN LATERAL (
  SELECT p.id AS price_id, p.per AS price_per, p.is_cap, p.price_sek, p.was_sek,
         p.adjusted_at AT TIME ZONE 'UTC' AS adjusted_utc, p.pack_id, o.id AS offer_id, o.own_price_sek, o.claims, o.contains,
         o.may_contain, o.origin_country, o.origin_place, o.slaughtered_in, o.temperature
  FROM market_agreementprice p
  LEFT JOIN market_offer o ON o.pool_id = pool.pool_id AND o.pack_id = p.pack_id AND o.withdrawn_at IS NULL
  WHERE p.agreement_lot_id = ANY (ARRAY[parties.lot_id]) AND p.supplier_id = parties.supplier_id
    AND p.product_id = parties.product_id
    AND p.valid_from <= %(delivery_date)s AND (p.valid_to IS NULL OR p.valid_to >= %(delivery_date)s)
  OFFSET 0) AS pr ON true
ORDER BY parties.place, parties.rank, pr.pack_id
"""

TERMS_WITHOUT_PROMISE = TERMS.replace(_PROMISED, "")  # where only the farm is asked for
# Of each product the lot alone that is asked first. One whose agreement has ended is never called off from.
_FIRST_LOTS = "(SELECT DISTINCT ON (product_id) * FROM lots ORDER BY product_id, has_ended, place) AS lots"
TERMS_OF_FIRST_LOTS = TERMS_WITHOUT_PROMISE.replace("FROM lots\n", f"FROM {_FIRST_LOTS}\n")

GOODS = """
WITH RECURSIVE path AS (
  SELECT id, ARRAY[code::text] AS codes, permits::text[] AS permits
    FROM suppliers_productgroup WHERE parent_id IS NULL
  UNION ALL
  SELECT g.id, g.code::text || path.codes, g.permits::text[] || path.permits
    FROM suppliers_productgroup g JOIN path ON g.parent_id = path.id
), vat AS MATERIALIZED (
  SELECT product_id, vat_class_id FROM market_vatmapping
  WHERE product_id = ANY(%(products)s::bigint[]) AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s)
), in_group AS MATERIALIZED (
  SELECT product_id, product_group_id FROM market_groupmapping
  WHERE product_id = ANY(%(products)s::bigint[]) AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s)
), need AS MATERIALIZED (
  SELECT product_id, need_category_id FROM market_needmapping
  WHERE product_id = ANY(%(products)s::bigint[]) AND authority_id = %(authority)s
    AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s)
), food AS MATERIALIZED (
  SELECT m.product_id, f.key FROM market_foodmapping m JOIN market_climatefood f ON f.id = m.food_id
  WHERE m.product_id = ANY(%(products)s::bigint[]) AND m.valid_from <= %(day)s AND (m.valid_to IS NULL OR m.valid_to >= %(day)s)
    AND m.retired_at IS NULL
)
SELECT
 (SELECT json_agg(json_build_array(
    p.id, p.name_sv, p.name_en, p.sort_key, p.base_unit, p.kg_per_base::text, vat.vat_class_id, in_group.product_group_id,
    need.need_category_id, food.key))
  FROM market_product p
  LEFT JOIN vat ON vat.product_id = p.id
  LEFT JOIN in_group ON in_group.product_id = p.id
  LEFT JOIN need ON need.product_id = p.id
  LEFT JOIN food ON food.product_id = p.id
  WHERE p.id = ANY(%(products)s::bigint[])),
 (SELECT json_agg(json_build_array(
    id, product_id, name_sv, name_en, base_per_pack::text, is_catch_weight, upper_tolerance::text))
  FROM market_pack WHERE product_id = ANY(%(products)s::bigint[])),
 (SELECT json_agg(json_build_array(
    l.id, a.id, a.title, l.name, a.case_number, a.kind, a.regime, a.signed_at IS NOT NULL,
    greatest(a.valid_from, a.cut_over_on), a.valid_to, a.terminated_on, a.delivers_after_end, a.posted_stock_is_an_answer,
    a.part_call_off_allowed, l.ceiling_sek::text, greatest(b.ceiling_sek - b.committed_sek, 0)::text, l.ceiling_kg::text,
    CASE WHEN b.ceiling_kg IS NOT NULL THEN greatest(b.ceiling_kg - b.committed_kg, 0) END::text, l.allotment, a.answer_hours,
    (SELECT array_agg(grp) FROM market_agreementcriterion chosen
      JOIN market_sustainabilitycriterion criterion ON criterion.id = chosen.criterion_id, unnest(criterion.organic_groups) AS grp
      WHERE chosen.agreement_id = a.id AND chosen.removed_at IS NULL)))
  FROM market_agreementlot l
  JOIN market_agreement a ON a.id = l.agreement_id
  JOIN market_lotbalance b ON b.agreement_lot_id = l.id AND b.authority_id IS NULL AND b.supplier_id IS NULL
  WHERE l.id = ANY(%(lots)s::bigint[])),
 (SELECT json_agg(json_build_array(id, codes, permits)) FROM path),
 (SELECT json_agg(json_build_array(
    c.supplier_id, c.kind, c.number, c.issuer, c.valid_from, c.valid_to,
    (SELECT array_agg(cs.product_group_id) FROM suppliers_certificatescope cs WHERE cs.certificate_id = c.id)))
  FROM suppliers_certificate c WHERE c.supplier_id = ANY(%(suppliers)s::bigint[])),
 (SELECT json_agg(json_build_array(rule, regime, paragraph)) FROM market_lawparagraph
   WHERE rule NOT LIKE 'criteria%%' AND rule NOT LIKE 'exclusion%%' AND rule NOT LIKE 'change%%' AND valid_from <= %(ordered_on)s AND (valid_to IS NULL OR valid_to >= %(ordered_on)s))
"""
