"""What planned menus of the coming twelve months take of each need, at the agreements' prices; shown with its coverage.

Never added to a figure: menus are planned some weeks ahead, and the officer sees how many of the year's weeks they are.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection

from kitchens.models import Kitchen, MenuDish
from kitchens.queries.recipes import product_of, read_book
from kitchens.rules.menus import Serving, Weights, needs_of
from market.models import Authority

NOTHING = Decimal(0)
WEEKS_OF_A_YEAR = 52


@dataclass(frozen=True, slots=True)
class NeedAhead:
    """``sek`` is of the priced kilograms only."""

    sek: Decimal = NOTHING
    kg: Decimal = NOTHING
    priced_kg: Decimal = NOTHING

    @property
    def priced_share(self) -> Decimal | None:
        return self.priced_kg / self.kg if self.kg else None


@dataclass(frozen=True, slots=True)
class MenusAhead:
    """``unplaced_kg``: goods of the menus that lie in no need, or are no product of the house."""

    needs: dict[int, NeedAhead]
    weeks: int
    kitchens: int
    all_kitchens: int
    last_day: date | None
    unplaced_kg: Decimal

    @property
    def of_weeks(self) -> int:
        return WEEKS_OF_A_YEAR


# What the first rank of a framework, else of a DIS, else of a direct award asks for a kilogram, as its cheapest pack.
_PRICES = """
SELECT DISTINCT ON (g.id) g.id, need.need_category_id,
       CASE WHEN pr.per = 'kg' THEN pr.price_sek
            ELSE pr.price_sek / k.base_per_pack / nullif(g.kg_per_base, 0) END AS sek_per_kg
FROM market_product g
LEFT JOIN market_needmapping need ON need.product_id = g.id AND need.authority_id = %(authority)s
  AND need.valid_from <= %(on)s AND (need.valid_to IS NULL OR need.valid_to >= %(on)s)
LEFT JOIN (market_agreementprice pr
  JOIN market_pack k ON k.id = pr.pack_id
  JOIN market_agreementlot l ON l.id = pr.agreement_lot_id
  JOIN market_agreement a ON a.id = l.agreement_id AND a.signed_at IS NOT NULL AND a.valid_from <= %(on)s
    AND least(a.valid_to, a.terminated_on) >= %(on)s
  JOIN market_agreementauthority n ON n.agreement_id = a.id AND n.authority_id = %(authority)s
  JOIN market_lotparty party ON party.agreement_lot_id = l.id AND party.supplier_id = pr.supplier_id
) ON pr.product_id = g.id AND pr.valid_from <= %(on)s AND (pr.valid_to IS NULL OR pr.valid_to >= %(on)s)
WHERE g.id = ANY(%(products)s)
ORDER BY g.id, array_position(ARRAY['framework', 'dis', 'direct_award'], a.kind::text), party.rank, 3
"""


def menus_ahead(authority: Authority, *, on: date) -> MenusAhead:
    """Menus from the day on for a year, of all the authority's kitchens; six statements."""
    dishes = list(
        MenuDish.objects.filter(
            authority=authority,
            menu_day__day__gte=on,
            menu_day__day__lt=on + timedelta(weeks=WEEKS_OF_A_YEAR),
            portions__gt=0,
        ).values_list("menu_day__day", "menu_day__kitchen", "recipe_version", "portions")
    )
    book = read_book({version for _day, _kitchen, version, _portions in dishes}).recipes
    weights = needs_of(
        (Serving(str(version), Decimal(portions)) for _day, _kitchen, version, portions in dishes), book
    )
    needs, unplaced = _by_need(authority, weights, on=on)
    days = [day for day, *_rest in dishes]
    return MenusAhead(
        needs=needs,
        weeks=len({day.isocalendar()[:2] for day in days}),
        kitchens=len({kitchen for _day, kitchen, *_rest in dishes}),
        all_kitchens=Kitchen.objects.filter(authority=authority).count(),
        last_day=max(days, default=None),
        unplaced_kg=unplaced,
    )


def _by_need(authority: Authority, weights: Weights, *, on: date) -> tuple[dict[int, NeedAhead], Decimal]:
    by_product: defaultdict[int, Decimal] = defaultdict(Decimal)
    unplaced = NOTHING
    for key, kg in weights.items():
        product = product_of(key)
        if product is None:
            unplaced += kg
        else:
            by_product[product] += kg
    with connection.cursor() as cursor:
        cursor.execute(_PRICES, {"authority": authority.pk, "on": on, "products": list(by_product)})
        rows = cursor.fetchall()
    sums: defaultdict[int, list[Decimal]] = defaultdict(lambda: [NOTHING, NOTHING, NOTHING])
    for product, need, sek_per_kg in rows:
        kg = by_product[product]
        if need is None:
            unplaced += kg
            continue
        told = sums[need]
        told[1] += kg
        if sek_per_kg is not None:
            told[0] += kg * sek_per_kg
            told[2] += kg
    return {
        need: NeedAhead(sek=sek.quantize(Decimal("0.01")), kg=kg, priced_kg=priced)
        for need, (sek, kg, priced) in sums.items()
    }, unplaced
