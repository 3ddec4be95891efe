"""What food law makes goods state, by their product group on a day."""

from collections.abc import Collection
from datetime import date

from django.db import connection

from suppliers.rules.certificates import SLAUGHTERED_IN

_MUST_STATE = """
WITH RECURSIVE path AS (
  SELECT id, permits::text[] AS facts FROM suppliers_productgroup WHERE parent_id IS NULL
  UNION ALL
  SELECT g.id, g.permits::text[] || path.facts FROM suppliers_productgroup g JOIN path ON g.parent_id = path.id
)
SELECT asked.product_id, asked.day FROM unnest(%(products)s::bigint[], %(days)s::date[]) AS asked(product_id, day)
JOIN market_groupmapping m ON m.product_id = asked.product_id
  AND m.valid_from <= asked.day AND (m.valid_to IS NULL OR m.valid_to >= asked.day)
JOIN path ON path.id = m.product_group_id
WHERE %(fact)s = ANY(path.facts)
"""


def must_say_slaughter(goods: Collection[tuple[int, date]]) -> set[tuple[int, date]]:
    """Those of the (product, day) that must state where the animal was slaughtered. One statement, or none."""
    if not goods:
        return set()
    told = sorted(goods)
    with connection.cursor() as cursor:
        cursor.execute(
            _MUST_STATE,
            {
                "products": [product for product, _day in told],
                "days": [day for _product, day in told],
                "fact": SLAUGHTERED_IN,
            },
        )
        return set(cursor.fetchall())
