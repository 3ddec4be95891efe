"""What is bought elsewhere, read at period grain. Imports that were undone count nowhere."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from market.models import Authority, FactorSet
from market.queries.factors import factor_join
from market.rules.climate import COMPARABLE_SHARE
from orders.rules.coverage import share

_FOOTPRINT = f"""
SELECT t.period_start, t.period_end, t.currency,
       sum(t.lines), sum(t.lines_without_kg), sum(t.lines_without_amount),
       coalesce(sum(t.lines - t.lines_without_kg) FILTER (WHERE f.id IS NOT NULL), 0),
       sum(t.kg), coalesce(sum(t.kg) FILTER (WHERE f.id IS NOT NULL), 0),
       coalesce(sum(t.kg * f.kg_co2e_per_kg), 0),
       sum(t.amount), coalesce(sum(t.amount - t.amount_without_kg) FILTER (WHERE f.id IS NOT NULL), 0)
  FROM orders_externaltally t
  JOIN orders_purchaseimport i ON i.id = t.purchase_import_id AND i.undone_at IS NULL
  LEFT JOIN market_climatefactor f ON {factor_join(food="t.food_id", day="t.period_start", factor_set="%s")}
 WHERE t.authority_id = %s
 GROUP BY t.period_start, t.period_end, t.currency
 ORDER BY t.period_start, t.period_end, t.currency
"""


@dataclass(frozen=True, slots=True)
class ExternalFootprint:
    """One period in one currency. ``co2e_kg`` is of ``kg_covered`` only: read it as "at least".

    ``amount`` is of the lines that tell one, in ``currency``; amounts of two currencies are never added.
    """

    period_start: date
    period_end: date
    currency: str
    lines: int
    lines_without_kg: int
    lines_without_amount: int
    lines_covered: int
    kg: Decimal
    kg_covered: Decimal
    co2e_kg: Decimal
    amount: Decimal
    amount_covered: Decimal

    @property
    def coverage_by_mass(self) -> Decimal | None:
        return share(self.kg_covered, of=self.kg)

    @property
    def coverage_by_amount(self) -> Decimal | None:
        return share(self.amount_covered, of=self.amount)

    @property
    def coverage_by_lines(self) -> Decimal | None:
        return share(Decimal(self.lines_covered), of=Decimal(self.lines))

    @property
    def may_compare(self) -> bool:
        """Below nine tenths of the weight no comparison is drawn."""
        return self.coverage_by_mass is not None and self.coverage_by_mass >= COMPARABLE_SHARE

    @property
    def co2e_per_covered_kg(self) -> Decimal | None:
        """kg CO2e per kg of what has a factor; never spread over what has none."""
        return share(self.co2e_kg, of=self.kg_covered)


def external_footprint(authority: Authority, factor_set: FactorSet) -> tuple[ExternalFootprint, ...]:
    """Footprint of the authority's external purchases by period and currency, with the factors of one set."""
    with connection.cursor() as cursor:
        cursor.execute(_FOOTPRINT, [factor_set.pk, authority.pk])
        return tuple(ExternalFootprint(*row) for row in cursor.fetchall())
