"""Tallies: keys that changed are taken and made anew from call-offs and movements."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from config.ground.trail import Actor, acting
from orders.queries.call_off_rows import MARKS_OF_A_CALL_OFF, PASSED_OVER

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

_KEY = (
    "day, authority_id, kitchen_id, supplier_id, product_id, agreement_lot_id, marks, origin_country, origin_place,"
    " passed_over, basis"
)
_MEASURES = "kg, net_sek, net_sek_without_kg, lines, lines_without_kg"

# What tallies are: of call-offs ({mine}) and of what came of them, by key. The one text for a day and for all days.
_GROUPED = f"""
WITH mine AS (
  SELECT c.id, c.delivery_date AS day, c.authority_id, c.kitchen_id, c.supplier_id, c.product_id, c.agreement_lot_id,
         {MARKS_OF_A_CALL_OFF} AS marks, coalesce(c.promise ->> 'origin_country', '') AS origin_country,
         coalesce(c.promise ->> 'origin_place', '') AS origin_place, {PASSED_OVER} AS passed_over, c.kg, c.net_sek
  FROM {{mine}}
), views AS (
  SELECT mine.*, 'ordered' AS basis, kg AS view_kg, net_sek AS view_sek FROM mine
  UNION ALL
  SELECT mine.id, mine.day, mine.authority_id, mine.kitchen_id, mine.supplier_id, mine.product_id,
         mine.agreement_lot_id, mine.marks, coalesce(lot.country, mine.origin_country),
         coalesce(lot.place, mine.origin_place), mine.passed_over, mine.kg, mine.net_sek, 'delivered',
         CASE WHEN mine.kg IS NOT NULL THEN came.kg END, came.net_sek
  FROM mine JOIN (
    SELECT m.call_off_id, sum(CASE WHEN m.kind = 'returned' THEN -m.kg ELSE m.kg END) AS kg,
           sum(CASE WHEN m.kind = 'returned' THEN -m.net_sek ELSE m.net_sek END) AS net_sek
    FROM orders_movement m WHERE {{came}} m.kind IN ('delivered', 'returned')
    GROUP BY m.call_off_id
  ) AS came ON came.call_off_id = mine.id
  LEFT JOIN (
    SELECT m.call_off_id, CASE WHEN min(g.origin_country) = max(g.origin_country) THEN min(g.origin_country) ELSE '' END
             AS country, CASE WHEN min(g.origin_place) = max(g.origin_place) THEN min(g.origin_place) ELSE '' END AS place
    FROM orders_movement m JOIN orders_goodslot g ON g.id = m.goods_lot_id WHERE {{came}} m.kind = 'handed_over'
    GROUP BY m.call_off_id
  ) AS lot ON lot.call_off_id = mine.id
)
SELECT {_KEY}, coalesce(sum(view_kg), 0) AS kg, sum(view_sek) AS net_sek,
       coalesce(sum(view_sek) FILTER (WHERE view_kg IS NULL), 0) AS net_sek_without_kg,
       count(*) AS lines, count(*) FILTER (WHERE view_kg IS NULL) AS lines_without_kg
FROM views GROUP BY {_KEY}
"""
_OF_KEYS = """(SELECT DISTINCT * FROM unnest(%(days)s::date[], %(kitchens)s::bigint[]) AS u(day, kitchen_id)) AS keys
  JOIN orders_calloff c ON c.kitchen_id = keys.kitchen_id AND c.delivery_date = keys.day AND c.state = 'placed'"""
_FILL = f"INSERT INTO orders_tally ({_KEY}, {_MEASURES})" + _GROUPED.format(
    mine=_OF_KEYS, came="m.call_off_id IN (SELECT id FROM mine) AND"
)

# All anew beside the table, then only what differs is written: readers read on, and rows that were right stay as they are.
_ALONE = "LOCK TABLE orders_tally IN SHARE ROW EXCLUSIVE MODE"
_ANEW = "CREATE TEMP TABLE tally_anew ON COMMIT DROP AS" + _GROUPED.format(
    mine="orders_calloff c WHERE c.state = 'placed'", came=""
)
_SAME_KEY = " AND ".join(f"t.{name} = n.{name}" for name in _KEY.split(", "))
_SAME = " AND ".join([_SAME_KEY, *(f"t.{name} = n.{name}" for name in _MEASURES.split(", "))])
_DROP = f"""
DELETE FROM orders_tally t
WHERE t.basis IN ('ordered', 'delivered') AND NOT EXISTS (SELECT FROM tally_anew n WHERE {_SAME})
"""
_WRITE = f"""
INSERT INTO orders_tally ({_KEY}, {_MEASURES})
SELECT {_KEY}, {_MEASURES} FROM tally_anew n WHERE NOT EXISTS (SELECT FROM orders_tally t WHERE {_SAME_KEY})
"""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """``rows`` there are; of them ``written`` were not there or not so, and ``dropped`` stood that should not."""

    rows: int
    written: int
    dropped: int


def rebuild_tallies(*, by: Actor) -> Rebuilt:
    """Make all tallies anew from call-offs and movements. Right rows stay; dirty keys stay too and are taken later."""
    with acting(by), connection.cursor() as cursor:
        cursor.execute(_ALONE)
        cursor.execute("DROP TABLE IF EXISTS pg_temp.tally_anew")
        cursor.execute(_ANEW)
        rows = cursor.rowcount
        cursor.execute("ANALYZE tally_anew")
        cursor.execute(_DROP)
        dropped = cursor.rowcount
        cursor.execute(_WRITE)
        return Rebuilt(rows=rows, written=cursor.rowcount, dropped=dropped)


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
