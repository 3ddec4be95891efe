"""The facts that judging needs, in two statements whatever the number of lines and of past orders."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from decimal import Decimal
from typing import Any

from django.db import connection

from market.rules.allotment import Lot, Party
from market.rules.call_off import LotFacts, PartyFacts
from market.rules.filling import OfferFacts
from market.rules.quantities import BaseUnit, Pack
from market.rules.turns import KEYS, comparable_price
from suppliers.rules.certificates import Certificate, CertificateKind, marks_on, missing_permits

# OFFSET 0 keeps the planner from turning a few look-ups by key into a reading of the whole market; ANY of one keeps it
# from the exclusion constraints' indexes, which cost it the same by its reckoning and many times more in truth.
_TERMS = """
WITH own AS MATERIALIZED (
  SELECT lp.product_id, l.id AS lot_id
  FROM market_agreementauthority named
  JOIN market_agreementlot l ON l.agreement_id = named.agreement_id
  JOIN market_lotproduct lp ON lp.agreement_lot_id = l.id
  WHERE named.authority_id = %(authority)s AND lp.product_id = ANY(%(products)s)
    AND lp.valid_from <= %(delivery_date)s AND (lp.valid_to IS NULL OR lp.valid_to >= %(delivery_date)s)
), inside AS MATERIALIZED (
  SELECT product_id, lot_id, true AS authority_named FROM own
  UNION ALL
  SELECT asked.product_id, other.lot_id, false
  FROM unnest(%(products)s::bigint[]) AS asked(product_id), LATERAL (
    SELECT lp.agreement_lot_id AS lot_id FROM market_lotproduct lp
    WHERE lp.product_id = asked.product_id
      AND lp.valid_from <= %(delivery_date)s AND (lp.valid_to IS NULL OR lp.valid_to >= %(delivery_date)s)
    ORDER BY lp.id LIMIT 1) AS other
  WHERE NOT EXISTS (SELECT FROM own WHERE own.product_id = asked.product_id)
), lots AS MATERIALIZED (
  SELECT inside.product_id, l.id AS lot_id, l.name AS lot_name, l.allotment, l.ceiling_sek, l.ceiling_kg,
         a.id AS agreement_id, a.title, a.case_number, a.kind, a.regime, a.signed_at IS NOT NULL AS signed,
         a.valid_from, a.valid_to, a.terminated_on, a.delivers_after_end, a.posted_stock_is_an_answer,
         a.part_call_off_allowed, inside.authority_named,
         greatest(b.ceiling_sek - b.committed_sek, 0) AS room_sek,
         CASE WHEN b.ceiling_kg IS NOT NULL THEN greatest(b.ceiling_kg - b.committed_kg, 0) END AS room_kg
  FROM inside
  JOIN market_agreementlot l ON l.id = inside.lot_id
  JOIN market_agreement a ON a.id = l.agreement_id
  JOIN market_lotbalance b ON b.agreement_lot_id = l.id AND b.authority_id IS NULL AND b.supplier_id IS NULL
), ranked AS MATERIALIZED (
  SELECT lots.*, p.supplier_id, p.rank, p.share_percent,
         CASE WHEN p.share_percent IS NOT NULL THEN (
           SELECT committed_sek FROM market_lotbalance b WHERE b.agreement_lot_id = lots.lot_id
             AND b.authority_id IS NULL AND b.supplier_id = p.supplier_id) END AS called_off_sek
  FROM lots
  LEFT JOIN LATERAL (
    SELECT supplier_id, rank, share_percent FROM market_lotparty
    WHERE agreement_lot_id = lots.lot_id AND lots.authority_named AND lots.signed OFFSET 0) AS p ON true
), parties AS MATERIALIZED (
  SELECT ranked.*, s.name AS supplier_name, s.is_bankrupt,
         (SELECT st.clause FROM market_standing st
           WHERE st.authority_id = %(authority)s AND st.supplier_id = ranked.supplier_id
             AND st.valid_from <= %(ordered_on)s AND (st.valid_to IS NULL OR st.valid_to >= %(ordered_on)s)
           ORDER BY st.id LIMIT 1) AS suspended,
         r.id AS run_id, r.state AS run_state, r.cut_off AT TIME ZONE 'UTC' AS cut_off_utc
  FROM ranked
  LEFT JOIN suppliers_supplier s ON s.id = ranked.supplier_id
  LEFT JOIN market_supplierrun r ON r.delivery_run_id = (
      SELECT id FROM market_deliveryrun WHERE hub_id = %(hub)s AND delivery_date = %(delivery_date)s)
    AND r.supplier_id = ranked.supplier_id
)
SELECT parties.*,
       pr.price_id, pr.price_per, pr.is_cap, pr.price_sek, pr.pack_id, pr.pack_name,
       pr.base_per_pack, pr.is_catch_weight, pr.upper_tolerance, pool.pool_id, pool.in_stock,
       o.offer_id, o.own_price_sek, o.claims, o.contains, o.may_contain, o.origin_country, o.origin_place,
       o.temperature
