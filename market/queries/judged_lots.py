"""The lots of a product as the rules judge them, folded from the rows that ``market.queries.judging`` reads.

A lot is made when it is first looked at; what many rows share (goods, packs, terms, certificates) is made once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from decimal import Decimal
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from market.queries.as_asked import AsAsked
from market.rules.allotment import Lot, Party
from market.rules.call_off import LotFacts, PartyFacts
from market.rules.filling import OfferFacts
from market.rules.organic import is_certified, must_be_organic
from market.rules.quantities import BaseUnit, Pack
from market.rules.questions import Question
from market.rules.turns import KEYS, comparable_price
from suppliers.rules.certificates import SLAUGHTERED_IN, Certificate, CertificateKind, missing_permits

Row = Any  # a named tuple of the columns of TERMS
PRODUCT, LOT, NAMED, SUPPLIER = range(4)  # its first columns, for rows whose others nobody has looked at yet
Held = Mapping[int, Sequence[Certificate]]
NOTHING_CALLED_OFF = Decimal(0)


@dataclass(frozen=True, slots=True)
class Goods:
    """A product as judging and the promise need it. ``kg_per_base`` None: its weight is not known."""

    product_id: int
    name: str
    name_en: str
    sort_key: str
    unit: BaseUnit
    kg_per_base: Decimal | None
    vat_class_id: int | None
    group_path: tuple[str, ...]
    permits: frozenset[str]
    states_slaughter: bool
    need_category_id: int | None
    food: str | None


@dataclass(frozen=True, slots=True)
class Papers:
    """What a farm's certificates prove for goods on the day; permits are judged once a farm and product group."""

    held: Held
    day: date
    _judged: dict[tuple[int, tuple[str, ...]], frozenset[str]] = field(default_factory=dict)

    def missing(self, supplier_id: int, goods: Goods) -> frozenset[str]:
        key = (supplier_id, goods.group_path)
        if key not in self._judged:
            held = self.held.get(supplier_id, ())
            self._judged[key] = missing_permits(goods.permits, held, group_path=goods.group_path, on=self.day)
        return self._judged[key]

    def organic(self, supplier_id: int, goods: Goods) -> bool:
        return is_certified(self.held.get(supplier_id, ()), group_path=goods.group_path, on=self.day)


class Demands(NamedTuple):
    """What an offer must say of itself to be called off from the lot: where it was slaughtered, that it is organic."""

    slaughter: bool
    organic: bool

    def met_by(self, row: Row) -> bool:
        return (not self.slaughter or _says_slaughter(row)) and (not self.organic or _says_organic(row))


NO_DEMANDS = Demands(slaughter=False, organic=False)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What many rows share, made once: by product, pack and lot. ``organic_groups`` holds the lots that have any.

    ``row_of`` names the columns of a row.
    """

    row_of: Callable[[Sequence[Any]], Row]
    goods: Mapping[int, Goods]
    packs: Mapping[int, Pack]
    terms: Mapping[int, LotFacts]
    organic_groups: Mapping[int, frozenset[str]]
    papers: Papers

    def demands(self, row: Row) -> Demands:
        """They are the same for all rows of a product and a lot."""
        goods = self.goods[row.product_id]
        groups = self.organic_groups.get(row.lot_id)
        if groups is None and not goods.states_slaughter:
            return NO_DEMANDS
        organic = groups is not None and must_be_organic(groups, group_path=goods.group_path)
        return Demands(slaughter=goods.states_slaughter, organic=organic)


class LotsOfGoods(AsAsked[Sequence[Sequence[Any]], Lot]):
    """The lots of a product in their turn: most goods come of the first lot's first farm alone."""

    __slots__ = ("_shelf",)

    def __init__(self, rows_of_lots: Sequence[Sequence[Sequence[Any]]], *, shelf: Shelf) -> None:
        super().__init__(rows_of_lots, make=partial(_lot, shelf=shelf))
        self._shelf = shelf

    def offered_sizes(self) -> set[Decimal]:
        shelf = self._shelf
        sizes: set[Decimal] = set()
        for told in self.of:
            rows = list(map(shelf.row_of, told))
            goods, demands = shelf.goods[rows[0].product_id], shelf.demands(rows[0])
            sizes |= {
                shelf.packs[row.pack_id].base_per_pack for row in rows if _is_offered(row, goods, demands)
            }
        return sizes

    def rows(self) -> list[Row]:
        """All that the lots are made of."""
        return [self._shelf.row_of(told) for of_lot in self.of for told in of_lot]


def lots_of_goods(rows: Sequence[Sequence[Any]], *, shelf: Shelf) -> dict[int, LotsOfGoods]:
    """Fold the rows, which come ordered by product, lot, rank and pack."""
    rows_of: dict[int, list[list[Sequence[Any]]]] = {}
    for (product_id, _lot_id), of_lot in groupby(rows, key=itemgetter(PRODUCT, LOT)):
        rows_of.setdefault(product_id, []).append(list(of_lot))
    return {product_id: LotsOfGoods(of_lots, shelf=shelf) for product_id, of_lots in rows_of.items()}


