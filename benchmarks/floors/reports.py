"""The floor of a report: the same sums by one bare statement over the same tables, nothing judged, named or narrowed."""

from datetime import date

import psycopg

_SPEND = """
SELECT t.{key}, sum(t.kg * f.kg_co2e_per_kg), sum(t.kg), sum(t.net_sek), sum(t.lines)
FROM orders_tally t
LEFT JOIN market_foodmapping m ON m.product_id = t.product_id AND m.valid_to IS NULL AND m.retired_at IS NULL
LEFT JOIN market_climatefactor f ON f.food_id = m.food_id AND f.superseded_at IS NULL
  AND f.factor_set_id = (SELECT id FROM market_factorset WHERE is_active)
WHERE t.authority_id = %s AND t.basis = 'ordered' AND t.day BETWEEN %s AND %s
GROUP BY GROUPING SETS ((), (t.{key}))
"""


def spend(connection: psycopg.Connection, *, key: str, authority: int, first: date, last: date) -> int:
    """How many rows the statement gave."""
    return len(connection.execute(_SPEND.format(key=key), [authority, first, last]).fetchall())
