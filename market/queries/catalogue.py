"""What a kitchen may order for a delivery day: each product with the farm that the terms have already chosen.

Four statements whatever the number of products: the range, the facts of the page's products (two), the factors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import get_language

from config.ground.sorting import swedish_key
from market.models import ClimateFactor
from market.queries.judging import Facts, facts_for
from market.rules.allotment import Allotment, Lot, Party, Wanted, allot
from market.rules.call_off import Verdict
from market.rules.climate import Factor
from market.rules.filling import OfferFacts, Part
from market.rules.quantities import BaseUnit, kg_of, price_per_kg

ROWS_A_PAGE = 25

_RANGE = """
SELECT p.id, p.name_sv, p.name_en, p.sort_key, p.base_unit, c.id, c.name_sv, c.name_en,
       CASE WHEN %(q)s = '' THEN 0
            WHEN said.words LIKE %(like)s THEN 2
            ELSE word_similarity(%(q)s, said.words) END AS likeness
FROM market_product p
JOIN market_productcategory c ON c.id = p.category_id
CROSS JOIN LATERAL (
  SELECT translate(lower(concat_ws(' ', p.name_sv, p.name_en, array_to_string(p.synonyms, ' '))), 'åäöéèü', 'aaoeeu')
    AS words
) said
WHERE EXISTS (
  SELECT 1 FROM market_lotproduct lp
  JOIN market_agreementlot l ON l.id = lp.agreement_lot_id
  JOIN market_agreementauthority named ON named.agreement_id = l.agreement_id
   AND named.authority_id = %(authority)s
  WHERE lp.product_id = p.id
    AND lp.valid_from <= %(day)s AND (lp.valid_to IS NULL OR lp.valid_to >= %(day)s)
    AND (%(q)s <> '' OR EXISTS (
      SELECT 1 FROM market_lotparty party
      JOIN market_stockpool pool ON pool.supplier_id = party.supplier_id AND pool.product_id = p.id
       AND pool.valid_from <= %(day)s AND pool.valid_to >= %(day)s
      JOIN market_offer o ON o.pool_id = pool.id AND o.withdrawn_at IS NULL
      WHERE party.agreement_lot_id = l.id)))
"""
LIKE_ENOUGH = 0.35  # of trigrams; 'morot' is like 'morotter' by 0.5
_BARE = str.maketrans("åäöéèü", "aaoeeu")  # as in the statement: a search without dots finds too


@dataclass(frozen=True, slots=True)
class Sought:
    """What a person looks for: words (forgiving of spelling), a heading of the catalogue, a page."""

    words: str = ""
    category_id: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Article:
    """A product by its name in the language of the moment. ``category`` is the heading that it stands under."""

    product_id: int
    name: str
    sort_key: str
    unit: BaseUnit
    category_id: int
    category: str


@dataclass(frozen=True, slots=True)
class PackPrice:
    """A pack at the agreement's price, SEK excl. VAT. ``per_kg`` is None where no weight is known."""

    name: str
    base: Decimal
    price_sek: Decimal
    price_per: str
    per_base: Decimal | None
    per_kg: Decimal | None


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A product for the day. ``part`` is what one smallest pack would become; None when nothing may be ordered."""

    article: Article
    part: Part | None
    packs: tuple[PackPrice, ...]
    in_stock: Decimal
    parties: int
    passed_over: tuple[dict[str, Any], ...]
    refusals: tuple[dict[str, Any], ...]
    promise: Mapping[str, Any]
    factor: Factor | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A page of the range. ``facts`` cover its products and those that were asked for besides."""

    rows: tuple[CatalogueRow, ...]
    articles: Mapping[int, Article]
    categories: tuple[tuple[int, str], ...]
    found: int
    page: int
    pages: int
    facts: Facts
    factors: Mapping[str, Factor] = field(default_factory=dict)

    def factor_of(self, product_id: int) -> Factor | None:
        food = self.facts.goods[product_id].food
        return self.factors.get(food) if food else None


