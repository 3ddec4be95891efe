"""Tallies: keys that changed are taken and made anew from call-offs and movements."""

from datetime import date

from django.db import connection

from config.ground.trail import Actor, acting

_TAKE = """
DELETE FROM orders_tallydirty WHERE id IN (
  SELECT id FROM orders_tallydirty ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING day, kitchen_id
"""

# Two workers may hold keys of the same day and kitchen: the second waits here, then reads what the first wrote.
_LOCK = """
SELECT pg_advisory_xact_lock(hashtextextended('tally', k.kitchen_id * 100000 + (k.day - DATE '2000-01-01')))
FROM (SELECT DISTINCT * FROM unnest(%(days)s::date[], %(kitchens)s::bigint[]) AS u(day, kitchen_id)
      ORDER BY 2, 1) AS k
"""

_CLEAR = """
DELETE FROM orders_tally t USING unnest(%(days)s::date[], %(kitchens)s::bigint[]) AS k(day, kitchen_id)
WHERE t.day = k.day AND t.kitchen_id = k.kitchen_id AND t.basis IN ('ordered', 'delivered')
"""

_MARKS = "coalesce((SELECT string_agg(m, ',' ORDER BY m) FROM jsonb_array_elements_text(c.promise -> 'marks') AS m), '')"

_FILL = f"""
WITH keys AS (
  SELECT DISTINCT * FROM unnest(%(days)s::date[], %(kitchens)s::bigint[]) AS u(day, kitchen_id)
), mine AS (
  SELECT c.id, c.delivery_date, c.authority_id, c.kitchen_id, c.supplier_id, c.product_id, c.agreement_lot_id,
         {_MARKS} AS marks, c.kg, c.net_sek
  FROM keys JOIN orders_calloff c ON c.kitchen_id = keys.kitchen_id AND c.delivery_date = keys.day
  WHERE c.state = 'placed'
), views AS (
  SELECT mine.*, 'ordered' AS basis, kg AS view_kg, net_sek AS view_sek FROM mine
  UNION ALL
  SELECT mine.*, 'delivered', CASE WHEN mine.kg IS NOT NULL THEN came.kg END, came.net_sek
  FROM mine JOIN (
    SELECT m.call_off_id, sum(CASE WHEN m.kind = 'returned' THEN -m.kg ELSE m.kg END) AS kg,
           sum(CASE WHEN m.kind = 'returned' THEN -m.net_sek ELSE m.net_sek END) AS net_sek
    FROM orders_movement m WHERE m.call_off_id IN (SELECT id FROM mine) AND m.kind IN ('delivered', 'returned')
    GROUP BY m.call_off_id
  ) AS came ON came.call_off_id = mine.id
)
INSERT INTO orders_tally (day, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id, marks, basis,
                          kg, net_sek, net_sek_without_kg, lines, lines_without_kg)
SELECT delivery_date, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id, marks, basis,
       coalesce(sum(view_kg), 0), sum(view_sek), coalesce(sum(view_sek) FILTER (WHERE view_kg IS NULL), 0),
       count(*), count(*) FILTER (WHERE view_kg IS NULL)
FROM views
GROUP BY delivery_date, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id, marks, basis
"""


def tally_dirty(*, limit: int = 1000, by: Actor) -> int:
    """Take up to ``limit`` dirty keys and make their tallies anew. Returns how many keys were taken."""
    with acting(by), connection.cursor() as cursor:
        cursor.execute(_TAKE, [limit])
        keys: set[tuple[date, int]] = set(cursor.fetchall())
        if not keys:
            return 0
        ordered = sorted(keys)
        taken: dict[str, list[date] | list[int]] = {
            "days": [day for day, _ in ordered],
            "kitchens": [kitchen for _, kitchen in ordered],
        }
        for statement in (_LOCK, _CLEAR, _FILL):
            cursor.execute(statement, taken)
        return len(keys)
