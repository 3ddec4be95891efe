"""The facts that judging needs, in two statements whatever the number of lines and of past orders."""

import json
from collections import defaultdict, namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from typing import Any, NamedTuple

from config.ground.planned import numbers, planned_rows
from market.queries.as_asked import AsAskedBy, Either
from market.queries.judged_lots import (
    LOT,
    NAMED,
    SUPPLIER,
    Goods,
    Held,
    LotsOfGoods,
    Papers,
    Row,
    Shelf,
    lots_of_goods,
)
from market.queries.judging_sql import GOODS, TERMS, TERMS_OF_FIRST_LOTS, TERMS_WITHOUT_PROMISE
from market.rules.call_off import LotFacts
from market.rules.quantities import BaseUnit, Pack
from suppliers.rules.certificates import (
    GOODS_FACTS,
    SLAUGHTERED_IN,
    Certificate,
    CertificateKind,
    marks_on,
)


class Reading(StrEnum):
    """How much of the terms is read.

    ``FARMS``: what farms and prices follow from, without what a promise tells. ``FIRST_LOTS``: of each product moreover the
    lot alone that is asked first, which is all that is looked at wherever that lot gives what is wanted.
    """

    WHOLE = TERMS
    FARMS = TERMS_WITHOUT_PROMISE
    FIRST_LOTS = TERMS_OF_FIRST_LOTS


class PackName(NamedTuple):
    name_sv: str
    name_en: str

    def name(self, *, english: bool) -> str:
        return self.name_en if english else self.name_sv


