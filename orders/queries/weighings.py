"""Served, wasted and stock as kitchens weighed them, and whether the four views of the same goods agree.

delivered = served + waste + change of stock, asked between two successive stock counts of a kitchen and never otherwise.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch

from market.models import Authority, Product
from market.queries.factors import active_set, factor_join, mapping_join
from market.rules.same_goods import Balance, NotBalanced, Views, balance
from orders.models import Basis, Tally, Weighing, WeighingLine
from orders.rules.periods import Period

MOST_BALANCES, MOST_WEIGHINGS = 24, 100
BEFORE, AFTER = "before", "after"

# The weighed goods as rows of a tally: they have no price, and every line has its weight.
WEIGHED = """(SELECT w.authority_id, w.kind AS basis, w.last_day AS day, l.product_id, l.kg, 0::numeric AS net_sek,
       0::numeric AS net_sek_without_kg, 1 AS lines, 0 AS lines_without_kg
  FROM orders_weighing w JOIN orders_weighingline l ON l.weighing_id = w.id WHERE w.retired_at IS NULL) t"""

_PAIRS = f"""
WITH pairs AS (
  SELECT kitchen_id, lag(last_day) OVER counts AS counted, last_day, lag(id) OVER counts AS before_id, id AS after_id
  FROM orders_weighing WHERE authority_id = %(authority)s AND kind = 'stock' AND retired_at IS NULL
  WINDOW counts AS (PARTITION BY kitchen_id ORDER BY last_day)
), recent AS (
  SELECT * FROM pairs WHERE before_id IS NOT NULL ORDER BY last_day DESC, after_id DESC LIMIT {MOST_BALANCES}
)
"""
_STATES = """
SELECT r.after_id, k.name, r.counted, r.last_day,
       EXISTS (SELECT FROM orders_calloff c JOIN market_supplierrun s ON s.id = c.supplier_run_id
               WHERE c.kitchen_id = r.kitchen_id AND c.state = 'placed' AND s.state = 'open'
                 AND c.delivery_date > r.counted AND c.delivery_date <= r.last_day)
         OR EXISTS (SELECT FROM orders_tallydirty d
                    WHERE d.kitchen_id = r.kitchen_id AND d.day > r.counted AND d.day <= r.last_day),
       EXISTS (SELECT FROM orders_weighing w
               WHERE w.kitchen_id = r.kitchen_id AND w.kind <> 'stock' AND w.retired_at IS NULL
                 AND w.last_day > r.counted AND w.first_day <= r.last_day
                 AND NOT (w.first_day > r.counted AND w.last_day <= r.last_day))
FROM recent r JOIN kitchens_kitchen k ON k.id = r.kitchen_id ORDER BY r.last_day DESC, k.sort_key, r.after_id
"""
_VIEWS = f"""
, goods (after_id, view, product_id, kg, without_kg) AS (
  SELECT r.after_id, 'delivered', t.product_id, t.kg, t.lines_without_kg
  FROM recent r JOIN orders_tally t ON t.kitchen_id = r.kitchen_id AND t.basis = 'delivered'
   AND t.day > r.counted AND t.day <= r.last_day
  UNION ALL
  SELECT r.after_id, w.kind, l.product_id, l.kg, 0
  FROM recent r JOIN orders_weighing w ON w.kitchen_id = r.kitchen_id AND w.kind <> 'stock' AND w.retired_at IS NULL
   AND w.first_day > r.counted AND w.last_day <= r.last_day
  JOIN orders_weighingline l ON l.weighing_id = w.id
  UNION ALL
  SELECT r.after_id, '{BEFORE}', l.product_id, l.kg, 0
  FROM recent r JOIN orders_weighingline l ON l.weighing_id = r.before_id
  UNION ALL
  SELECT r.after_id, '{AFTER}', l.product_id, l.kg, 0
  FROM recent r JOIN orders_weighingline l ON l.weighing_id = r.after_id
)
SELECT g.after_id, g.view, sum(g.kg), coalesce(sum(g.kg * f.kg_co2e_per_kg), 0),
       count(*) FILTER (WHERE f.id IS NULL AND g.kg <> 0), sum(g.without_kg)::int
