"""The heaviest goods without a factor, with the foods that they might be. A person decides; nothing is mapped here."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Exists, OuterRef

from config.ground.refusals import NotFound
from config.ground.sorting import in_swedish
from market.models import Authority, ClimateFactor, FactorSet, LotProduct, Product
from market.queries.factors import active_set, factor_join, mapping_join
from market.rules.food_suggestions import FoodName, suggestions
from orders.models import Tally
from orders.rules.periods import Period

MOST = 50

_HEAVIEST = f"""
SELECT t.product_id, p.name_{{language}}, p.name_sv, coalesce(d.name_{{language}}, ''),
       coalesce(sum(t.kg), 0), coalesce(sum(t.net_sek), 0), sum(t.lines)::int, sum(t.lines_without_kg)::int
FROM orders_tally t
JOIN market_product p ON p.id = t.product_id
LEFT JOIN market_foodmapping m ON {mapping_join(product="t.product_id", day="t.day")}
LEFT JOIN market_climatefood d ON d.id = m.food_id
LEFT JOIN market_climatefactor f ON {factor_join(food="m.food_id", day="t.day", factor_set="%(factors)s")}
WHERE t.authority_id = %(authority)s AND t.basis = 'ordered' AND t.day BETWEEN %(first)s AND %(last)s AND f.id IS NULL
GROUP BY t.product_id, p.name_{{language}}, p.name_sv, d.name_{{language}}
ORDER BY sum(t.kg) DESC NULLS LAST, sum(t.net_sek) DESC, t.product_id LIMIT {MOST}
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """A food that has a factor in the set in use; the factor is kg CO2e per kg."""

    food_id: int
    name: str
    kg_co2e_per_kg: Decimal
    grade: str


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Goods of a product on days without a factor; ``food`` is what it is mapped to, where the set has no factor of it."""

    product_id: int
    name: str
    food: str
    kg: Decimal
    net_sek: Decimal
    lines: int
    lines_without_kg: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """All foods with a factor in the set in use, by name, and the way to suggest some of them."""

    factor_set: FactorSet | None
    all: tuple[Choice, ...]
    names: tuple[FoodName, ...]

    def near(self, text: str) -> tuple[Choice, ...]:
        by_id = {str(each.food_id): each for each in self.all}
        return tuple(by_id[found.key] for found in suggestions(text, self.names))


def choices(*, language: str = "sv") -> Choices:
    """In two statements."""
    factor_set = active_set()
    rows = (
        ClimateFactor.objects.standing()
        .filter(factor_set=factor_set)
        .order_by(in_swedish("food__name_sv"))
        .values_list("food_id", "food__name_sv", "food__name_en", "kg_co2e_per_kg", "grade")
    )
    told = list(rows)
    english = language.startswith("en")
    return Choices(
        factor_set=factor_set,
        all=tuple(Choice(pk, en if english else sv, per_kg, grade) for pk, sv, en, per_kg, grade in told),
        names=tuple(FoodName(str(pk), sv) for pk, sv, *_rest in told),
    )


def heaviest_unmapped(authority: Authority, period: Period, *, language: str = "sv") -> tuple[Unmapped, ...]:
    """At most fifty products, the heaviest first, each with up to three suggestions. Three statements."""
    known = choices(language=language)
    with connection.cursor() as cursor:
        cursor.execute(
            _HEAVIEST.format(language="en" if language.startswith("en") else "sv"),
            {
                "authority": authority.pk,
                "first": period.first,
                "last": period.last,
                "factors": known.factor_set.pk if known.factor_set else None,
            },
        )
        rows = cursor.fetchall()
    return tuple(
        Unmapped(pk, name, food, kg, net_sek, lines, bare, known.near(name_sv))
        for pk, name, name_sv, food, kg, net_sek, lines, bare in rows
    )


def product_to_map(authority: Authority, product_id: int) -> Product:
    """A product that the authority has bought or may buy. Raises NotFound for others."""
    bought = Tally.objects.filter(authority=authority, product=OuterRef("pk"))
    in_lot = LotProduct.objects.filter(
        agreement_lot__agreement__named__authority=authority, product=OuterRef("pk")
    )
    found = Product.objects.filter(Exists(bought) | Exists(in_lot), pk=product_id).first()
    if found is None:
        raise NotFound
    return found