def _lot(rows: Sequence[Sequence[Any]], *, shelf: Shelf) -> Lot:
    of_parties = [
        list(of_party) for supplier_id, of_party in groupby(rows, key=itemgetter(SUPPLIER)) if supplier_id
    ]
    return Lot(
        facts=shelf.terms[rows[0][LOT]],
        parties=AsAsked(of_parties, make=partial(_party, shelf=shelf)),
        in_rank_order=True,
    )


def _party(told: Sequence[Sequence[Any]], *, shelf: Shelf) -> Party:
    rows = list(map(shelf.row_of, told))
    first = rows[0]
    goods, demands = shelf.goods[first.product_id], shelf.demands(first)
    missing = shelf.papers.missing(first.supplier_id, goods)
    if demands.slaughter and _all_silent(rows, says=_says_slaughter):
        missing |= {SLAUGHTERED_IN}
    certified = shelf.papers.organic(first.supplier_id, goods) if demands.organic else None
    by_price = shelf.terms[first.lot_id].allotment in KEYS
    return Party(
        facts=PartyFacts(
            supplier_id=first.supplier_id,
            supplier_name=first.supplier_name,
            rank=first.rank,
            suspended=first.suspended,
            bankrupt=first.is_bankrupt,
            missing_permits=missing,
            organic=certified and not _all_silent(rows, says=_says_organic),
            run_id=first.run_id,
            run_open=first.run_state == "open",
            cut_off=first.cut_off_utc and first.cut_off_utc.replace(tzinfo=UTC),
            price_per_base=_lowest_price(rows, demands, shelf=shelf) if by_price else None,
            share_percent=first.share_percent,
            called_off_sek=first.called_off_sek or NOTHING_CALLED_OFF,
            question=_question(first),
        ),
        offers=tuple(
            _offer(row, pack=shelf.packs[row.pack_id]) for row in rows if _is_offered(row, goods, demands)
        ),
        priced=any(row.price_id for row in rows) and goods.vat_class_id is not None,
    )


def _is_offered(row: Row, goods: Goods, demands: Demands) -> bool:
    return bool(row.offer_id) and _has_price(row, goods) and demands.met_by(row)


def _says_slaughter(row: Row) -> bool:
    """Beef that does not say where it was slaughtered is not sold (1760/2000)."""
    return bool(row.slaughtered_in)


def _says_organic(row: Row) -> bool:
    return CertificateKind.ORGANIC in (row.claims or ())


def _all_silent(rows: Sequence[Row], *, says: Callable[[Row], bool]) -> bool:
    """Whether the farm has offers and all of them fail to state it."""
    offered = [row for row in rows if row.offer_id]
    return bool(offered) and not any(map(says, offered))


def _has_price(row: Row, goods: Goods) -> bool:
    """A price per kg needs a weight; an own price must keep under the agreement's cap."""
    weighed = row.price_per != "kg" or goods.unit is BaseUnit.KG or goods.kg_per_base is not None
    under_cap = not row.is_cap or row.own_price_sek is None or row.own_price_sek <= row.price_sek
    return weighed and under_cap


def _question(row: Row) -> Question | None:
    if row.asked_utc is None:
        return None
    return Question(
        asked_at=row.asked_utc.replace(tzinfo=UTC),
        answer_by=row.answer_by_utc.replace(tzinfo=UTC),
        said=row.said,
    )


def _lowest_price(rows: Sequence[Row], demands: Demands, *, shelf: Shelf) -> Decimal | None:
    """The party's lowest price a base unit among its agreed packs; what it posts counts only under the agreement's cap."""
    prices = (
        comparable_price(
            price_sek=_price(row)
            if _has_price(row, shelf.goods[row.product_id]) and demands.met_by(row)
            else row.price_sek,
            price_per=row.price_per,
            pack=shelf.packs[row.pack_id],
        )
        for row in rows
        if row.price_id
    )
    return min((price for price in prices if price is not None), default=None)


def _price(row: Row) -> Decimal:
    own: Decimal | None = row.own_price_sek if row.is_cap else None
    agreed: Decimal = row.price_sek
    return own or agreed


def _offer(row: Row, *, pack: Pack) -> OfferFacts:
    return OfferFacts(
        offer_id=row.offer_id,
        pool_id=row.pool_id,
        price_id=row.price_id,
        pack_id=row.pack_id,
        pack=pack,
        price_sek=_price(row),
        price_per=row.price_per,
        in_stock=row.in_stock,
        was_sek=None if row.is_cap else row.was_sek,  # under a cap the farm's own price counts
        adjusted_at=row.adjusted_utc and row.adjusted_utc.replace(tzinfo=UTC),
    )
