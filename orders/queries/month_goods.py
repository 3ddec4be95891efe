"""Which tallies a report is read from: months where they say the same as days, which is much less to read.

Months hold no kitchen. A climate factor that begins or ends within a month holds for some of its days only, so goods whose
food or factor does so in the period are read by day; all others by month.
"""

from datetime import date

from django.db import connection

from orders.queries.narrowed import Narrowed
from orders.rules.periods import month_of

DAYS = "orders_tally t"
MONTHS = "orders_tallymonth t"
_COLUMNS = (
    "day, authority_id, supplier_id, product_id, agreement_lot_id, marks, origin_country, origin_place, passed_over, basis,"
    " kg, net_sek, net_sek_without_kg, lines, lines_without_kg"
)
_COUNTS = "answered, received, arrived, on_time, in_full, rejected"
_WITHIN = """({row}.valid_from BETWEEN %(first)s AND %(last)s AND extract(day FROM {row}.valid_from) <> 1
   OR {row}.valid_to BETWEEN %(first)s AND %(last)s AND extract(day FROM {row}.valid_to + 1) <> 1)"""
_UNSTEADY = f"""
SELECT m.product_id FROM market_foodmapping m WHERE m.retired_at IS NULL AND {_WITHIN.format(row="m")}
UNION
SELECT m.product_id FROM market_climatefactor f JOIN market_foodmapping m ON m.food_id = f.food_id AND m.retired_at IS NULL
WHERE f.superseded_at IS NULL AND f.factor_set_id = (SELECT id FROM market_factorset WHERE is_active)
  AND {_WITHIN.format(row="f")}
ORDER BY 1
"""


def plain_goods(narrowed: Narrowed, *, by: str) -> str:
    """What a report without factors reads from."""
    return DAYS if by == "kitchen" or narrowed.kitchen_id is not None else MONTHS


def goods_until(last: date, narrowed: Narrowed, *, by: str) -> str:
    """As `plain_goods`, of a period that ends on ``last``: if that is within a month, its last month is read by day."""
    month = month_of(last)
    if plain_goods(narrowed, by=by) == DAYS or last == month.last:
        return plain_goods(narrowed, by=by)
    first = f"DATE '{month.first}'"
    return (
        f"(SELECT {_COLUMNS}, {_COUNTS} FROM orders_tallymonth WHERE day < {first}"
        f" UNION ALL SELECT {_COLUMNS}, {_COUNTS} FROM orders_tally WHERE day >= {first}) t"
    )


def weighed_goods(narrowed: Narrowed, *, by: str, first: date, last: date) -> str:
    """What a report reads from that joins factors by day. One small statement."""
    if plain_goods(narrowed, by=by) == DAYS:
        return DAYS
    with connection.cursor() as cursor:
        cursor.execute(_UNSTEADY, {"first": first, "last": last})
        unsteady = ", ".join(str(row[0]) for row in cursor.fetchall())
    if not unsteady:
        return MONTHS
    return (
        f"(SELECT {_COLUMNS} FROM orders_tallymonth WHERE product_id NOT IN ({unsteady})"
        f" UNION ALL SELECT {_COLUMNS} FROM orders_tally WHERE product_id IN ({unsteady})) t"
    )