FROM parties
LEFT JOIN LATERAL (
  SELECT id AS pool_id, quantity - reserved AS in_stock FROM market_stockpool
  WHERE supplier_id = ANY (ARRAY[parties.supplier_id]) AND product_id = parties.product_id
    AND valid_from <= %(delivery_date)s AND valid_to >= %(delivery_date)s OFFSET 0) AS pool ON true
LEFT JOIN LATERAL (
  SELECT ap.id AS price_id, ap.per AS price_per, ap.is_cap, ap.price_sek, pk.id AS pack_id, pk.name_sv AS pack_name,
         pk.base_per_pack, pk.is_catch_weight, pk.upper_tolerance
  FROM market_agreementprice ap JOIN market_pack pk ON pk.id = ap.pack_id
  WHERE ap.agreement_lot_id = ANY (ARRAY[parties.lot_id]) AND ap.supplier_id = parties.supplier_id
    AND ap.product_id = parties.product_id
    AND ap.valid_from <= %(delivery_date)s AND (ap.valid_to IS NULL OR ap.valid_to >= %(delivery_date)s)
  OFFSET 0) AS pr ON true
LEFT JOIN LATERAL (
  SELECT id AS offer_id, own_price_sek, claims, contains, may_contain, origin_country, origin_place, temperature
  FROM market_offer WHERE pool_id = pool.pool_id AND pack_id = pr.pack_id AND withdrawn_at IS NULL OFFSET 0) AS o ON true
ORDER BY parties.product_id, array_position(ARRAY['framework', 'dis', 'direct_award'], parties.kind::text),
         parties.valid_from, parties.lot_id, parties.rank, pr.pack_id
