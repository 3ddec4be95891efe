"""Open data as CSV, as JSON and as what describes them (Frictionless Data Package 1.0)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from config.ground.tables import INTERNATIONAL, Column, csv_lines
from orders.queries.open_data import COLUMNS, OpenData

PLACES = {"organic_share": 4, "kg": 3, "kg_co2e": 3, "kg_with_factor": 3}


def as_csv_lines(found: OpenData) -> Iterator[str]:
    """Comma, point and UTF-8; the first line is the names of the columns."""
    columns = [Column(name, places=PLACES.get(name, 2), idle_zeros=False) for name, _kind, _about in COLUMNS]
    return csv_lines(columns, found.rows, variant=INTERNATIONAL)


def as_objects(found: OpenData, *, notice: str) -> dict[str, Any]:
    """Exact figures as text, as in the house's API."""
    names = [name for name, _kind, _about in COLUMNS]
    return {
        "authority": found.authority.name,
        "notice": notice,
        "factor_set": found.factor_set,
        "rows": [dict(zip(names, map(_plain, row), strict=True)) for row in found.rows],
    }


def package(found: OpenData, *, notice: str) -> dict[str, Any]:
    """What the file is: who publishes it on which decision, its columns, how few suppliers are hidden."""
    return {
        "profile": "tabular-data-package",
        "name": "inkop",
        "title": f"Inköpta livsmedel, {found.authority.name}",
        "description": " ".join(
            part
            for part in (
                notice,
                "Delivered food by year and category, SEK excluding VAT. Groups of fewer than three suppliers are laid together.",
                f"Climate factors: {found.factor_set}." if found.factor_set else "",
                f"Decision: {found.decision.decision}.",
            )
            if part
        ),
        "licenses": [{"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}],
        "resources": [
            {
                "name": "inkop",
                "path": "inkop.csv",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": name, "type": kind, "description": about} for name, kind, about in COLUMNS
                    ],
                    "primaryKey": ["year", "category"],
                    "missingValues": [""],
                },
            }
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value