@dataclass(frozen=True, slots=True)
class Told:
    """What the database told, before anything is made of it: by pack, lot and farm, and what all goods share."""

    packs: Mapping[int, Sequence[Any]]
    lots: Mapping[int, Sequence[Any]]
    certificates: Mapping[int, Sequence[Any]]
    shared: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that judging a kitchen's lines needs. ``offered`` holds the rows that promises are made of, by offer and lot.

    ``regimes`` tells the law that each lot is called off under.
    """

    lots: Mapping[int, LotsOfGoods]
    goods: Mapping[int, Goods]
    paragraphs: Mapping[tuple[str, str], str]
    offered: Mapping[tuple[int, int], Row]
    terms: Mapping[int, LotFacts]
    regimes: Mapping[int, str]
    pack_names: Mapping[int, PackName]
    certificates: Held
    delivery_date: date
    told: Told

    def evidence(self, product_id: int) -> tuple[Any, ...]:
        """All that judging these goods and their promise rest on, to be compared: equal facts give equal answers."""
        rows = self._rows(product_id)
        return (
            self.goods[product_id],
            rows,
            [self.told.packs.get(row.pack_id) for row in rows],
            [self.told.lots.get(row.lot_id) for row in rows],
            [self.told.certificates.get(row.supplier_id) for row in rows],
            self.told.shared,
        )

    def turns(self, product_id: int) -> Iterator[datetime]:
        """The moments after which the same facts mean another thing: cut-offs, and times to answer."""
        for row in self._rows(product_id):
            for moment in (row.cut_off_utc, row.answer_by_utc):
                if moment is not None:
                    yield moment.replace(tzinfo=UTC)

    def _rows(self, product_id: int) -> list[Row]:
        lots = self.lots.get(product_id)
        return lots.rows() if lots else []

    def offered_sizes(self, product_id: int) -> set[Decimal]:
        """The packs of the product that anybody offers at a price that holds, in base units."""
        lots = self.lots.get(product_id)
        return lots.offered_sizes() if lots else set()

    def joined(self, more: "Facts") -> "Facts":
        """These facts, and of the products that ``more`` knows those of ``more``. Both are of one kitchen and day."""
        return replace(
            self,
            lots={**self.lots, **more.lots},
            goods={**self.goods, **more.goods},
            offered=Either(more.offered, self.offered),
            terms=Either(more.terms, self.terms),
            regimes={**self.regimes, **more.regimes},
            pack_names={**self.pack_names, **more.pack_names},
            certificates=Either(more.certificates, self.certificates),
            told=Told(
                packs={**self.told.packs, **more.told.packs},
                lots={**self.told.lots, **more.told.lots},
                certificates={**self.told.certificates, **more.told.certificates},
                shared=more.told.shared,
            ),
        )

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
    *,
    authority_id: int,
    hub_id: int,
    delivery_date: date,
    ordered_on: date,
    product_ids: Sequence[int],
    reading: Reading = Reading.WHOLE,
) -> Facts:
    """Read lots, parties, prices, stock, certificates and paragraphs for these products, hub and day.

    Of facts that were not read whole ``Facts.promise`` has nothing to tell.
    """
    asked: dict[str, Any] = {
        "authority": authority_id,
        "hub": hub_id,
        "delivery_date": delivery_date,
        "ordered_on": ordered_on,
        "products": numbers(product_ids),
    }
    columns, rows = planned_rows(reading.value, asked)
    row_of, offer_at = _row_of(columns), columns.index("offer_id")
    asked = {
        "day": delivery_date,
        "ordered_on": ordered_on,
        "authority": authority_id,
        "products": numbers(product_ids),
        "suppliers": numbers({row[SUPPLIER] for row in rows if row[SUPPLIER]}),
        "lots": numbers({row[LOT] for row in rows}),
    }
    _columns, (of_goods,) = planned_rows(GOODS, asked)
    goods_json, packs_json, lots_json, groups_json, certificates_json, paragraphs_json = map(_read, of_goods)
    groups = {pk: (tuple(codes), frozenset(permits)) for pk, codes, permits in groups_json}
    goods = {entry[0]: _goods(entry, groups=groups) for entry in goods_json}
    certificates = _certificates(certificates_json, codes={pk: path[0] for pk, (path, _) in groups.items()})
    named = {row[LOT]: row[NAMED] for row in rows}
    told_lots = {entry[0]: entry for entry in lots_json}
    told_packs = {entry[0]: entry for entry in packs_json}
    terms = AsAskedBy(told_lots, make=lambda entry: _lot_facts(entry, authority_named=named[entry[0]]))
    shelf = Shelf(
        row_of=row_of,
        goods=goods,
        packs=AsAskedBy(told_packs, make=lambda entry: _pack(entry, goods=goods[entry[1]])),
        terms=terms,
        organic_groups={pk: frozenset(told[-1]) for pk, told in told_lots.items() if told[-1]},
        papers=Papers(held=certificates, day=delivery_date),
    )
    return Facts(
        lots=lots_of_goods(rows, shelf=shelf),
        goods=goods,
        paragraphs={(rule, regime): paragraph for rule, regime, paragraph in paragraphs_json},
        offered=AsAskedBy({(row[offer_at], row[LOT]): row for row in rows if row[offer_at]}, make=row_of),
        terms=terms,
        regimes={pk: told[_REGIME] for pk, told in told_lots.items()},
        pack_names={entry[0]: PackName(entry[2], entry[3]) for entry in packs_json},
        certificates=certificates,
        delivery_date=delivery_date,
        told=Told(
            packs=told_packs,
            lots=told_lots,
            certificates=certificates.of,
            shared=(groups_json, paragraphs_json),
        ),
    )


@cache
def _row_of(columns: tuple[str, ...]) -> Callable[[Sequence[Any]], Row]:
    row: Any = namedtuple("Row", columns)  # type: ignore[misc]  # noqa: PYI024  # the statement's columns
    make: Callable[[Sequence[Any]], Row] = row._make
    return make


def _read(value: Any) -> list[Any]:
    return (json.loads(value) if isinstance(value, str) else value) or []


def _goods(
    entry: Sequence[Any],
    *,
    groups: Mapping[int | None, tuple[tuple[str, ...], frozenset[str]]],
) -> Goods:
    (
        pk,
        name,
        name_en,
        sort_key,
        unit,
        kg_per_base,
        vat_class_id,
        group_id,
        need_category_id,
        food,
    ) = entry
    path, permits = groups.get(group_id, ((), frozenset()))
    return Goods(
        product_id=pk,
        name=name,
        name_en=name_en,
        sort_key=sort_key,
        unit=BaseUnit(unit),
        kg_per_base=Decimal(kg_per_base) if kg_per_base else None,
        vat_class_id=vat_class_id,
        group_path=path,
        permits=permits - GOODS_FACTS,
        states_slaughter=SLAUGHTERED_IN in permits,
        need_category_id=need_category_id,
        food=food,
    )


def _certificates(
    entries: Sequence[Sequence[Any]], *, codes: Mapping[int, str]
) -> AsAskedBy[int, Sequence[Sequence[Any]], Sequence[Certificate]]:
    """By farm; of most farms nobody asks."""
    held: defaultdict[int, list[Sequence[Any]]] = defaultdict(list)
    for entry in entries:
        held[entry[0]].append(entry)
    return AsAskedBy(dict(held), make=partial(_certificates_of, codes=codes))


def _certificates_of(entries: Sequence[Sequence[Any]], *, codes: Mapping[int, str]) -> list[Certificate]:
    return [
        Certificate(
            kind=CertificateKind(kind),
            number=number,
            issuer=issuer,
            product_groups=frozenset(codes[group] for group in groups or ()),
            valid_from=date.fromisoformat(valid_from),
            valid_to=date.fromisoformat(valid_to) if valid_to else None,
        )
        for _supplier, kind, number, issuer, valid_from, valid_to, groups in entries
    ]


_REGIME = 6  # the place of a lot's regime among what ``_lot_facts`` is told


def _lot_facts(
    entry: Sequence[Any],
    *,
    authority_named: bool,
) -> LotFacts:
    (
        pk,
        agreement_id,
        title,
        name,
        case_number,
        kind,
        regime,
        signed,
        valid_from,
        valid_to,
        terminated_on,
        delivers_after_end,
        posted_stock_is_an_answer,
        part_call_off_allowed,
        ceiling_sek,
        room_sek,
        ceiling_kg,
        room_kg,
        allotment,
        answer_hours,
        organic_groups,
    ) = entry
    return LotFacts(
        lot_id=pk,
        agreement_id=agreement_id,
        title=title,
        lot_name=name,
        case_number=case_number,
        kind=kind,
        regime=regime,
        signed=signed,
        valid_from=date.fromisoformat(valid_from),
        valid_to=date.fromisoformat(valid_to),
        terminated_on=date.fromisoformat(terminated_on) if terminated_on else None,
        delivers_after_end=delivers_after_end,
        posted_stock_is_an_answer=posted_stock_is_an_answer,
        part_call_off_allowed=part_call_off_allowed,
        authority_named=authority_named,
        ceiling_sek=Decimal(ceiling_sek),
        room_sek=Decimal(room_sek),
        ceiling_kg=None if ceiling_kg is None else Decimal(ceiling_kg),
        room_kg=None if room_kg is None else Decimal(room_kg),
        allotment=allotment,
        answer_hours=answer_hours,
        organic_groups=frozenset(organic_groups or ()),
    )


def _pack(entry: Sequence[Any], *, goods: Goods) -> Pack:
    _pk, _product, _name, _name_en, base_per_pack, is_catch_weight, upper_tolerance = entry
    return Pack(
        base_unit=goods.unit,
        base_per_pack=Decimal(base_per_pack),
        kg_per_base=goods.kg_per_base,
        catch_weight=is_catch_weight,
        upper_tolerance=Decimal(upper_tolerance),
    )
