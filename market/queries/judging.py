"""The facts that judging needs, in two statements whatever the number of lines and of past orders."""

import json
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from decimal import Decimal
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, overload

from config.ground.planned import planned_rows
from market.queries.judging_sql import GOODS, TERMS
from market.rules.allotment import Lot, Party
from market.rules.call_off import LotFacts, PartyFacts
from market.rules.filling import OfferFacts
from market.rules.quantities import BaseUnit, Pack
from market.rules.questions import Question
from market.rules.turns import KEYS, comparable_price
from suppliers.rules.certificates import (
    GOODS_FACTS,
    SLAUGHTERED_IN,
    Certificate,
    CertificateKind,
    marks_on,
    missing_permits,
)

Row = Any  # a named tuple of the columns of TERMS
Held = Mapping[int, Sequence[Certificate]]
NOTHING_UNSAID: frozenset[str] = frozenset()
NOTHING_CALLED_OFF = Decimal(0)


class PackName(NamedTuple):
    name_sv: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Goods:
    """A product as judging and the promise need it. ``kg_per_base`` None: its weight is not known."""

    product_id: int
    name: str
    name_en: str
    unit: BaseUnit
    kg_per_base: Decimal | None
    vat_class_id: int | None
    group_path: tuple[str, ...]
    permits: frozenset[str]
    states_slaughter: bool
    need_category_id: int | None
    food: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that judging a kitchen's lines needs. ``offered`` holds the rows that promises are made of, by offer and lot."""

    lots: Mapping[int, "LotsOfGoods"]
    goods: Mapping[int, Goods]
    paragraphs: Mapping[tuple[str, str], str]
    offered: Mapping[tuple[int, int], Row]
    terms: Mapping[int, LotFacts]
    pack_names: Mapping[int, PackName]
    certificates: Held
    delivery_date: date

    def offered_sizes(self, product_id: int) -> set[Decimal]:
        """The packs of the product that anybody offers at a price that holds, in base units."""
        lots = self.lots.get(product_id)
        return lots.offered_sizes() if lots else set()

    @property
    def regimes(self) -> dict[int, str]:
        """The law that each lot is called off under."""
        return {lot_id: lot.regime for lot_id, lot in self.terms.items()}

    def promise(self, *, offer_id: int, lot_id: int) -> dict[str, Any]:
        """What is promised of the goods. A label counts only where a certificate covers it on the delivery day."""
        row, lot = self.offered[offer_id, lot_id], self.terms[lot_id]
        goods, pack = self.goods[row.product_id], self.pack_names[row.pack_id]
        held = self.certificates.get(row.supplier_id, ())
        marks = marks_on(held, group_path=goods.group_path, on=self.delivery_date) & set(row.claims)
        return {
            "product": goods.name,
            "product_en": goods.name_en,
            "pack": pack.name_sv,
            "pack_en": pack.name_en,
            "supplier": row.supplier_name,
            "origin_country": row.origin_country,
            "origin_place": row.origin_place,
            **({"slaughtered_in": row.slaughtered_in} if row.slaughtered_in else {}),
            "marks": sorted(marks),
            "contains": sorted(row.contains),
            "may_contain": sorted(row.may_contain),
            "temperature": row.temperature,
            "food": goods.food,
            "legal": {
                "agreement": lot.title,
                "lot": lot.lot_name,
                "case_number": lot.case_number,
                "kind": lot.kind,
                "regime": lot.regime,
                "rank": row.rank,
            },
        }


def facts_for(
    *, authority_id: int, hub_id: int, delivery_date: date, ordered_on: date, product_ids: Sequence[int]
) -> Facts:
    """Read lots, parties, prices, stock, certificates and paragraphs for these products, hub and day."""
    asked: dict[str, Any] = {
        "authority": authority_id,
        "hub": hub_id,
        "delivery_date": delivery_date,
        "ordered_on": ordered_on,
        "products": list(product_ids),
    }
    columns, told = planned_rows(TERMS, asked)
    row_of = _row_of(columns)
    rows = [row_of(row) for row in told]
    asked = {
        "day": delivery_date,
        "ordered_on": ordered_on,
        "authority": authority_id,
        "products": list(product_ids),
        "suppliers": sorted({row.supplier_id for row in rows if row.supplier_id}),
        "lots": sorted({row.lot_id for row in rows}),
    }
    _columns, (of_goods,) = planned_rows(GOODS, asked)
    goods_json, packs_json, lots_json, groups_json, certificates_json, paragraphs_json = map(_read, of_goods)
    groups = {group["id"]: group for group in groups_json}
    goods = {entry["id"]: _goods(entry, group=groups.get(entry["group"])) for entry in goods_json}
    certificates = _certificates(
        certificates_json, codes={pk: group["path"][0] for pk, group in groups.items()}
    )
    named = {row.lot_id: row.authority_named for row in rows}
    terms = {entry["id"]: _lot_facts(entry, authority_named=named[entry["id"]]) for entry in lots_json}
    shelf = _Shelf(
        goods=goods,
        packs={entry["id"]: _pack(entry, goods=goods[entry["product"]]) for entry in packs_json},
        terms=terms,
        lacking=_Lacking(held=certificates, day=delivery_date),
    )
    return Facts(
        lots=_lots(rows, shelf=shelf),
        goods=goods,
        paragraphs={(rule, regime): paragraph for rule, regime, paragraph in paragraphs_json},
        offered={(row.offer_id, row.lot_id): row for row in rows if row.offer_id},
        terms=terms,
        pack_names={entry["id"]: PackName(entry["name_sv"], entry["name_en"]) for entry in packs_json},
        certificates=certificates,
        delivery_date=delivery_date,
    )


