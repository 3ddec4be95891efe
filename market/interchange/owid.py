"""Poore & Nemecek 2018 by Our World in Data: global means, in two files that say different things.

The file of totals includes losses (beef herd 99.5); the file of seven stages leaves them out (59.6). They are two sets.
Names differ between them (``Prawns (farmed)``, ``Shrimps (farmed)``); a name is the key, and none is made into another.
"""

from decimal import Decimal

from market.interchange.factor_cells import ReadFactor, ReadSet, Sheets, Table, table_of

STAGES = ("land_use", "farm", "animal_feed", "processing", "transport", "retail", "packaging")


def read_totals(sheets: Sheets) -> ReadSet:
    """``ghg-per-kg-poore.csv``."""
    wanted = {"name": ("Entity",), "year": ("Year",), "total": ("emissions_per_kilogram",)}
    table = table_of(sheets, sheet=None, wanted=wanted, may={"category": ("Category",)})
    return _set(table, family="PN18", boundary="farm to shop, global mean, losses included", by_stage=False)


def read_stages(sheets: Sheets) -> ReadSet:
    """``food-emissions-supply-chain.csv``."""
    wanted = {
        "name": ("Entity",),
        "year": ("Year",),
        **{each: (f"food_emissions_{each}",) for each in STAGES},
    }
    table = table_of(sheets, sheet=None, wanted=wanted)
    return _set(
        table, family="PN18-STAGES", boundary="farm to shop, global mean, losses left out", by_stage=True
    )


def _set(table: Table, *, family: str, boundary: str, by_stage: bool) -> ReadSet:
    rows = tuple(
        ReadFactor(
            key=table.text(number, "name"),
            name=table.text(number, "name"),
            name_en=table.text(number, "name"),
            category=table.text(number, "category"),
            kg_co2e_per_kg=_stages(table, number) if by_stage else table.number(number, "total"),
            luc=table.number(number, "land_use") if by_stage else None,
            row=number,
        )
        for number in table.numbers()
        if table.text(number, "name")
    )
    table.check()
    return ReadSet(
        family=family,
        boundary=boundary,
        land_use_change="included, own column" if by_stage else "included",
        grade="G",
        holds_last_leg=False,
        rows=rows,
    )


def _stages(table: Table, number: int) -> Decimal | None:
    told = [table.number(number, stage) for stage in STAGES]
    return None if None in told else sum((each or Decimal(0) for each in told), Decimal(0))