"""

_GOODS = """
WITH RECURSIVE path AS (
  SELECT id, code, parent_id, ARRAY[code::text] AS codes, permits::text[] AS permits
    FROM suppliers_productgroup WHERE parent_id IS NULL
  UNION ALL
  SELECT g.id, g.code, g.parent_id, g.code::text || path.codes, g.permits::text[] || path.permits
    FROM suppliers_productgroup g JOIN path ON g.parent_id = path.id
)
SELECT
 (SELECT json_agg(json_build_object(
    'id', p.id, 'name', p.name_sv, 'unit', p.base_unit, 'kg_per_base', p.kg_per_base::text,
    'vat_class', v.vat_class_id, 'path', path.codes, 'permits', path.permits, 'need', n.need_category_id,
    'food', f.key))
  FROM market_product p
  LEFT JOIN market_vatmapping v ON v.product_id = p.id AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to >= %(day)s)
  LEFT JOIN market_groupmapping g ON g.product_id = p.id AND g.valid_from <= %(day)s AND (g.valid_to IS NULL OR g.valid_to >= %(day)s)
  LEFT JOIN path ON path.id = g.product_group_id
  LEFT JOIN market_needmapping n ON n.product_id = p.id AND n.authority_id = %(authority)s
    AND n.valid_from <= %(day)s AND (n.valid_to IS NULL OR n.valid_to >= %(day)s)
  LEFT JOIN market_foodmapping m ON m.product_id = p.id AND m.valid_from <= %(day)s AND (m.valid_to IS NULL OR m.valid_to >= %(day)s)
    AND m.retired_at IS NULL
  LEFT JOIN market_climatefood f ON f.id = m.food_id
  WHERE p.id = ANY(%(products)s)),
 (SELECT json_agg(json_build_object(
    'supplier', c.supplier_id, 'kind', c.kind, 'number', c.number, 'issuer', c.issuer,
    'from', c.valid_from, 'to', c.valid_to,
    'groups', (SELECT array_agg(g.code) FROM suppliers_certificatescope cs
               JOIN suppliers_productgroup g ON g.id = cs.product_group_id WHERE cs.certificate_id = c.id)))
  FROM suppliers_certificate c WHERE c.supplier_id = ANY(%(suppliers)s)),
 (SELECT json_agg(json_build_array(rule, regime, paragraph)) FROM market_lawparagraph
   WHERE rule NOT LIKE 'criteria%%' AND valid_from <= %(ordered_on)s AND (valid_to IS NULL OR valid_to >= %(ordered_on)s))
