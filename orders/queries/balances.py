"""Proof of the counters: every cached sum against the rows that it is a sum of."""

from dataclasses import dataclass

from django.db import connection, transaction


@dataclass(frozen=True, slots=True)
class Unproven:
    """A counter that is not the sum of its rows."""

    proof: str
    key: str
    counted: str
    summed: str


PROOFS = {
    "stock pool: reserved = sum of commitments": """
        SELECT p.id::text, p.reserved::text, coalesce(c.base, 0)::text
        FROM market_stockpool p
        LEFT JOIN (SELECT pool_id, sum(base_quantity) AS base FROM market_commitment GROUP BY 1) c ON c.pool_id = p.id
        WHERE p.reserved <> coalesce(c.base, 0)""",
    "lot balance: committed = sum of commitments and what was spent before the cut-over": """
        WITH taken AS MATERIALIZED (
          SELECT agreement_lot_id, authority_id, supplier_id, sum(net_sek) AS net_sek, sum(kg) AS kg
          FROM market_commitment GROUP BY 1, 2, 3
          UNION ALL
          SELECT agreement_lot_id, authority_id, supplier_id, spent_sek, spent_kg FROM market_lotopening
        ), summed AS (
          SELECT agreement_lot_id, NULL::bigint AS authority_id, NULL::bigint AS supplier_id, sum(net_sek) AS sek,
                 sum(kg) AS kg FROM taken GROUP BY 1
          UNION ALL
          SELECT agreement_lot_id, authority_id, NULL, sum(net_sek), sum(kg) FROM taken GROUP BY 1, 2
          UNION ALL
          SELECT agreement_lot_id, NULL, supplier_id, sum(net_sek), sum(kg) FROM taken GROUP BY 1, 3
        )
        SELECT concat_ws('/', b.agreement_lot_id, b.authority_id, b.supplier_id),
               concat_ws(' SEK ', b.committed_sek, b.committed_kg),
               concat_ws(' SEK ', coalesce(s.sek, 0), coalesce(s.kg, 0))
        FROM market_lotbalance b
        LEFT JOIN summed s ON s.agreement_lot_id = b.agreement_lot_id
          AND s.authority_id IS NOT DISTINCT FROM b.authority_id
          AND s.supplier_id IS NOT DISTINCT FROM b.supplier_id
        WHERE b.committed_sek <> coalesce(s.sek, 0) OR b.committed_kg <> coalesce(s.kg, 0)""",
    "need total = sum of commitments": """
        SELECT concat_ws('/', t.need_category_id, t.month), t.net_sek::text, coalesce(s.sek, 0)::text
        FROM market_needtotal t
        FULL JOIN (SELECT need_category_id, month, sum(net_sek) AS sek FROM market_commitment
                    WHERE need_category_id IS NOT NULL GROUP BY 1, 2) s
          ON s.need_category_id = t.need_category_id AND s.month = t.month
        WHERE coalesce(t.net_sek, 0) <> coalesce(s.sek, 0)""",
    "lot ceiling: committed within ceiling and recorded overshoot": """
        SELECT b.agreement_lot_id::text, b.committed_sek::text, l.ceiling_sek::text
        FROM market_lotbalance b JOIN market_agreementlot l ON l.id = b.agreement_lot_id
        WHERE b.authority_id IS NULL AND b.supplier_id IS NULL
          AND (b.ceiling_sek <> l.ceiling_sek OR b.committed_sek > b.ceiling_sek + b.overshoot_sek)""",
    "commitment = its placed call-off, before any movement": """
        SELECT c.id::text, concat_ws(' SEK ', m.net_sek, m.kg), concat_ws(' SEK ', c.net_sek, c.kg)
        FROM orders_calloff c
        LEFT JOIN market_commitment m ON m.call_off_id = c.id
        WHERE NOT EXISTS (SELECT 1 FROM orders_movement v WHERE v.call_off_id = c.id AND v.kind <> 'ordered')
          AND (m.id IS NULL
               OR m.net_sek <> CASE WHEN c.state = 'placed' THEN c.net_sek ELSE 0 END
               OR m.kg <> CASE WHEN c.state = 'placed' THEN coalesce(c.kg, 0) ELSE 0 END)""",
    "cached quantities = sums of movements": """
        SELECT q.call_off_id::text, concat_ws(' ', q.confirmed, q.declined, q.handed_over, q.delivered, q.rejected,
               q.returned), concat_ws(' ', s.confirmed, s.declined, s.handed_over, s.delivered, s.rejected, s.returned)
        FROM orders_calloffquantity q JOIN (
          SELECT call_off_id,
                 coalesce(sum(packs) FILTER (WHERE kind = 'confirmed'), 0) AS confirmed,
                 coalesce(sum(packs) FILTER (WHERE kind = 'declined'), 0) AS declined,
                 coalesce(sum(packs) FILTER (WHERE kind = 'handed_over'), 0) AS handed_over,
                 coalesce(sum(packs) FILTER (WHERE kind = 'delivered'), 0) AS delivered,
                 coalesce(sum(packs) FILTER (WHERE kind = 'rejected'), 0) AS rejected,
                 coalesce(sum(packs) FILTER (WHERE kind = 'returned'), 0) AS returned
          FROM orders_movement GROUP BY 1) s USING (call_off_id)
        WHERE (q.confirmed, q.declined, q.handed_over, q.delivered, q.rejected, q.returned)
           <> (s.confirmed, s.declined, s.handed_over, s.delivered, s.rejected, s.returned)""",
    "invoice or credit note = sum of its lines = sum of its movements": """
        WITH papers AS (
          SELECT 'invoice:' || p.id AS source, p.net_sek, sum(l.net_sek) AS lines_sek, sum(l.packs) AS packs
            FROM orders_invoice p JOIN orders_invoiceline l ON l.invoice_id = p.id GROUP BY p.id
          UNION ALL
          SELECT 'credit:' || p.id, p.net_sek, sum(l.net_sek), sum(l.packs)
            FROM orders_creditnote p JOIN orders_creditnoteline l ON l.credit_note_id = p.id GROUP BY p.id
        ), booked AS (
          SELECT source, sum(net_sek) AS net_sek, sum(packs) AS packs FROM orders_movement
          WHERE kind IN ('invoiced', 'credited') GROUP BY source
        )
        SELECT coalesce(p.source, b.source), concat_ws(' SEK ', p.packs, p.net_sek),
               concat_ws(' SEK ', b.packs, b.net_sek)
        FROM papers p FULL JOIN booked b ON b.source = p.source
        WHERE (p.packs, p.net_sek, p.lines_sek) IS DISTINCT FROM (b.packs, b.net_sek, b.net_sek)""",
    "purchase order line = sum of its call-offs": """
        SELECT l.id::text, concat_ws(' SEK ', l.packs, l.net_sek), concat_ws(' SEK ', s.packs, s.net_sek)
        FROM orders_purchaseorderline l JOIN (
          SELECT k.purchase_order_line_id, sum(c.packs) AS packs, sum(c.net_sek) AS net_sek
          FROM orders_purchaseorderlink k JOIN orders_calloff c ON c.id = k.call_off_id GROUP BY 1) s
          ON s.purchase_order_line_id = l.id
        WHERE l.packs <> s.packs OR l.net_sek <> s.net_sek""",
    "every placed call-off of a closed run is in exactly one purchase order": """
        SELECT c.id::text, 'closed', 'no line'
        FROM orders_calloff c JOIN market_supplierrun r ON r.id = c.supplier_run_id AND r.state = 'closed'
        LEFT JOIN orders_purchaseorderlink k ON k.call_off_id = c.id
        WHERE c.state = 'placed' AND k.id IS NULL""",
}


def unproven_balances() -> list[Unproven]:
    """Every counter that differs from its rows.

    Each proof reads whole tables, so they are joined by hashing: of tables that were filled a moment ago the planner
    knows nothing, and it would go through the one for each row of the other.
    """
    found = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        for proof, statement in PROOFS.items():
            cursor.execute(statement)
            found += [
                Unproven(proof=proof, key=key, counted=counted, summed=summed)
                for key, counted, summed in cursor
            ]
        cursor.execute("SET LOCAL enable_nestloop = on")
    return found