FROM goods g
JOIN recent r ON r.after_id = g.after_id
LEFT JOIN market_foodmapping m ON {mapping_join(product="g.product_id", day="r.last_day")}
LEFT JOIN market_climatefactor f ON {factor_join(food="m.food_id", day="r.last_day", factor_set="%(factors)s")}
GROUP BY g.after_id, g.view
"""


class Unasked(StrEnum):
    """Why nothing is said of a balance."""

    OPEN = "open"
    CROSSES = "crosses"
    NO_WEIGHT = "no_weight"
    NO_FACTOR = "no_factor"


@dataclass(frozen=True, slots=True)
class Measured:
    """The views in one measure with what they come to, or why that is not asked."""

    views: Views
    balance: Balance | None
    why: Unasked | None = None


@dataclass(frozen=True, slots=True)
class KitchenBalance:
    """A kitchen between two stock counts: the days after the first until the second, in kg and in kg CO2e by one set."""

    kitchen: str
    first_day: date
    last_day: date
    kg: Measured
    co2e: Measured


@dataclass(frozen=True, slots=True)
class _Sums:
    kg: Decimal = Decimal(0)
    co2e_kg: Decimal = Decimal(0)
    without_factor: int = 0
    without_kg: int = 0


def balances(authority: Authority, *, today: date) -> tuple[KitchenBalance, ...]:
    """The latest pairs of stock counts, newest first. The factors are those of each closing day. Three statements."""
    factor_set = active_set()
    keys: dict[str, Any] = {"authority": authority.pk, "factors": factor_set.pk if factor_set else None}
    sums: dict[tuple[int, str], _Sums] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS + _STATES, keys)
        states = cursor.fetchall()
        cursor.execute(_PAIRS + _VIEWS, keys)
        for after, view, *told in cursor.fetchall():
            sums[after, view] = _Sums(*told)
    found = []
    for after, kitchen, counted, last_day, is_open, crosses in states:
        of = {
            view: sums.get((after, view), _Sums())
            for view in (Basis.DELIVERED, Basis.SERVED, Basis.WASTED, BEFORE, AFTER)
        }
        why = Unasked.CROSSES if crosses else None
        if why is None and any(each.without_kg for each in of.values()):
            why = Unasked.NO_WEIGHT
        is_closed = last_day < today and not is_open
        bare = any(each.without_factor for each in of.values())
        found.append(
            KitchenBalance(
                kitchen=kitchen,
                first_day=counted + timedelta(days=1),
                last_day=last_day,
                kg=_measured({view: each.kg for view, each in of.items()}, is_closed=is_closed, why=why),
                co2e=_measured(
                    {view: each.co2e_kg for view, each in of.items()},
                    is_closed=is_closed,
                    why=why or (Unasked.NO_FACTOR if bare else None),
                ),
            )
        )
    return tuple(found)


def _measured(of: dict[str, Decimal], *, is_closed: bool, why: Unasked | None) -> Measured:
    views = Views(
        delivered=of[Basis.DELIVERED],
        served=of[Basis.SERVED],
        wasted=of[Basis.WASTED],
        stock_before=of[BEFORE],
        stock_after=of[AFTER],
        is_closed=is_closed,
    )
    if why is not None:
        return Measured(views, None, why)
    try:
        return Measured(views, balance(views))
    except NotBalanced:
        return Measured(views, None, Unasked.OPEN)


def weighings_of(authority: Authority, period: Period) -> list[Weighing]:
    """What was weighed in the period, newest first, with its goods; replaced ones left out."""
    lines = WeighingLine.objects.select_related("product").order_by("product__sort_key")
    rows = Weighing.objects.filter(
        authority=authority, retired_at=None, last_day__range=(period.first, period.last)
    )
    return list(
        rows.select_related("kitchen", "recorded_by")
        .prefetch_related(Prefetch("lines", queryset=lines))
        .order_by("-last_day", "kitchen__sort_key", "kind")[:MOST_WEIGHINGS]
    )


def products_by_name(authority: Authority) -> dict[str, int]:
    """What the authority has bought, by its names in lower letters; a name that two goods share is left out."""
    found: dict[str, set[int]] = {}
    bought = Tally.objects.filter(authority=authority, product=OuterRef("pk"))
    for pk, swedish, english, words in Product.objects.filter(Exists(bought)).values_list(
        "pk", "name_sv", "name_en", "synonyms"
    ):
        for name in {each.casefold().strip() for each in (swedish, english, *words)}:
            found.setdefault(name, set()).add(pk)
    return {name: products.pop() for name, products in found.items() if len(products) == 1}
