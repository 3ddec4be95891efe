"""Swaps for a day's dishes: what they would save, of what may lawfully be called off for the day.

Two kinds: another dish that the authority's kitchens serve already, and goods of the same kind in the dish. Each is judged
as an order would be; what has no lawful way is never suggested. The page joins menu and agreements, so it is read here.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Max

from kitchens.models import Kitchen, MenuDish, RecipeVersion
from kitchens.queries.menus import menu_days
from kitchens.queries.recipe_pages import agreed
from kitchens.queries.recipes import VersionsRead, known_of, product_of, read_versions
from kitchens.rules.menus import Goods, Weights
from kitchens.rules.swaps import (
    Had,
    Kind,
    Saving,
    difference,
    exchanged,
    had,
    is_worth_telling,
    may_stand_for,
    plain_saving,
    saving_of,
)
from market.models import LotProduct, Product
from market.queries.delivery import coming_days
from market.queries.goods_groups import goods_groups
from market.queries.judging import Facts, facts_for
from market.queries.names import goods_name
from market.rules.calendar import STOCKHOLM
from orders.queries.checking import AskedLine, check_order
from orders.rules.needs import delivery_day_before, in_base_units, in_whole_packs

NOTHING = Decimal(0)
DAYS_LOOKED_AT = 40
MOST_A_DISH = 4


@dataclass(frozen=True, slots=True)
class SwapRow:
    """One swap in a dish of the day, with what it saves a portion and for all its portions.

    ``version_id`` is the dish to take instead; None where only goods are swapped, ``old`` for ``new``, by their numbers.
    """

    dish: MenuDish
    old: str
    new: str
    version_id: int | None
    old_id: int | None
    new_id: int | None
    saving: Saving
    had: Had

    @property
    def day_co2e_kg(self) -> Decimal | None:
        kg = self.saving.claimed_kg
        return None if kg is None else kg * self.dish.portions

    @property
    def day_sek(self) -> Decimal | None:
        return None if self.saving.sek is None else self.saving.sek * self.dish.portions


@dataclass(frozen=True, slots=True)
class DishSwaps:
    dish: MenuDish
    rows: Sequence[SwapRow]


@dataclass(frozen=True, slots=True)
class SwapsPage:
    """``delivery`` is the day by which goods would come; None when none is left before the menu day."""

    dishes: Sequence[DishSwaps]
    delivery: date | None


class _Candidate(NamedTuple):
    old: str
    new: str
    weights: Weights
    version_id: int | None = None
    old_id: int | None = None
    new_id: int | None = None


def swaps_page(kitchen: Kitchen, *, day: date, now: datetime) -> SwapsPage:
    """Of each dish the best few swaps; none of a locked day. A fixed number of statements."""
    today = now.astimezone(STOCKHOLM).date()
    planned = menu_days(kitchen, first=day, last=day).first()
    if planned is None or planned.locked_at is not None or day < today:
        return SwapsPage((), None)
    dishes = list(planned.dishes.all())
    served = _served_dishes(kitchen, without={dish.recipe_version.recipe_id for dish in dishes})
    read_of = {*served, *(dish.recipe_version_id for dish in dishes)}
    read = read_versions(read_of)
    weights = read.weights_of(read_of)
    goods = _Goods.read(kitchen, read, [weights[dish.recipe_version_id] for dish in dishes], day=day)
    delivery = _delivery(kitchen, day=day, today=today, now=now)
    facts = (
        facts_for(
            authority_id=kitchen.authority_id,
            hub_id=kitchen.hub_id,
            delivery_date=delivery,
            ordered_on=today,
            product_ids=sorted(goods.products),
        )
        if delivery
        else None
    )
    judge = _Judge(kitchen, delivery, facts, goods.products, now)
    others = [_Candidate("", name, weights[pk], version_id=pk) for pk, name in served.items()]
    return SwapsPage(
        [
            DishSwaps(dish, _best(dish, weights[dish.recipe_version_id], others, goods, judge))
            for dish in dishes
        ],
        delivery,
    )


def _best(
    dish: MenuDish, old: Weights, others: Sequence[_Candidate], goods: "_Goods", judge: "_Judge"
) -> list[SwapRow]:
    """What can be had first, then what saves most. Only the best few are drawn: a draw takes time."""
    ranked = []
    for each in [*others, *goods.swaps(old)]:
        co2e, sek = plain_saving(old, each.weights, goods.known)
        if max(co2e or NOTHING, sek or NOTHING) <= 0:
            continue
        state = judge.had(difference(each.weights, old), portions=dish.portions)
        if state is not None:
            ranked.append((state, -(co2e or NOTHING), -(sek or NOTHING), each.new, each))
    rows: list[SwapRow] = []
    for state, _co2e, _sek, _name, each in sorted(ranked, key=lambda row: row[:4]):
        saving = saving_of(old, each.weights, goods.known, seed=dish.pk)
        if is_worth_telling(saving):
            rows.append(
                SwapRow(dish, each.old, each.new, each.version_id, each.old_id, each.new_id, saving, state)
            )
        if len(rows) == MOST_A_DISH:
            break
    return rows


def _served_dishes(kitchen: Kitchen, *, without: Collection[int]) -> dict[int, str]:
    """The newest version of each recipe that a kitchen of the authority has served or planned as a dish, with its name."""
    recipes = (
        MenuDish.objects.filter(authority=kitchen.authority_id)
        .exclude(recipe_version__recipe__in=without)
        .values("recipe_version__recipe")
    )
    newest = (
        RecipeVersion.objects.filter(recipe__in=recipes)
        .values("recipe")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    return dict(
        RecipeVersion.objects.filter(pk__in=newest, lines__isnull=False)
        .distinct()
        .values_list("pk", "recipe__name")
    )


def _delivery(kitchen: Kitchen, *, day: date, today: date, now: datetime) -> date | None:
    found = coming_days(hub_id=kitchen.hub_id, today=today, now=now, most=DAYS_LOOKED_AT)
    return delivery_day_before(day, [each.day for each in found if each.is_open])


@dataclass(frozen=True, slots=True)
class _Goods:
    """What is known of the goods of all candidates. ``instead`` by goods of the dishes: what may stand for them."""

    names: Mapping[str, str]
    known: Mapping[str, Goods]
    products: Mapping[int, Product]
    instead: Mapping[int, Sequence[int]]

    @classmethod
    def read(cls, kitchen: Kitchen, read: VersionsRead, dishes: Sequence[Weights], *, day: date) -> "_Goods":
        of_dishes = {pk for weights in dishes for key in weights if (pk := product_of(key)) is not None}
        others = set(
            LotProduct.objects.on(day)
            .filter(agreement_lot__agreement__authorities=kitchen.authority_id)
            .values_list("product", flat=True)
        )
        instead = _instead(of_dishes, others, day=day)
        added = {pk for each in instead.values() for pk in each}
        used = {pk for key in read.names if (pk := product_of(key)) is not None}
        products = Product.objects.in_bulk(used | added)
        terms = agreed(kitchen.authority_id, products, on=day)
        known = known_of(
            read,
            added,
            on=day,
            prices={pk: price for pk, (price, _country) in terms.items()},
        )
        return cls(read.names, known, products, instead)

    def swaps(self, weights: Weights) -> Iterator[_Candidate]:
        for key in weights:
            old = product_of(key) or 0
            for pk in self.instead.get(old, ()):
                new = exchanged(weights, old=key, new=f"product:{pk}")
                yield _Candidate(self.names[key], goods_name(self.products[pk]), new, old_id=old, new_id=pk)


def _instead(of_dishes: Collection[int], others: Collection[int], *, day: date) -> dict[int, list[int]]:
    groups = goods_groups({*of_dishes, *others}, on=day)
    names = dict(Product.objects.filter(pk__in=groups, merged_into=None).values_list("pk", "name_sv"))
    kinds = {pk: Kind(name, groups[pk].groups, groups[pk].cpv) for pk, name in names.items()}
    return {
        pk: [
            other
            for other in others
            if other != pk and other in kinds and may_stand_for(kinds[pk], kinds[other])
        ]
        for pk in of_dishes
        if pk in kinds
    }


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges what a swap would buy more of, each swap by itself."""

    kitchen: Kitchen
    delivery: date | None
    facts: Facts | None
    products: Mapping[int, Product]
    now: datetime

    def had(self, more: Weights, *, portions: int) -> Had | None:
        """The worst of its goods; None where one has no lawful way. ``more`` is kg a portion; less than nothing is left."""
        lines = list(self._lines(more, portions=portions))
        if self.facts is None or self.delivery is None or not lines:
            return Had.NOT_ASKED
        checked = check_order(
            kitchen=self.kitchen,
            delivery_date=self.delivery,
            lines=lines,
            arrived_at=self.now,
            facts=self.facts,
        )
        states = [
            had(given=each.wanted.quantity - each.missing, missing=each.missing, verdicts=each.verdicts)
            for each in checked.allotments
        ]
        return None if None in states else max(state for state in states if state is not None)

    def _lines(self, more: Weights, *, portions: int) -> Iterator[AskedLine]:
        for key, kg in more.items():
            product = self.products.get(product_of(key) or 0)
            if product is None or kg <= 0 or portions <= 0:
                continue
            base = in_base_units(kg=kg * portions, kg_per_base=product.kg_per_base)
            if base:
                yield AskedLine(product.pk, in_whole_packs(base, sizes=self._sizes(product.pk)))

    def _sizes(self, product_id: int) -> set[Decimal]:
        """The packs of the farm that is asked first; where it offers none, of the next."""
        lots = self.facts.lots.get(product_id, ()) if self.facts else ()
        for lot in lots:
            for party in sorted(lot.parties, key=lambda each: each.facts.rank):
                if party.offers:
                    return {offer.pack.base_per_pack for offer in party.offers}
        return set()
