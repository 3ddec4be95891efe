"""The figures that the value of a need is judged on (5 kap. 11 § LOU): call-offs and purchases elsewhere, by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Q, Sum

from config.ground.refusals import NotFound
from config.ground.sorting import in_swedish
from market.models import Agreement, Authority, NeedCategory
from market.rules.assessment import Figures, Invoice, financial_year_before, months_back, months_to_cover
from market.rules.valuation import counts_from

# A row of a file may lie in several mappings: what says more goes first, an article before a supplier, that before a category.
NEED_OF_A_ROW = """
  LEFT JOIN LATERAL (
    SELECT n.need_category_id FROM orders_externalneed n
    WHERE n.authority_id = p.authority_id
      AND (n.supplier_number = '' OR n.supplier_number = p.supplier_number)
      AND (n.category = '' OR n.category = p.category)
      AND (n.product_text = '' OR n.product_text = p.product_text)
    ORDER BY (n.product_text <> '')::int * 4 + (n.supplier_number <> '')::int * 2 + (n.category <> '')::int DESC, n.id
    LIMIT 1
  ) AS mapped ON true
"""

_MONTHS = f"""
WITH elsewhere AS (
  SELECT date_trunc('month', p.period_end)::date AS month, mapped.need_category_id AS need, sum(p.amount) AS sek
  FROM orders_externalpurchase p
  JOIN orders_purchaseimport i ON i.id = p.purchase_import_id AND i.undone_at IS NULL
  {NEED_OF_A_ROW}
  WHERE p.authority_id = %(authority)s AND p.currency = 'SEK' AND p.amount IS NOT NULL
    AND p.period_end >= %(first)s AND p.period_end < %(until)s
  GROUP BY 1, 2
)
SELECT need, month, 'bought', sek FROM elsewhere WHERE need = ANY(%(needs)s)
UNION ALL SELECT NULL, month, 'unmapped', sek FROM elsewhere WHERE need IS NULL
UNION ALL SELECT need_category_id, month, 'bought', net_sek FROM market_needtotal
  WHERE need_category_id = ANY(%(needs)s) AND month >= %(first)s AND month < %(until)s
UNION ALL SELECT NULL, m::date, 'covered', NULL
  FROM generate_series(%(cover_first)s::date, %(cover_last)s::date, interval '1 month') AS m
  WHERE EXISTS (SELECT 1 FROM orders_externalpurchase p
    JOIN orders_purchaseimport i ON i.id = p.purchase_import_id AND i.undone_at IS NULL
    WHERE p.authority_id = %(authority)s AND p.period_start < m + interval '1 month' AND p.period_end >= m)
"""

_INVOICES = f"""
SELECT p.period_end, p.amount
FROM orders_externalpurchase p
JOIN orders_purchaseimport i ON i.id = p.purchase_import_id AND i.undone_at IS NULL
{NEED_OF_A_ROW}
WHERE p.authority_id = %(authority)s AND p.currency = 'SEK' AND mapped.need_category_id = %(need)s
  AND p.period_end >= %(first)s AND p.period_end <= %(on)s AND p.amount BETWEEN %(least)s AND %(most)s
"""

_UNMAPPED = f"""
SELECT p.supplier_number, max(p.supplier_name), p.category, sum(p.amount), count(*)
FROM orders_externalpurchase p
JOIN orders_purchaseimport i ON i.id = p.purchase_import_id AND i.undone_at IS NULL
{NEED_OF_A_ROW}
WHERE p.authority_id = %s AND p.currency = 'SEK' AND p.amount IS NOT NULL AND mapped.need_category_id IS NULL
GROUP BY p.supplier_number, p.category
ORDER BY abs(sum(p.amount)) DESC, p.supplier_number, p.category LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class NeedFigures:
    """``unmapped_sek``: imported purchases of the 24 months that lie in no need, and so may be missing here."""

    figures: Figures
    unmapped_sek: Decimal


def need_figures(need: NeedCategory, *, on: date, ahead_12_sek: Decimal | None) -> NeedFigures:
    """What the authority bought of the need, in one statement."""
    return figures_of_needs(need.authority_id, [need.pk], on=on, ahead_12_sek=ahead_12_sek)[need.pk]


