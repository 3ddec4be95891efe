"""The facts that judging needs, in two statements whatever the number of lines and of past orders."""

import json
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from config.ground.planned import planned_rows
from market.queries.judged_lots import Goods, Held, LotsOfGoods, Papers, Row, Shelf, lots_of_goods
from market.queries.judging_sql import GOODS, TERMS
from market.rules.call_off import LotFacts
from market.rules.quantities import BaseUnit, Pack
from suppliers.rules.certificates import (
    GOODS_FACTS,
    SLAUGHTERED_IN,
    Certificate,
    CertificateKind,
    marks_on,
)


class PackName(NamedTuple):
    name_sv: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that judging a kitchen's lines needs. ``offered`` holds the rows that promises are made of, by offer and lot."""

    lots: Mapping[int, LotsOfGoods]
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
    shelf = Shelf(
        goods=goods,
        packs={entry["id"]: _pack(entry, goods=goods[entry["product"]]) for entry in packs_json},
        terms=terms,
        papers=Papers(held=certificates, day=delivery_date),
    )
    return Facts(
        lots=lots_of_goods(rows, shelf=shelf),
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
        sort_key=entry["sort_key"],
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
        organic_groups=frozenset(entry["organic_groups"] or ()),
    )


def _pack(entry: Mapping[str, Any], *, goods: Goods) -> Pack:
    return Pack(
        base_unit=goods.unit,
        base_per_pack=Decimal(entry["base"]),
        kg_per_base=goods.kg_per_base,
        catch_weight=entry["is_catch_weight"],
        upper_tolerance=Decimal(entry["upper_tolerance"]),
    )