"""


Row = Mapping[str, Any]
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
        goods = self.goods[row["product_id"]]
        held = self.certificates.get(row["supplier_id"], ())
        marks = marks_on(held, group_path=goods.group_path, on=self.delivery_date) & set(row["claims"])
        return {
            "product": goods.name,
            "pack": row["pack_name"],
            "supplier": row["supplier_name"],
            "origin_country": row["origin_country"],
            "origin_place": row["origin_place"],
            "marks": sorted(marks),
            "contains": sorted(row["contains"]),
            "may_contain": sorted(row["may_contain"]),
            "temperature": row["temperature"],
            "food": goods.food,
            "legal": {
                "agreement": row["title"],
                "lot": row["lot_name"],
                "case_number": row["case_number"],
                "kind": row["kind"],
                "regime": row["regime"],
                "rank": row["rank"],
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
        cursor.execute(_TERMS, asked)
        columns = [column.name for column in cursor.description or ()]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        suppliers = sorted({row["supplier_id"] for row in rows if row["supplier_id"]})
        cursor.execute(_GOODS, {**asked, "day": delivery_date, "suppliers": suppliers})
        goods_json, certificates_json, paragraphs_json = map(_read, cursor.fetchone())
    goods = {entry["id"]: _goods(entry) for entry in goods_json}
    certificates = _certificates(certificates_json)
    return Facts(
        lots=_lots(rows, goods=goods, certificates=certificates, day=delivery_date),
        goods=goods,
        paragraphs={(rule, regime): paragraph for rule, regime, paragraph in paragraphs_json},
        offered={(row["offer_id"], row["lot_id"]): row for row in rows if row["offer_id"]},
        certificates=certificates,
        delivery_date=delivery_date,
    )


def _read(value: Any) -> list[Any]:
    return (json.loads(value) if isinstance(value, str) else value) or []


def _goods(entry: Mapping[str, Any]) -> Goods:
    return Goods(
        product_id=entry["id"],
        name=entry["name"],
        unit=BaseUnit(entry["unit"]),
        kg_per_base=Decimal(entry["kg_per_base"]) if entry["kg_per_base"] else None,
        vat_class_id=entry["vat_class"],
        group_path=tuple(entry["path"] or ()),
        permits=frozenset(entry["permits"] or ()),
        need_category_id=entry["need"],
        food=entry["food"],
    )


def _certificates(entries: Sequence[Mapping[str, Any]]) -> dict[int, list[Certificate]]:
    held: dict[int, list[Certificate]] = {}
    for entry in entries:
        held.setdefault(entry["supplier"], []).append(
            Certificate(
                kind=CertificateKind(entry["kind"]),
                number=entry["number"],
                issuer=entry["issuer"],
                product_groups=frozenset(entry["groups"] or ()),
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
        parties = grouped.setdefault(row["product_id"], {}).setdefault(row["lot_id"], {})
        parties.setdefault(row["supplier_id"] or 0, []).append(row)
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
        lot_id=row["lot_id"],
        agreement_id=row["agreement_id"],
        title=row["title"],
        lot_name=row["lot_name"],
        case_number=row["case_number"],
        kind=row["kind"],
        regime=row["regime"],
        signed=row["signed"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        terminated_on=row["terminated_on"],
        delivers_after_end=row["delivers_after_end"],
        posted_stock_is_an_answer=row["posted_stock_is_an_answer"],
        part_call_off_allowed=row["part_call_off_allowed"],
        authority_named=row["authority_named"],
        ceiling_sek=row["ceiling_sek"],
        room_sek=row["room_sek"],
        ceiling_kg=row["ceiling_kg"],
        room_kg=row["room_kg"],
        allotment=row["allotment"],
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
            supplier_id=first["supplier_id"],
            supplier_name=first["supplier_name"],
            rank=first["rank"],
            suspended=first["suspended"],
            bankrupt=first["is_bankrupt"],
            missing_permits=lacking.of(first["supplier_id"], goods),
            run_id=first["run_id"],
            run_open=first["run_state"] == "open",
            cut_off=first["cut_off_utc"] and first["cut_off_utc"].replace(tzinfo=UTC),
            price_per_base=_lowest_price(rows, goods=goods) if first["allotment"] in KEYS else None,
            share_percent=first["share_percent"],
            called_off_sek=first["called_off_sek"] or Decimal(0),
        ),
        offers=tuple(_offer(row, goods=goods) for row in rows if row["offer_id"] and _has_price(row, goods)),
        priced=any(row["price_id"] for row in rows) and goods.vat_class_id is not None,
    )


def _has_price(row: Row, goods: Goods) -> bool:
    """A price per kg needs a weight; an own price must keep under the agreement's cap."""
    weighed = row["price_per"] != "kg" or goods.unit is BaseUnit.KG or goods.kg_per_base is not None
    under_cap = not row["is_cap"] or row["own_price_sek"] is None or row["own_price_sek"] <= row["price_sek"]
    return weighed and under_cap


def _lowest_price(rows: Sequence[Row], *, goods: Goods) -> Decimal | None:
    """The party's lowest price a base unit among its agreed packs; what it posts counts only under the agreement's cap."""
    prices = (
        comparable_price(
            price_sek=_price(row) if _has_price(row, goods) else row["price_sek"],
            price_per=row["price_per"],
            pack=_pack(row, goods=goods),
        )
        for row in rows
        if row["price_id"]
    )
    return min((price for price in prices if price is not None), default=None)


def _price(row: Row) -> Decimal:
    own: Decimal | None = row["own_price_sek"] if row["is_cap"] else None
    agreed: Decimal = row["price_sek"]
    return own or agreed


def _pack(row: Row, *, goods: Goods) -> Pack:
    return Pack(
        base_unit=goods.unit,
        base_per_pack=row["base_per_pack"],
        kg_per_base=goods.kg_per_base,
        catch_weight=row["is_catch_weight"],
        upper_tolerance=row["upper_tolerance"],
    )


def _offer(row: Row, *, goods: Goods) -> OfferFacts:
    return OfferFacts(
        offer_id=row["offer_id"],
        pool_id=row["pool_id"],
        price_id=row["price_id"],
        pack_id=row["pack_id"],
        pack=_pack(row, goods=goods),
        price_sek=_price(row),
        price_per=row["price_per"],
        in_stock=row["in_stock"],
    )
