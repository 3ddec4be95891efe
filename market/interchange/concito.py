"""CONCITO, Den store klimadatabase 1.2: one sheet a market, consequential, indirect land-use change in its own column.

A blank total means that the food is not on that market: missing, no zero. ``ID_Ra`` is the stable key. The total is headed
``CO2e`` in the Danish sheet and ``CO2-eq`` in the others. iLUC may be below zero (milk, cheese).
"""

from django.utils.translation import gettext_noop

from market.interchange.factor_cells import ReadFactor, ReadSet, Sheets, table_of

MARKETS = ("DK", "GB", "NL", "FR", "ES")
_WANTED = {
    "key": ("ID_Ra",),
    "name": ("Produkt", "Name"),
    "category": ("Kategori", "Category"),
    "total": ("Total kg CO2e/kg", "Total kg CO2-eq/kg"),
    "luc": ("ILUC", "iLUC"),
}


def read(sheets: Sheets, *, market: str) -> ReadSet:
    """The sheet of one market. Raises FactorHeaderUnknown, FactorCellsUnreadable."""
    table = table_of(sheets, sheet=market, wanted=_WANTED, may={"name_da": ("Navn",)})
    rows = tuple(
        ReadFactor(
            key=table.text(number, "key"),
            name=table.text(number, "name")
            if market == "DK"
            else table.text(number, "name_da") or table.text(number, "name"),
            name_en=table.text(number, "name"),
            category=table.text(number, "category"),
            kg_co2e_per_kg=table.number(number, "total"),
            luc=table.number(number, "luc"),
            row=number,
        )
        for number in table.numbers()
        if table.text(number, "key")
    )
    table.check()
    return ReadSet(
        family=f"DSK-{market}",
        boundary=gettext_noop(
            "konsekvensbaserad, gård till butik på den marknad som bladet gäller; ställs aldrig bredvid en bokföringsbaserad samling"
        ),
        land_use_change=gettext_noop("indirekt, ingår, i egen kolumn; kan vara under noll"),
        grade="E",
        holds_last_leg=False,
        rows=rows,
    )