@cache
def _row_of(columns: tuple[str, ...]) -> Callable[[Sequence[Any]], Row]:
    row: Any = namedtuple("Row", columns)  # type: ignore[misc]  # noqa: PYI024  # the statement's columns
    make: Callable[[Sequence[Any]], Row] = row._make
    return make


def _read(value: Any) -> list[Any]:
    return (json.loads(value) if isinstance(value, str) else value) or []


def _goods(entry: Mapping[str, Any], *, group: Mapping[str, Any] | None) -> Goods:
    return Goods(
        product_id=entry["id"],
        name=entry["name"],
        name_en=entry["name_en"],
        unit=BaseUnit(entry["unit"]),
        kg_per_base=Decimal(entry["kg_per_base"]) if entry["kg_per_base"] else None,
        vat_class_id=entry["vat_class"],
        group_path=tuple(group["path"]) if group else (),
        permits=(frozenset(group["permits"]) if group else frozenset()) - GOODS_FACTS,
        states_slaughter=group is not None and SLAUGHTERED_IN in group["permits"],
        need_category_id=entry["need"],
        food=entry["food"],
    )


def _certificates(
    entries: Sequence[Mapping[str, Any]], *, codes: Mapping[int, str]
) -> dict[int, list[Certificate]]:
    held: dict[int, list[Certificate]] = {}
    for entry in entries:
        held.setdefault(entry["supplier"], []).append(
            Certificate(
                kind=CertificateKind(entry["kind"]),
                number=entry["number"],
                issuer=entry["issuer"],
                product_groups=frozenset(codes[group] for group in entry["groups"] or ()),
                valid_from=date.fromisoformat(entry["from"]),
                valid_to=date.fromisoformat(entry["to"]) if entry["to"] else None,
            )
        )
    return held


def _lot_facts(entry: Mapping[str, Any], *, authority_named: bool) -> LotFacts:
    return LotFacts(
        lot_id=entry["id"],
        agreement_id=entry["agreement"],
        title=entry["title"],
        lot_name=entry["name"],
        case_number=entry["case_number"],
        kind=entry["kind"],
        regime=entry["regime"],
        signed=entry["signed"],
        valid_from=date.fromisoformat(entry["valid_from"]),
        valid_to=date.fromisoformat(entry["valid_to"]),
        terminated_on=date.fromisoformat(entry["terminated_on"]) if entry["terminated_on"] else None,
        delivers_after_end=entry["delivers_after_end"],
        posted_stock_is_an_answer=entry["posted_stock_is_an_answer"],
        part_call_off_allowed=entry["part_call_off_allowed"],
        authority_named=authority_named,
        ceiling_sek=Decimal(entry["ceiling_sek"]),
        room_sek=Decimal(entry["room_sek"]),
        ceiling_kg=None if entry["ceiling_kg"] is None else Decimal(entry["ceiling_kg"]),
        room_kg=None if entry["room_kg"] is None else Decimal(entry["room_kg"]),
        allotment=entry["allotment"],
        answer_hours=entry["answer_hours"],
    )


def _pack(entry: Mapping[str, Any], *, goods: Goods) -> Pack:
    return Pack(
        base_unit=goods.unit,
        base_per_pack=Decimal(entry["base"]),
        kg_per_base=goods.kg_per_base,
        catch_weight=entry["is_catch_weight"],
        upper_tolerance=Decimal(entry["upper_tolerance"]),
    )


