"""What a kitchen may order for a delivery day, as a program reads it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kitchens.models import Kitchen
from market.queries.catalogue import Catalogue, CatalogueRow, PackPrice, catalogue_for
from market.queries.facets import Choice, Facets, Sought
from market.rules.calendar import STOCKHOLM


def kitchen_range(
    *, kitchen: Kitchen, delivery_date: date, sought: Sought, arrived_at: datetime
) -> Catalogue:
    """The page of the day's range that is sought. A day without deliveries has rows only where words are sought."""
    return catalogue_for(
        authority_id=kitchen.authority_id,
        hub_id=kitchen.hub_id,
        delivery_date=delivery_date,
        ordered_on=arrived_at.astimezone(STOCKHOLM).date(),
        arrived_at=arrived_at,
        sought=sought,
    )


def range_told(found: Catalogue) -> dict[str, Any]:
    """JSON-ready."""
    return {
        "found": found.found,
        "page": found.page,
        "pages": found.pages,
        "facets": _facets(found.facets),
        "results": [_row(row) for row in found.rows],
    }


def _facets(facets: Facets) -> dict[str, Any]:
    return {
        "category": [_choice(each) for each in facets.category],
        "supplier": [_choice(each) for each in facets.supplier],
        "mark": [_choice(each) for each in facets.mark],
        "temperature": [_choice(each) for each in facets.temperature],
        "in_season": facets.in_season.count,
    }


def _choice(each: Choice) -> dict[str, Any]:
    return {"value": str(each.value), "name": each.name, "count": each.count}


def _row(row: CatalogueRow) -> dict[str, Any]:
    article, part, promise = row.article, row.part, row.promise
    return {
        "product": article.product_id,
        "name": article.name,
        "unit": article.unit.value,
        "category": article.category_id,
        "category_name": article.category,
        "in_season": article.in_season,
        "supplier": part and part.party.supplier_id,
        "supplier_name": part and part.party.supplier_name,
        "why": _why(row),
        "packs": [_pack(each) for each in row.packs],
        "in_stock": _plain(row.in_stock) if part else None,
        "marks": promise.get("marks", []),
        "origin_country": promise.get("origin_country"),
        "origin_place": promise.get("origin_place"),
        "temperature": promise.get("temperature"),
        "contains": promise.get("contains", []),
        "may_contain": promise.get("may_contain", []),
        "kg_co2e_per_kg": _plain(row.factor.kg_co2e_per_kg if row.factor else None),
        "grade": row.factor and row.factor.grade,
        "refusals": list(row.refusals),
    }


def _why(row: CatalogueRow) -> Mapping[str, Any] | None:
    if row.part is None:
        return None
    lot = row.part.lot
    return {
        "agreement": lot.agreement_id,
        "agreement_title": lot.title,
        "agreement_lot": lot.lot_id,
        "lot_name": lot.lot_name,
        "kind": lot.kind,
        "allotment": lot.allotment,
        "rank": row.part.party.rank,
        "of": row.parties,
        "room_sek": _plain(lot.room_sek),
        "passed_over": list(row.passed_over),
    }


def _pack(pack: PackPrice) -> dict[str, Any]:
    return {
        "name": pack.name,
        "quantity": _plain(pack.base),
        "price_sek": _plain(pack.price_sek),
        "price_per": pack.price_per,
        "price_sek_per_kg": _plain(None if pack.per_kg is None else round(pack.per_kg, 4)),
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
