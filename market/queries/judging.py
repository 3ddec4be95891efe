"""The facts that judging needs, in two statements whatever the number of lines and of past orders."""

import json
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection

from market.queries.judging_sql import GOODS, TERMS
from market.rules.allotment import Lot, Party
from market.rules.call_off import LotFacts, PartyFacts
from market.rules.filling import OfferFacts
from market.rules.quantities import BaseUnit, Pack
from market.rules.turns import KEYS, comparable_price
from suppliers.rules.certificates import Certificate, CertificateKind, marks_on, missing_permits

Row = Any  # a named tuple of the columns of TERMS
Held = Mapping[int, Sequence[Certificate]]


@dataclass(frozen=True, slots=True)
class Goods:
    """A product as judging and the promise need it. ``kg_per_base`` None: its weight is not known."""

    product_id: int
    name: str
    unit: BaseUnit
    kg_per_base: Decimal | None
    vat_class_id: int | None
    group_path: tuple[str, ...]
    permits: frozenset[str]
    need_category_id: int | None
    food: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that judging a kitchen's lines needs. ``offered`` holds the rows that promises are made of, by offer and lot."""

    lots: Mapping[int, Sequence[Lot]]
    goods: Mapping[int, Goods]
    paragraphs: Mapping[tuple[str, str], str]
    offered: Mapping[tuple[int, int], Row]
    certificates: Held
    delivery_date: date

    def promise(self, *, offer_id: int, lot_id: int) -> dict[str, Any]:
        """What is promised of the goods. A label counts only where a certificate covers it on the delivery day."""
        row = self.offered[offer_id, lot_id]
        goods = self.goods[row.product_id]
        held = self.certificates.get(row.supplier_id, ())
        marks = marks_on(held, group_path=goods.group_path, on=self.delivery_date) & set(row.claims)
        return {
            "product": goods.name,
            "pack": row.pack_name,
            "supplier": row.supplier_name,
            "origin_country": row.origin_country,
            "origin_place": row.origin_place,
            "marks": sorted(marks),
            "contains": sorted(row.contains),
            "may_contain": sorted(row.may_contain),
            "temperature": row.temperature,
            "food": goods.food,
            "legal": {
                "agreement": row.title,
                "lot": row.lot_name,
                "case_number": row.case_number,
                "kind": row.kind,
                "regime": row.regime,
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
    with connection.cursor() as cursor:
        cursor.execute(TERMS, asked)
        row_of = _row_of(tuple(column.name for column in cursor.description or ()))
        rows = [row_of(row) for row in cursor.fetchall()]
        suppliers = sorted({row.supplier_id for row in rows if row.supplier_id})
        cursor.execute(GOODS, {**asked, "day": delivery_date, "suppliers": suppliers})
        goods_json, groups_json, certificates_json, paragraphs_json = map(_read, cursor.fetchone())
    groups = {group["id"]: group for group in groups_json}
    goods = {entry["id"]: _goods(entry, group=groups.get(entry["group"])) for entry in goods_json}
    certificates = _certificates(
        certificates_json, codes={pk: group["path"][0] for pk, group in groups.items()}
    )
    return Facts(
        lots=_lots(rows, goods=goods, certificates=certificates, day=delivery_date),
        goods=goods,
        paragraphs={(rule, regime): paragraph for rule, regime, paragraph in paragraphs_json},
        offered={(row.offer_id, row.lot_id): row for row in rows if row.offer_id},
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
        unit=BaseUnit(entry["unit"]),
        kg_per_base=Decimal(entry["kg_per_base"]) if entry["kg_per_base"] else None,
        vat_class_id=entry["vat_class"],
        group_path=tuple(group["path"]) if group else (),
        permits=frozenset(group["permits"]) if group else frozenset(),
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


def _lots(
    rows: Sequence[Row], *, goods: Mapping[int, Goods], certificates: Held, day: date
) -> dict[int, list[Lot]]:
    """Fold the rows, which come ordered by product, lot, rank and pack."""
    lacking = _Lacking(held=certificates, day=day)
    grouped: dict[int, dict[int, dict[int, list[Row]]]] = {}
    for row in rows:
        parties = grouped.setdefault(row.product_id, {}).setdefault(row.lot_id, {})
        parties.setdefault(row.supplier_id or 0, []).append(row)
    return {
        product_id: [
            Lot(
                facts=_lot_facts(next(iter(parties.values()))[0]),
                parties=tuple(
                    _party(party_rows, goods=goods[product_id], lacking=lacking)
                    for supplier_id, party_rows in parties.items()
                    if supplier_id
                ),
            )
            for parties in lots.values()
        ]
        for product_id, lots in grouped.items()
    }


def _lot_facts(row: Row) -> LotFacts:
    return LotFacts(
        lot_id=row.lot_id,
        agreement_id=row.agreement_id,
        title=row.title,
        lot_name=row.lot_name,
        case_number=row.case_number,
        kind=row.kind,
        regime=row.regime,
        signed=row.signed,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        terminated_on=row.terminated_on,
        delivers_after_end=row.delivers_after_end,
        posted_stock_is_an_answer=row.posted_stock_is_an_answer,
        part_call_off_allowed=row.part_call_off_allowed,
        authority_named=row.authority_named,
        ceiling_sek=row.ceiling_sek,
        room_sek=row.room_sek,
        ceiling_kg=row.ceiling_kg,
        room_kg=row.room_kg,
        allotment=row.allotment,
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


def _party(rows: Sequence[Row], *, goods: Goods, lacking: _Lacking) -> Party:
    first = rows[0]
    return Party(
        facts=PartyFacts(
            supplier_id=first.supplier_id,
            supplier_name=first.supplier_name,
            rank=first.rank,
            suspended=first.suspended,
            bankrupt=first.is_bankrupt,
            missing_permits=lacking.of(first.supplier_id, goods),
            run_id=first.run_id,
            run_open=first.run_state == "open",
            cut_off=first.cut_off_utc and first.cut_off_utc.replace(tzinfo=UTC),
            price_per_base=_lowest_price(rows, goods=goods) if first.allotment in KEYS else None,
            share_percent=first.share_percent,
            called_off_sek=first.called_off_sek or Decimal(0),
        ),
        offers=tuple(_offer(row, goods=goods) for row in rows if row.offer_id and _has_price(row, goods)),
        priced=any(row.price_id for row in rows) and goods.vat_class_id is not None,
    )


def _has_price(row: Row, goods: Goods) -> bool:
    """A price per kg needs a weight; an own price must keep under the agreement's cap."""
    weighed = row.price_per != "kg" or goods.unit is BaseUnit.KG or goods.kg_per_base is not None
    under_cap = not row.is_cap or row.own_price_sek is None or row.own_price_sek <= row.price_sek
    return weighed and under_cap


def _lowest_price(rows: Sequence[Row], *, goods: Goods) -> Decimal | None:
    """The party's lowest price a base unit among its agreed packs; what it posts counts only under the agreement's cap."""
    prices = (
        comparable_price(
            price_sek=_price(row) if _has_price(row, goods) else row.price_sek,
            price_per=row.price_per,
            pack=_pack(row, goods=goods),
        )
        for row in rows
        if row.price_id
    )
    return min((price for price in prices if price is not None), default=None)


def _price(row: Row) -> Decimal:
    own: Decimal | None = row.own_price_sek if row.is_cap else None
    agreed: Decimal = row.price_sek
    return own or agreed


def _pack(row: Row, *, goods: Goods) -> Pack:
    return Pack(
        base_unit=goods.unit,
        base_per_pack=row.base_per_pack,
        kg_per_base=goods.kg_per_base,
        catch_weight=row.is_catch_weight,
        upper_tolerance=row.upper_tolerance,
    )


def _offer(row: Row, *, goods: Goods) -> OfferFacts:
    return OfferFacts(
        offer_id=row.offer_id,
        pool_id=row.pool_id,
        price_id=row.price_id,
        pack_id=row.pack_id,
        pack=_pack(row, goods=goods),
        price_sek=_price(row),
        price_per=row.price_per,
        in_stock=row.in_stock,
    )
