"""A climate figure counted from its rows as they were known at a time, and counted again."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection

import market.queries.factors as joins
import market.rules.climate as rule
from market.models import Authority
from market.queries.factors import factor_join, mapping_join
from market.rules.climate import Footprint
from market.rules.comparing import Figure, NotComparable, Why, check_comparable
from market.rules.uncertainty import Drawn, Impact, Spread, how_sure
from orders.models import Basis, PublishedTally
from orders.refusals import NotCompared

SEED = 1
PUBLISHED = (Basis.ORDERED, Basis.DELIVERED, Basis.SERVED, Basis.WASTED)
_AT = "%(until)s"

_WEIGHED = """
    SELECT l.id, w.last_day, l.product_id, l.kg, 0.00
    FROM orders_weighing w JOIN orders_weighingline l ON l.weighing_id = w.id
    WHERE w.authority_id = %(authority)s AND w.kind = '{kind}' AND w.last_day BETWEEN %(first)s AND %(last)s
      AND w.recorded_at <= %(until)s AND (w.retired_at IS NULL OR w.retired_at > %(until)s)"""
_VIEW = {
    Basis.ORDERED: "SELECT c.id, c.delivery_date, c.product_id, c.kg, c.net_sek FROM mine c",
    Basis.DELIVERED: """
    SELECT c.id, c.delivery_date, c.product_id, CASE WHEN c.kg IS NOT NULL THEN came.kg END, came.net_sek
    FROM mine c JOIN (
      SELECT m.call_off_id, sum(CASE WHEN m.kind = 'returned' THEN -m.kg ELSE m.kg END) AS kg,
             sum(CASE WHEN m.kind = 'returned' THEN -m.net_sek ELSE m.net_sek END) AS net_sek
      FROM orders_movement m
      WHERE m.call_off_id IN (SELECT id FROM mine) AND m.kind IN ('delivered', 'returned') AND m.id <= %(movements)s
      GROUP BY m.call_off_id
    ) AS came ON came.call_off_id = c.id""",
    Basis.SERVED: _WEIGHED.format(kind=Basis.SERVED.value),
    Basis.WASTED: _WEIGHED.format(kind=Basis.WASTED.value),
}

_LINES = """
WITH mine AS (
  SELECT c.id, c.delivery_date, c.product_id, c.kg, c.net_sek FROM orders_calloff c
  WHERE c.authority_id = %(authority)s AND c.state = 'placed'
    AND c.delivery_date BETWEEN %(first)s AND %(last)s
    AND c.kitchen_id = ANY (ARRAY(SELECT id FROM kitchens_kitchen WHERE authority_id = %(authority)s))
), view (id, day, product_id, kg, net_sek) AS ({view}), line AS (
  SELECT v.*, f.id AS factor_id, f.kg_co2e_per_kg AS per_kg, coalesce(f.gsd, g.gsd) AS gsd
  FROM view v
  LEFT JOIN market_foodmapping m ON {mapping}
  LEFT JOIN market_climatefactor f ON {factor}
  LEFT JOIN market_factorgrade g ON g.code = f.grade
)
"""
_SUMS = """
SELECT coalesce(sum(kg * per_kg), 0), coalesce(sum(kg), 0), coalesce(sum(kg) FILTER (WHERE factor_id IS NOT NULL), 0),
       coalesce(sum(net_sek), 0),
       coalesce(sum(net_sek) FILTER (WHERE factor_id IS NOT NULL AND kg IS NOT NULL), 0),
       count(*)::int, (count(*) FILTER (WHERE factor_id IS NOT NULL AND kg IS NOT NULL))::int,
       (count(*) FILTER (WHERE kg IS NULL))::int,
       encode(sha256(convert_to(coalesce(string_agg(
         concat_ws('|', id, day, product_id, coalesce(kg::text, '-'), net_sek, coalesce(factor_id::text, '-'),
                   coalesce(per_kg::text, '-')), E'\\n' ORDER BY id), ''), 'UTF8')), 'hex')
FROM line
"""
_GROUPS = (
    "SELECT factor_id, sum(kg * per_kg), gsd FROM line WHERE factor_id IS NOT NULL GROUP BY factor_id, gsd"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The keys of a figure: counted twice by the same, it comes out the same."""

    authority_id: int
    basis: str
    first: date
    last: date
    factor_set_id: int
    until: datetime
    movements_until: int


@dataclass(frozen=True, slots=True)
class CountedFigure:
    sums: Footprint
    lines_sha256: str
    sure: Spread | Drawn | None


@dataclass(frozen=True, slots=True)
class Verified:
    """A published figure beside what its keys give today. ``same_code`` is told, and breaks nothing by itself."""

    published: PublishedTally
    found: CountedFigure

    @property
    def same_lines(self) -> bool:
        return self.published.lines_sha256 == self.found.lines_sha256

    @property
    def same_result(self) -> bool:
        return self.found.sums == sums_of(self.published)

    @property
    def same_code(self) -> bool:
        return self.published.code_version == CODE_VERSION

    @property
    def holds(self) -> bool:
        return self.same_lines and self.same_result


