"""The climate figure of a period opened up: each product with its factor, grade and source, and what has none."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from market.models import Authority, FactorSet
from market.queries.factors import active_set, factor_join, mapping_join
from market.rules.climate import Footprint, together
from market.rules.uncertainty import Drawn, Impact, Spread, how_sure
from orders.models import WEIGHED_BASES
from orders.queries.spend import stale_days
from orders.queries.weighings import WEIGHED
from orders.rules.periods import Period

_PRODUCTS = f"""
SELECT t.product_id, p.name_{{language}}, d.name_{{language}}, f.kg_co2e_per_kg, f.low, f.high, coalesce(f.grade, ''),
       coalesce(f.basis, ''), coalesce(f.note, ''), f.id, coalesce(f.gsd, g.gsd),
       coalesce(sum(t.kg), 0), coalesce(sum(t.net_sek), 0), coalesce(sum(t.net_sek_without_kg), 0),
       sum(t.lines)::int, sum(t.lines_without_kg)::int
FROM {{goods}}
JOIN market_product p ON p.id = t.product_id
LEFT JOIN market_foodmapping m ON {mapping_join(product="t.product_id", day="t.day")}
LEFT JOIN market_climatefood d ON d.id = m.food_id
LEFT JOIN market_climatefactor f ON {factor_join(food="m.food_id", day="t.day", factor_set="%(factors)s")}
LEFT JOIN market_factorgrade g ON g.code = f.grade
WHERE t.authority_id = %(authority)s AND t.basis = %(basis)s AND t.day BETWEEN %(first)s AND %(last)s
GROUP BY t.product_id, p.name_{{language}}, p.sort_key, d.name_{{language}}, f.id, g.gsd
ORDER BY p.sort_key, f.id
"""


SEED = 1  # of the draws behind a figure that pulls both ways; told beside it


@dataclass(frozen=True, slots=True)
class ProductFootprint:
    """A product's goods with the factor that counts them; ``food`` empty where the product is mapped to none.

    A product that changed its food within the period stands once for each.
    """

    product_id: int
    product: str
    food: str | None
    kg_co2e_per_kg: Decimal | None
    low: Decimal | None
    high: Decimal | None
    grade: str
    source: str
    note: str
    factor_id: int | None
    gsd: Decimal | None
    kg: Decimal
    net_sek: Decimal
    net_sek_without_kg: Decimal
    lines: int
    lines_without_kg: int

    @property
    def is_covered(self) -> bool:
        return self.kg_co2e_per_kg is not None

    @property
    def co2e_kg(self) -> Decimal | None:
        """None where there is no factor: what isn't known is no zero."""
        return None if self.kg_co2e_per_kg is None else self.kg * self.kg_co2e_per_kg

    @property
    def sums(self) -> Footprint:
        covered = self.is_covered
        return Footprint(
            co2e_kg=self.co2e_kg or Decimal(0),
            kg_total=self.kg,
            kg_covered=self.kg if covered else Decimal(0),
            net_sek_total=self.net_sek,
            net_sek_covered=self.net_sek - self.net_sek_without_kg if covered else Decimal(0),
            lines=self.lines,
            lines_covered=self.lines - self.lines_without_kg if covered else 0,
            lines_without_weight=self.lines_without_kg,
        )


@dataclass(frozen=True, slots=True)
class ClimateReport:
    """``covered`` largest first; ``uncovered`` are products without a food or without a factor of the set."""

    basis: str
    period: Period
    factor_set: FactorSet | None
    whole: Footprint
    covered: tuple[ProductFootprint, ...]
    uncovered: tuple[ProductFootprint, ...]
    stale_days: int

    @property
    def spread(self) -> Spread | Drawn | None:
        """How sure the figure is: grouped by factor; drawn where a factor's goods went back by more than came."""
        impacts = [
            Impact(str(row.factor_id), row.co2e_kg, row.gsd)
            for row in self.covered
            if row.co2e_kg is not None
        ]
        return how_sure(impacts, seed=SEED)


def climate_report(
    authority: Authority, period: Period, *, basis: str, language: str = "sv"
) -> ClimateReport:
    """The goods of one basis by product with the active set's factors, in three statements."""
    factor_set = active_set()
    with connection.cursor() as cursor:
        cursor.execute(
            _PRODUCTS.format(
                language="en" if language.startswith("en") else "sv",
                goods=WEIGHED if basis in WEIGHED_BASES else "orders_tally t",
            ),
            {
                "authority": authority.pk,
                "basis": basis,
                "first": period.first,
                "last": period.last,
                "factors": factor_set.pk if factor_set else None,
            },
        )
        rows = [ProductFootprint(*row) for row in cursor.fetchall()]
    return ClimateReport(
        basis=basis,
        period=period,
        factor_set=factor_set,
        whole=together(row.sums for row in rows),
        covered=tuple(
            sorted((row for row in rows if row.is_covered), key=lambda row: row.sums.co2e_kg, reverse=True)
        ),
        uncovered=tuple(
            sorted((row for row in rows if not row.is_covered), key=lambda row: row.kg, reverse=True)
        ),
        stale_days=stale_days(authority),
    )
