"""SU-EATABLE LIFE: items with the value that the set suggests, or the item's median with quartiles where they are told.

Item names end with ``*`` where item and typology are one; (F) frozen, (g) greenhouse, (G) heated, (I) imported stay in the
name. Figures of an item marked (L) are per litre: without a density they are no factor per kg. "-" is empty.
"""

from collections import Counter
from decimal import Decimal

from django.utils.translation import gettext_noop

from market.interchange.factor_cells import ReadFactor, ReadSet, Sheets, Table, folded, table_of
from market.refusals import FactorHeaderUnknown
from market.rules.uncertainty import gsd_of_quartiles

USERS = "SEL CF for users"
STATISTICS = "SEL CF ITEMS STAT"
EMPTY = ("-",)
PER_LITRE = "(L)"
_USERS = {
    "category": ("FOOD COMMODITY GROUP",),
    "item": ("Food commodity ITEM",),
    "value": ("Carbon Footprint kg CO2eq/kg or l of food ITEM",),
    "sure": ("Uncertainty low (L) high (H)",),
    "suggested": ("Suggested CF value",),
    "typology": ("Food commodity TYPOLOGY",),
    "of_typology": ("Carbon Footprint g CO2eq/g o cc of food TYPOLOGY",),
    "subtypology": ("Food commodity sub-TYPOLOGY",),
    "of_subtypology": ("Carbon Footprint g CO2eq/g o cc of food sub-TYPOLOGY",),
}
_STATISTICS = {
    "category": ("FOOD COMMODITY GROUP",),
    "typology": ("FOOD COMMODITY TYPOLOGY",),
    "item": ("FOOD COMMODITY ITEM",),
    "n": ("n",),
    "value": ("median",),
    "min": ("min",),
    "max": ("max",),
    "q1": ("Q1",),
    "q3": ("Q3",),
}
_MAY = {"outlier": ("FLAG 2 (outlier)",)}


def read(sheets: Sheets) -> ReadSet:
    """The sheet for users; where the workbook has the items' statistics too, their medians, spans and quartiles."""
    table = _statistics(sheets)
    rows = _users(sheets) if table is None else tuple(_by_studies(table))
    twice = {key for key, times in Counter(row.key for row in rows).items() if times > 1}
    return ReadSet(
        family="SEL",
        boundary=gettext_noop(
            "gård till regional distribution eller butik, som varje studie har det; några tal är per liter"
        ),
        land_use_change=gettext_noop("som varje studie har det"),
        grade="B",
        holds_last_leg=False,
        rows=tuple(_apart(row) if row.key in twice else row for row in rows),
    )


def _statistics(sheets: Sheets) -> Table | None:
    if not any(folded(name) == folded(STATISTICS) for name in sheets):
        return None
    return table_of(sheets, sheet=STATISTICS, wanted=_STATISTICS, may=_MAY)


def _by_studies(table: Table) -> list[ReadFactor]:
    rows = []
    for number in table.numbers():
        if not table.text(number, "item"):
            continue
        n = table.number(number, "n", missing=EMPTY)
        q1, q3 = (table.number(number, name, missing=EMPTY) for name in ("q1", "q3"))
        notes = [f"median, n = {n}"] + ["outliers among the studies"] * bool(
            table.text(number, "outlier").strip("-")
        )
        rows.append(
            _read(
                table,
                number,
                value=table.number(number, "value", missing=EMPTY),
                low=table.number(number, "min", missing=EMPTY),
                high=table.number(number, "max", missing=EMPTY),
                gsd=gsd_of_quartiles(q1=q1, q3=q3, studies=int(n or 0)),
                note="; ".join(notes),
            )
        )
    table.check()
    return rows


def _users(sheets: Sheets) -> tuple[ReadFactor, ...]:
    named = USERS if any(folded(name) == folded(USERS) for name in sheets) else None
    if named is None and list(sheets) != [""]:
        raise FactorHeaderUnknown(sheet=USERS, missing=USERS, sheets=", ".join(sheets))
    table = table_of(sheets, sheet=named, wanted=_USERS)
    rows = []
    for number in table.numbers():
        if table.text(number, "item"):
            value, note = _suggested(table, number)
            grade = "D" if table.text(number, "sure") == "H" else "B"
            rows.append(_read(table, number, value=value, note=note, grade=grade))
    table.check()
    return tuple(rows)


def _suggested(table: Table, number: int) -> tuple[Decimal | None, str]:
    """The value that the set's own column suggests: the item's, or its typology's where the studies are too few."""
    value, of_typology, of_subtypology = (
        table.number(number, name, missing=EMPTY) for name in ("value", "of_typology", "of_subtypology")
    )
    words = folded(table.text(number, "suggested"))
    if not words.startswith("better"):
        return value, ""
    if "subtypol" in words and of_subtypology is not None:
        return of_subtypology, f"value of the sub-typology {table.text(number, 'subtypology')}"
    return of_typology, f"value of the typology {table.text(number, 'typology')}"


def _read(
    table: Table,
    number: int,
    *,
    value: Decimal | None,
    note: str,
    low: Decimal | None = None,
    high: Decimal | None = None,
    gsd: Decimal | None = None,
    grade: str = "",
) -> ReadFactor:
    item = table.text(number, "item").rstrip("* ")
    per_litre = item.endswith(PER_LITRE)
    return ReadFactor(
        key=item,
        name=item.capitalize(),
        name_en=item.capitalize(),
        category=table.text(number, "typology").rstrip("* "),
        kg_co2e_per_kg=None if per_litre else value,
        row=number,
        low=None if per_litre else low,
        high=None if per_litre else high,
        gsd=gsd,
        grade=grade,
        note=f"{value} per litre, no density told" if per_litre else note,
    )


def _apart(row: ReadFactor) -> ReadFactor:
    """Two items of one name ("CHOCOLATE" the ice cream) are told apart by their typology."""
    return ReadFactor(
        key=f"{row.key} ({row.category})",
        name=f"{row.name} ({row.category.lower()})",
        name_en=f"{row.name_en} ({row.category.lower()})",
        category=row.category,
        kg_co2e_per_kg=row.kg_co2e_per_kg,
        row=row.row,
        low=row.low,
        high=row.high,
        gsd=row.gsd,
        grade=row.grade,
        note=row.note,
    )