def invoices_between(need: NeedCategory, *, on: date, least: Decimal, most: Decimal) -> list[Invoice]:
    """Purchases elsewhere of the need in the year before the day, each from ``least`` to ``most`` SEK. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _INVOICES,
            {
                "authority": need.authority_id,
                "need": need.pk,
                "first": counts_from(on),
                "on": on,
                "least": least,
                "most": most,
            },
        )
        return [Invoice(on=day, sek=sek) for day, sek in cursor.fetchall()]


def figures_of_needs(
    authority_id: int, need_ids: Sequence[int], *, on: date, ahead_12_sek: Decimal | None = None
) -> dict[int, NeedFigures]:
    """The figures of each need, in one statement. Months are those of delivery, or of a file's period end.

    Only amounts in SEK count. What lies ahead is handed in: menus are planned some weeks ahead and told apart
    (``orders.queries.menus_ahead``).
    """
    back, year, cover = months_back(on), financial_year_before(on), months_to_cover(on)
    with connection.cursor() as cursor:
        cursor.execute(
            _MONTHS,
            {
                "authority": authority_id,
                "needs": list(need_ids),
                "first": min(year.first, cover.first),
                "until": on.replace(day=1),
                "cover_first": cover.first,
                "cover_last": cover.last,
            },
        )
        rows = cursor.fetchall()
    covered = sum(1 for _need, _month, kind, _sek in rows if kind == "covered")
    unmapped = _sum(sek for _need, month, kind, sek in rows if kind == "unmapped" and month in cover)
    bought: dict[int, list[tuple[date, Decimal]]] = {pk: [] for pk in need_ids}
    for need, month, kind, sek in rows:
        if kind == "bought":
            bought[need].append((month, sek))
    return {
        pk: NeedFigures(
            figures=Figures(
                back_12_sek=_sum(sek for month, sek in months if month in back),
                financial_year_sek=_sum(sek for month, sek in months if month in year),
                ahead_12_sek=ahead_12_sek,
                months_covered=covered,
            ),
            unmapped_sek=unmapped,
        )
        for pk, months in bought.items()
    }


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, start=Decimal(0))


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Purchases from elsewhere that lie in no need: one supplier and category of the files."""

    supplier_number: str
    supplier_name: str
    category: str
    sek: Decimal
    rows: int


def largest_unmapped(authority: Authority, *, most: int = 50) -> Sequence[Unmapped]:
    """The work list, the largest first."""
    with connection.cursor() as cursor:
        cursor.execute(_UNMAPPED, [authority.pk, most])
        return [Unmapped(*row) for row in cursor.fetchall()]


def need_of(authority: Authority, pk: int) -> NeedCategory:
    """Raises NotFound for a need of another authority."""
    need = NeedCategory.objects.filter(authority=authority, pk=pk).first()
    if need is None:
        raise NotFound
    return need


@dataclass(frozen=True, slots=True)
class NeedSeen:
    """A need with its figures, for the form. ``ceilings_sek``: of its direct awards that count today, without options."""

    need_id: int
    name: str
    found: NeedFigures
    ceilings_sek: Decimal


def needs_seen(authority: Authority, *, on: date) -> list[NeedSeen]:
    """Each need of the authority with its figures, in two statements."""
    counting = Q(
        agreements__kind=Agreement.Kind.DIRECT_AWARD,
        agreements__signed_at__isnull=False,
        agreements__valid_to__gte=counts_from(on),
    ) & (Q(agreements__terminated_on=None) | Q(agreements__terminated_on__gte=counts_from(on)))
    needs = list(
        NeedCategory.objects.filter(authority=authority)
        .annotate(ceilings=Sum("agreements__lots__ceiling_sek", filter=counting))
        .order_by(in_swedish("name"))
    )
    found = figures_of_needs(authority.pk, [need.pk for need in needs], on=on)
    return [
        NeedSeen(
            need_id=need.pk, name=need.name, found=found[need.pk], ceilings_sek=need.ceilings or Decimal(0)
        )
        for need in needs
    ]