def catalogue_for(
    *,
    authority_id: int,
    hub_id: int,
    delivery_date: date,
    ordered_on: date,
    arrived_at: datetime,
    sought: Sought,
    also: Sequence[int] = (),
) -> Catalogue:
    """The page that is sought. The products in ``also`` (a basket's) are left out of it, their facts are in."""
    everything = _range(authority_id=authority_id, day=delivery_date, words=sought.words)
    kept = [each for each in everything if each.product_id not in set(also)]
    in_heading = [each for each in kept if sought.category_id in {None, each.category_id}]
    pages = max(1, -(-len(in_heading) // ROWS_A_PAGE))
    page = min(max(1, sought.page), pages)
    shown = in_heading[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    facts = facts_for(
        authority_id=authority_id,
        hub_id=hub_id,
        delivery_date=delivery_date,
        ordered_on=ordered_on,
        product_ids=[*(each.product_id for each in shown), *also],
    )
    factors = factors_of({goods.food for goods in facts.goods.values() if goods.food})
    moment = {"arrived_at": arrived_at, "ordered_on": ordered_on, "delivery_date": delivery_date}
    return Catalogue(
        rows=tuple(_row(each, facts=facts, factors=factors, **moment) for each in shown),
        articles={each.product_id: each for each in everything},
        categories=_categories(kept),
        found=len(in_heading),
        page=page,
        pages=pages,
        facts=facts,
        factors=factors,
    )


def _range(*, authority_id: int, day: date, words: str) -> list[Article]:
    """The products that stand in an agreement of the authority and are on offer, or that the words mean."""
    bare = words.strip().lower().translate(_BARE)
    told: dict[str, Any] = {"authority": authority_id, "day": day, "q": bare, "like": f"%{_escaped(bare)}%"}
    english = (get_language() or "sv").startswith("en")
    with connection.cursor() as cursor:
        cursor.execute(_RANGE, told)
        rows = cursor.fetchall()
    found = [
        (
            likeness,
            Article(
                product_id=pk,
                name=name_en if english else name_sv,
                sort_key=swedish_key(name_en) if english else sort_key,
                unit=BaseUnit(unit),
                category_id=category,
                category=category_en if english else category_sv,
            ),
        )
        for pk, name_sv, name_en, sort_key, unit, category, category_sv, category_en, likeness in rows
        if not bare or likeness >= LIKE_ENOUGH
    ]
    found.sort(key=lambda pair: (-pair[0], swedish_key(pair[1].category), pair[1].sort_key))
    return [article for _, article in found]


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _categories(articles: Sequence[Article]) -> tuple[tuple[int, str], ...]:
    headings = {each.category_id: each.category for each in articles}
    return tuple(sorted(headings.items(), key=lambda pair: swedish_key(pair[1])))


def factors_of(foods: set[str]) -> dict[str, Factor]:
    """The active set's factor of each food that has one."""
    rows = ClimateFactor.objects.filter(factor_set__is_active=True, food__key__in=foods)
    return {
        key: Factor(food_key=key, kg_co2e_per_kg=per_kg, low=low, high=high, grade=grade, basis=basis)
        for key, per_kg, low, high, grade, basis in rows.values_list(
            "food__key", "kg_co2e_per_kg", "low", "high", "grade", "basis"
        )
    }


def _row(article: Article, *, facts: Facts, factors: Mapping[str, Factor], **moment: Any) -> CatalogueRow:
    lots = facts.lots.get(article.product_id, ())
    allotment = _smallest(article, lots, **moment)
    part = allotment.parts[0] if allotment.parts else None
    lot, party = _lot_and_party(lots, part)
    food = facts.goods[article.product_id].food
    return CatalogueRow(
        article=article,
        part=part,
        packs=tuple(
            _pack_price(offer, facts.promise(offer_id=offer.offer_id, lot_id=lot.facts.lot_id))
            for offer in (party.offers if party else ())
            if lot
        ),
        in_stock=sum({offer.pool_id: offer.in_stock for offer in party.offers}.values(), Decimal(0))
        if party
        else Decimal(0),
        parties=len(lot.parties) if lot else 0,
        passed_over=_told(allotment, facts) if part else (),
        refusals=() if part else _told(allotment, facts),
        promise=facts.promise(offer_id=part.offer.offer_id, lot_id=part.lot.lot_id) if part else {},
        factor=factors.get(food) if food else None,
    )


def _smallest(article: Article, lots: Sequence[Lot], **moment: Any) -> Allotment:
    """What the smallest pack that anybody offers would become, tried from the smallest to the largest."""
    sizes = {offer.pack.base_per_pack for lot in lots for party in lot.parties for offer in party.offers}
    tries = [
        allot(
            [Wanted(position=1, product_id=article.product_id, quantity=size)],
            lots={article.product_id: lots},
            **moment,
        )[0]
        for size in sorted(sizes) or [Decimal(1)]
    ]
    return next((each for each in tries if each.parts), tries[0])


def _lot_and_party(lots: Sequence[Lot], part: Part | None) -> tuple[Lot | None, Party | None]:
    if part is None:
        return None, None
    lot = next(each for each in lots if each.facts.lot_id == part.lot.lot_id)
    return lot, next(each for each in lot.parties if each.facts.supplier_id == part.party.supplier_id)


def _told(allotment: Allotment, facts: Facts) -> tuple[dict[str, Any], ...]:
    """Failed verdicts in the form of a finding's."""
    regimes = {lot.facts.lot_id: lot.facts.regime for lots in facts.lots.values() for lot in lots}
    return tuple(_verdict(each, facts, regimes) for each in allotment.verdicts if not each.ok)


def _verdict(verdict: Verdict, facts: Facts, regimes: Mapping[int, str]) -> dict[str, Any]:
    regime = regimes.get(verdict.lot_id or 0, "national")
    return {
        "rule": verdict.rule.value,
        "ok": verdict.ok,
        "paragraph": facts.paragraphs.get((verdict.rule.value, regime), ""),
        "figures": dict(verdict.figures),
    }


def _pack_price(offer: OfferFacts, promise: Mapping[str, Any]) -> PackPrice:
    one = kg_of(packs=Decimal(1), pack=offer.pack)
    if offer.price_per == "kg":
        per_base = None if one is None else offer.price_sek * one / offer.pack.base_per_pack
        per_kg: Decimal | None = offer.price_sek
    else:
        per_base = offer.price_sek / offer.pack.base_per_pack
        per_kg = price_per_kg(price=offer.price_sek, pack=offer.pack)
    return PackPrice(
        name=promise["pack"],
        base=offer.pack.base_per_pack,
        price_sek=offer.price_sek,
        price_per=offer.price_per,
        per_base=per_base,
        per_kg=per_kg,
    )