def sums_of(told: PublishedTally) -> Footprint:
    """The sums that were published."""
    return Footprint(
        co2e_kg=told.co2e_kg,
        kg_total=told.kg_total,
        kg_covered=told.kg_covered,
        net_sek_total=told.net_sek_total,
        net_sek_covered=told.net_sek_covered,
        lines=told.lines,
        lines_covered=told.lines_covered,
        lines_without_weight=told.lines_without_kg,
    )


def count_figure(asked: Asked) -> CountedFigure:
    """The figure by its keys, from call-offs and movements or from what was weighed, in two statements."""
    statement = _LINES.format(
        view=_VIEW[Basis(asked.basis)],
        mapping=mapping_join(product="v.product_id", day="v.day", at=_AT),
        factor=factor_join(food="m.food_id", day="v.day", factor_set="%(factors)s", at=_AT),
    )
    keys: dict[str, Any] = {
        "authority": asked.authority_id,
        "first": asked.first,
        "last": asked.last,
        "until": asked.until,
        "movements": asked.movements_until,
        "factors": asked.factor_set_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement + _SUMS, keys)
        *sums, digest = cursor.fetchone()
        cursor.execute(statement + _GROUPS, keys)
        impacts = [
            Impact(str(factor), co2e, gsd) for factor, co2e, gsd in cursor.fetchall() if co2e is not None
        ]
    return CountedFigure(sums=Footprint(*sums), lines_sha256=digest, sure=how_sure(impacts, seed=SEED))


def verify(published: PublishedTally) -> Verified:
    """Count it again by its own keys."""
    return Verified(
        published=published,
        found=count_figure(
            Asked(
                authority_id=published.authority_id,
                basis=published.basis,
                first=published.period_first,
                last=published.period_last,
                factor_set_id=published.factor_set_id,
                until=published.recorded_until,
                movements_until=published.movements_until,
            )
        ),
    )


def published_of(authority: Authority) -> list[PublishedTally]:
    """Newest first, each with its set, who published it and what took its place."""
    rows = PublishedTally.objects.filter(authority=authority).select_related(
        "factor_set", "published_by", "supersedes", "superseded_by"
    )
    return list(rows.order_by("-published_at", "-id"))


def standing_published(authority: Authority, *, basis: str, first: date, last: date) -> PublishedTally | None:
    """The version that nothing has taken the place of."""
    return PublishedTally.objects.filter(
        authority=authority, basis=basis, period_first=first, period_last=last, superseded_by=None
    ).first()


@dataclass(frozen=True, slots=True)
class Compared:
    """Two published figures that may stand beside each other: kg CO2e, and kg CO2e per kg of what has a factor."""

    before: PublishedTally
    after: PublishedTally

    @property
    def difference(self) -> Decimal:
        return self.after.co2e_kg - self.before.co2e_kg

    @property
    def per_kg(self) -> tuple[Decimal | None, Decimal | None]:
        return sums_of(self.before).kg_per_kg_of_covered, sums_of(self.after).kg_per_kg_of_covered


def compared(before: PublishedTally, after: PublishedTally) -> Compared:
    """Raises NotCompared with the reason: two bases, two sets, or less than 90 % of the mass covered on a side."""
    try:
        check_comparable(
            *(Figure(each.basis, each.factor_set.code, sums_of(each)) for each in (before, after))
        )
    except NotComparable as refused:
        why_sv, why_en = _WHY[refused.why]
        raise NotCompared(why_sv=why_sv, why_en=why_en) from refused
    return Compared(before, after)


_WHY = {
    Why.BASES: (
        "de är av olika underlag, som aldrig blandas",
        "they are of different bases, which are never mixed",
    ),
    Why.SETS: (
        "de är räknade med olika faktorsatser, som kan skilja tio gånger för samma vara",
        "they are counted by different factor sets, which may differ tenfold for the same goods",
    ),
    Why.COVERAGE: (
        "mindre än 90 % av vikten har faktor på en sida",
        "less than 90 % of the weight has a factor on one side",
    ),
    Why.NOTHING: ("en av dem har inga varor med känd vikt", "one of them has no goods of known weight"),
}


def is_open(authority: Authority, *, first: date, last: date) -> bool:
    """Whether a run of the period still takes orders."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM orders_calloff c JOIN market_supplierrun r ON r.id = c.supplier_run_id"
            " WHERE c.authority_id = %s AND c.state = 'placed' AND c.delivery_date BETWEEN %s AND %s"
            " AND r.state = 'open')",
            [authority.pk, first, last],
        )
        return bool(cursor.fetchone()[0])


def _code_version() -> str:
    """A digest of the code that counts: this file, the joins and the rule."""
    digest = hashlib.sha256()
    for name in (__file__, joins.__file__, rule.__file__):
        digest.update(Path(str(name)).read_bytes())
    return digest.hexdigest()[:16]


CODE_VERSION = _code_version()
