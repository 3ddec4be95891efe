"""Poore & Nemecek 2018 by Our World in Data: global means, in two files that say different things.

The file of totals includes losses (beef herd 99.5); the older file of seven stages leaves them out (59.6), the newer tells
them as an eighth stage, and its stages sum to the totals. Which it is stands in the boundary; they are other sets in any case.
Names differ between them (``Prawns (farmed)``, ``Shrimps (farmed)``); a name is the key, and none is made into another.
Columns are headed by their full names, as a download gives them unless told otherwise, or by their short ones.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_noop

from market.interchange.factor_cells import ReadFactor, ReadSet, Sheets, Table, table_of

STAGES = {
    "land_use": "Land use change",
    "farm": "Farm",
    "animal_feed": "Animal feed",
    "processing": "Processing",
    "transport": "Transport",
    "retail": "Retail",
    "packaging": "Packaging",
}
LOSSES = "losses"
TOTAL = (
    "emissions_per_kilogram",
    "Greenhouse gas emissions per kilogram",
    "GHG emissions per kilogram (Poore & Nemecek, 2018)",
)
WITH_LOSSES = gettext_noop("gård till butik, globalt medelvärde, svinn ingår")
WITHOUT_LOSSES = gettext_noop("gård till butik, globalt medelvärde, svinn utelämnat")


def read_totals(sheets: Sheets) -> ReadSet:
    """``ghg-per-kg-poore.csv``."""
    wanted = {"name": ("Entity",), "year": ("Year",), "total": TOTAL}
    table = table_of(sheets, sheet=None, wanted=wanted, may={"category": ("Category",)})
    return _set(table, family="PN18", boundary=WITH_LOSSES, stages=())


def read_stages(sheets: Sheets) -> ReadSet:
    """``food-emissions-supply-chain.csv``."""
    wanted = {
        "name": ("Entity",),
        "year": ("Year",),
        **{each: (f"food_emissions_{each}", name) for each, name in STAGES.items()},
    }
    table = table_of(
        sheets, sheet=None, wanted=wanted, may={LOSSES: (f"food_emissions_{LOSSES}", LOSSES.capitalize())}
    )
    told = LOSSES in table.columns
    return _set(
        table,
        family="PN18-STAGES",
        boundary=WITH_LOSSES if told else WITHOUT_LOSSES,
        stages=(*STAGES, LOSSES) if told else tuple(STAGES),
    )


def _set(table: Table, *, family: str, boundary: str, stages: Sequence[str]) -> ReadSet:
    rows = tuple(
        ReadFactor(
            key=table.text(number, "name"),
            name=table.text(number, "name"),
            name_en=table.text(number, "name"),
            category=table.text(number, "category"),
            kg_co2e_per_kg=_sum(table, number, stages) if stages else table.number(number, "total"),
            luc=table.number(number, "land_use") if stages else None,
            row=number,
        )
        for number in table.numbers()
        if table.text(number, "name")
    )
    table.check()
    return ReadSet(
        family=family,
        boundary=boundary,
        land_use_change=gettext_noop("ingår, i egen kolumn") if stages else gettext_noop("ingår"),
        grade="G",
        holds_last_leg=False,
        rows=rows,
    )


def _sum(table: Table, number: int, stages: Sequence[str]) -> Decimal | None:
    told = [table.number(number, stage) for stage in stages]
    return None if None in told else sum((each or Decimal(0) for each in told), Decimal(0))
