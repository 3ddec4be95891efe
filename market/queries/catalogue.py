"""What a kitchen may order for a delivery day: each product with the farm that the terms have already chosen.

Four statements at most, whatever the number of products: whether the kept range still holds, the facts of the page's
products (two), the factors. Never ordered by nearness: by how well a row answers the words, then by heading and name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import get_language

from market.queries.day_range import Entry, day_range
from market.queries.facets import Facets, Sought, find, narrowed
from market.queries.factors import factors_of
from market.queries.judging import Facts, facts_for
from market.queries.kept_rows import KeptByEvidence
from market.rules.allotment import Allotment, Lot, Party, Wanted, allot
from market.rules.call_off import Verdict
from market.rules.climate import Factor
from market.rules.filling import OfferFacts, Part
from market.rules.quantities import BaseUnit, kg_of, price_per_kg

ROWS_A_PAGE = 20
ROWS_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Article:
    """A product by its name in the language of the moment. ``category`` is the heading that it stands under."""

    product_id: int
    name: str
    unit: BaseUnit
    category_id: int
    category: str
    in_season: bool


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


rows_kept: KeptByEvidence[CatalogueRow] = KeptByEvidence(most=ROWS_KEPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of some products for the day: names, facts and climate factors."""

    articles: Mapping[int, Article]
    facts: Facts
    factors: Mapping[str, Factor]

    def factor_of(self, product_id: int) -> Factor | None:
        food = self.facts.goods[product_id].food
        return self.factors.get(food) if food else None

    def name_of(self, product_id: int) -> str:
        article = self.articles.get(product_id)
        return article.name if article else self.facts.goods[product_id].name


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue(Known):
    """A page of the range. ``facts`` cover its products and those that were asked for besides.

    ``left_out`` are those of the latter that answer the words too: they are found where they lie.

    ``facets`` are counted over the range as it was read last (see ``market.queries.day_range``); rows are judged by the
    facts of now.
    """

    rows: tuple[CatalogueRow, ...]
    facets: Facets
    left_out: tuple[Article, ...]
    found: int
    page: int
    pages: int


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
    """The page that is sought. The products in ``also`` (a basket's) are left out of it, their facts are in.

    Without words only what may be ordered is shown; who searches is told of the rest too, each with its reason.
    """
    goods = day_range(
        authority_id=authority_id,
        hub_id=hub_id,
        day=delivery_date,
        ordered_on=ordered_on,
        arrived_at=arrived_at,
    )
    english = (get_language() or "sv").startswith("en")
    found = find(goods, sought, left_out=also, english=english)
    places = found.places
    pages = max(1, -(-len(places) // ROWS_A_PAGE))
    page = min(max(1, sought.page), pages)
    on_page = places[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    shown = [_article(goods.entries[place], english=english) for place in on_page]
    others = [
        _article(goods.entries[goods.places[each]], english=english) for each in also if each in goods.places
    ]
    facts = facts_for(
        authority_id=authority_id,
        hub_id=hub_id,
        delivery_date=delivery_date,
        ordered_on=ordered_on,
        product_ids=[*(each.product_id for each in shown), *also],
    )
    factors = _factors_for(facts)
    answering = narrowed(goods, sought, left_out=()).all if sought.words and others else 0
    return Catalogue(
        left_out=tuple(each for each in others if answering >> goods.places[each.product_id] & 1),
        rows=tuple(
            _kept_row(
                each,
                kitchens=(authority_id, hub_id),
                facts=facts,
                factors=factors,
                english=english,
                arrived_at=arrived_at,
                ordered_on=ordered_on,
            )
            for each in shown
        ),
        articles={each.product_id: each for each in (*shown, *others)},
        facets=found.facets,
        found=len(places),
        page=page,
        pages=pages,
        facts=facts,
        factors=factors,
    )


def known_goods(
    *,
    authority_id: int,
    hub_id: int,
    delivery_date: date,
    ordered_on: date,
    product_ids: Sequence[int],
) -> Known:
    """Facts and factors of these products, in three statements. Their names are the register's, in Swedish."""
    facts = facts_for(
        authority_id=authority_id,
        hub_id=hub_id,
        delivery_date=delivery_date,
        ordered_on=ordered_on,
        product_ids=product_ids,
    )
    return Known(articles={}, facts=facts, factors=_factors_for(facts))


def _factors_for(facts: Facts) -> dict[str, Factor]:
    foods = {goods.food for goods in facts.goods.values() if goods.food}
    return factors_of(foods, on=facts.delivery_date)


def _article(entry: Entry, *, english: bool) -> Article:
    return Article(
        product_id=entry.product_id,
        name=entry.name(english=english),
        unit=entry.unit,
        category_id=entry.category_id,
        category=entry.category(english=english),
        in_season=entry.in_season,
    )


def _kept_row(
    article: Article,
    *,
    kitchens: tuple[int, int],
    facts: Facts,
    factors: Mapping[str, Factor],
    english: bool,
    arrived_at: datetime,
    ordered_on: date,
) -> CatalogueRow:
    """The row as it was judged last, where all that it rests on reads the same now; else judged anew."""
    food = facts.goods[article.product_id].food
    factor = factors.get(food) if food else None
    judged = partial(
        _row,
        article,
        facts=facts,
        factor=factor,
        english=english,
        arrived_at=arrived_at,
        ordered_on=ordered_on,
        delivery_date=facts.delivery_date,
    )
    return rows_kept.of(
        (kitchens, ordered_on, facts.delivery_date, english, article),
        evidence=(facts.evidence(article.product_id), factor),
        turns=facts.turns(article.product_id),
        at=arrived_at,
        make=judged,
        lasts=_lasts,
    )


def _row(
    article: Article, *, facts: Facts, factor: Factor | None, english: bool, **moment: Any
) -> CatalogueRow:
    lots = facts.lots.get(article.product_id, ())
    allotment = _smallest(article, lots, sizes=facts.offered_sizes(article.product_id), **moment)
    part = allotment.parts[0] if allotment.parts else None
    lot, party = _lot_and_party(lots, part)
    return CatalogueRow(
        article=article,
        part=part,
        packs=tuple(
            _pack_price(offer, facts.pack_names[offer.pack_id].name(english=english))
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
        factor=factor,
    )


def _lasts(row: CatalogueRow) -> bool:
    """Whether it may serve again: what came too late tells when it came."""
    return not any("arrived_at" in each["figures"] for each in (*row.passed_over, *row.refusals))


def _smallest(article: Article, lots: Sequence[Lot], *, sizes: set[Decimal], **moment: Any) -> Allotment:
    """What the smallest pack that anybody offers would become, tried from the smallest to the largest."""
    tries = (
        allot(
            [Wanted(position=1, product_id=article.product_id, quantity=size)],
            lots={article.product_id: lots},
            **moment,
        )[0]
        for size in sorted(sizes) or [Decimal(1)]
    )
    first = next(tries)
    return first if first.parts else next((each for each in tries if each.parts), first)


def _lot_and_party(lots: Sequence[Lot], part: Part | None) -> tuple[Lot | None, Party | None]:
    if part is None:
        return None, None
    lot = next(each for each in lots if each.facts.lot_id == part.lot.lot_id)
    return lot, next(each for each in lot.parties if each.facts.supplier_id == part.party.supplier_id)


def _told(allotment: Allotment, facts: Facts) -> tuple[dict[str, Any], ...]:
    """Failed verdicts in the form of a finding's."""
    return tuple(_verdict(each, facts) for each in allotment.verdicts if not each.ok)


def _verdict(verdict: Verdict, facts: Facts) -> dict[str, Any]:
    terms = facts.terms.get(verdict.lot_id or 0)
    regime = terms.regime if terms else "national"
    return {
        "rule": verdict.rule.value,
        "ok": verdict.ok,
        "paragraph": facts.paragraphs.get((verdict.rule.value, regime), ""),
        "figures": dict(verdict.figures),
    }


def _pack_price(offer: OfferFacts, name: str) -> PackPrice:
    one = kg_of(packs=Decimal(1), pack=offer.pack)
    if offer.price_per == "kg":
        per_base = None if one is None else offer.price_sek * one / offer.pack.base_per_pack
        per_kg: Decimal | None = offer.price_sek
    else:
        per_base = offer.price_sek / offer.pack.base_per_pack
        per_kg = price_per_kg(price=offer.price_sek, pack=offer.pack)
    return PackPrice(
        name=name,
        base=offer.pack.base_per_pack,
        price_sek=offer.price_sek,
        price_per=offer.price_per,
        per_base=per_base,
        per_kg=per_kg,
    )