@dataclass(frozen=True, slots=True)
class _Lacking:
    """The permits that a farm lacks for goods, judged once a farm and product group."""

    held: Held
    day: date
    _judged: dict[tuple[int, tuple[str, ...]], frozenset[str]] = field(default_factory=dict)

    def of(self, supplier_id: int, goods: Goods) -> frozenset[str]:
        key = (supplier_id, goods.group_path)
        if key not in self._judged:
            held = self.held.get(supplier_id, ())
            self._judged[key] = missing_permits(goods.permits, held, group_path=goods.group_path, on=self.day)
        return self._judged[key]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What many rows share, made once: by product, pack and lot."""

    goods: Mapping[int, Goods]
    packs: Mapping[int, Pack]
    terms: Mapping[int, LotFacts]
    lacking: _Lacking


class LotsOfGoods(Sequence[Lot]):
    """The lots of a product in their turn, each made when it is first looked at: most goods come of the first alone."""

    __slots__ = ("_made", "_rows_of_lots", "_shelf")

    def __init__(self, rows_of_lots: Sequence[Sequence[Row]], *, shelf: "_Shelf") -> None:
        self._rows_of_lots = rows_of_lots
        self._made: list[Lot | None] = [None] * len(rows_of_lots)
        self._shelf = shelf

    def __len__(self) -> int:
        return len(self._made)

    def offered_sizes(self) -> set[Decimal]:
        goods, packs = self._shelf.goods, self._shelf.packs
        return {
            packs[row.pack_id].base_per_pack
            for rows in self._rows_of_lots
            for row in rows
            if _is_offered(row, goods[row.product_id])
        }

    @overload
    def __getitem__(self, at: int) -> Lot: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Lot]: ...
    def __getitem__(self, at: int | slice) -> Lot | Sequence[Lot]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        made = self._made[at]
        if made is None:
            self._made[at] = made = _lot(self._rows_of_lots[at], shelf=self._shelf)
        return made


def _lots(rows: Sequence[Row], *, shelf: _Shelf) -> dict[int, LotsOfGoods]:
    """Fold the rows, which come ordered by product, lot, rank and pack."""
    rows_of: dict[int, list[list[Row]]] = {}
    for (product_id, _lot_id), of_lot in groupby(rows, key=attrgetter("product_id", "lot_id")):
        rows_of.setdefault(product_id, []).append(list(of_lot))
    return {product_id: LotsOfGoods(of_lots, shelf=shelf) for product_id, of_lots in rows_of.items()}


def _lot(rows: Sequence[Row], *, shelf: _Shelf) -> Lot:
    parties = tuple(
        _party(list(of_party), shelf=shelf)
        for supplier_id, of_party in groupby(rows, key=attrgetter("supplier_id"))
        if supplier_id
    )
    return Lot(facts=shelf.terms[rows[0].lot_id], parties=parties)


def _party(rows: Sequence[Row], *, shelf: _Shelf) -> Party:
    first = rows[0]
    goods = shelf.goods[first.product_id]
    by_price = shelf.terms[first.lot_id].allotment in KEYS
    return Party(
        facts=PartyFacts(
            supplier_id=first.supplier_id,
            supplier_name=first.supplier_name,
            rank=first.rank,
            suspended=first.suspended,
            bankrupt=first.is_bankrupt,
            missing_permits=shelf.lacking.of(first.supplier_id, goods) | _unsaid(rows, goods),
            run_id=first.run_id,
            run_open=first.run_state == "open",
            cut_off=first.cut_off_utc and first.cut_off_utc.replace(tzinfo=UTC),
            price_per_base=_lowest_price(rows, goods=goods, packs=shelf.packs) if by_price else None,
            share_percent=first.share_percent,
            called_off_sek=first.called_off_sek or NOTHING_CALLED_OFF,
            question=_question(first),
        ),
        offers=tuple(_offer(row, pack=shelf.packs[row.pack_id]) for row in rows if _is_offered(row, goods)),
        priced=any(row.price_id for row in rows) and goods.vat_class_id is not None,
    )


def _is_offered(row: Row, goods: Goods) -> bool:
    return bool(row.offer_id) and _has_price(row, goods) and _is_stated(row, goods)


def _is_stated(row: Row, goods: Goods) -> bool:
    """Beef that does not say where it was slaughtered is not sold (1760/2000)."""
    return bool(row.slaughtered_in) or not goods.states_slaughter


def _unsaid(rows: Sequence[Row], goods: Goods) -> frozenset[str]:
    """The fact that all of the farm's offers fail to state; nothing of a farm that has none."""
    if not goods.states_slaughter:
        return NOTHING_UNSAID
    offered = [row for row in rows if row.offer_id]
    silent = bool(offered) and not any(_is_stated(row, goods) for row in offered)
    return frozenset({SLAUGHTERED_IN}) if silent else NOTHING_UNSAID


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


def _lowest_price(rows: Sequence[Row], *, goods: Goods, packs: Mapping[int, Pack]) -> Decimal | None:
    """The party's lowest price a base unit among its agreed packs; what it posts counts only under the agreement's cap."""
    prices = (
        comparable_price(
            price_sek=_price(row) if _has_price(row, goods) and _is_stated(row, goods) else row.price_sek,
            price_per=row.price_per,
            pack=packs[row.pack_id],
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
