"""Tallies of external purchases at their own grain, made by one set statement an import."""

from django.db import connection

from orders.models import ExternalTally, PurchaseImport

# Without weight: no kg is told, or 0 kg of something that was bought (orders.rules.coverage.is_without_weight).
_WITHOUT_WEIGHT = "(kg IS NULL OR (kg = 0 AND (coalesce(quantity, 0) <> 0 OR coalesce(amount, 0) <> 0)))"
_KEY = "purchase_import_id, authority_id, period_start, period_end, buyer, category, food_id, currency"
_FILL = f"""
INSERT INTO orders_externaltally ({_KEY}, kg, amount, amount_without_kg,
                                  lines, lines_without_kg, lines_without_amount)
SELECT {_KEY},
       coalesce(sum(kg), 0),
       coalesce(sum(amount), 0),
       coalesce(sum(amount) FILTER (WHERE {_WITHOUT_WEIGHT}), 0),
       count(*),
       count(*) FILTER (WHERE {_WITHOUT_WEIGHT}),
       count(*) FILTER (WHERE amount IS NULL)
  FROM orders_externalpurchase
 WHERE purchase_import_id = %s
 GROUP BY {_KEY}
"""


def tally_import(*, purchase_import: PurchaseImport) -> int:
    """Tally the rows of one import; the number of tallies. Called by an action, in its transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_FILL, [purchase_import.pk])
        return int(cursor.rowcount)


def drop_tallies(*, purchase_import: PurchaseImport) -> None:
    """Called by an action, in its transaction."""
    ExternalTally.objects.filter(purchase_import=purchase_import).delete()
