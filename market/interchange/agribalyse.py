"""Agribalyse 3.1 and 3.2 (ADEME): per kg of food at the consumer, losses and cooking included, in six stages.

A kitchen does its own cooking, so the stage ``Consommation`` is left out: the figure ends at retail. A file that tells only
the total (3.1's synthese, 3.2's first sheet) can't say that figure and is refused: the file by stages can.
Codes are text: ``20047 1`` and ``1029_1`` are codes. In 3.2 "-" is the stated sign for zero.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_noop

from market.interchange.factor_cells import ReadFactor, ReadSet, Rows, Sheets, Table, folded, table_of
from market.refusals import FactorCellsUnreadable, FactorHeaderUnknown

CLIMATE = "Changement climatique"
LAND_USE = "Changement climatique - émissions liées au changement d'affectation des sols"
KEPT = ("Agriculture", "Transformation", "Emballage", "Transport", "Supermarché et distribution")
LEFT_OUT = "Consommation"
UNIT = "kg co2 eq/kg de produit"
ZERO_SIGN = "-"
_NAMES = {
    "key": ("Code AGB",),
    "category": ("Groupe d'aliment",),
    "name": ("Nom du Produit en Français",),
    "name_en": ("LCI Name",),
}


def read_31(sheets: Sheets) -> ReadSet:
    """3.1 by stages: the CSV with a column an indicator and stage, or a sheet with indicators above as in 3.2.

    A sheet that tells the part of land-use change is 3.2 and is not read as the older version.
    """
    found = _layered(sheets)
    if found is not None and f"luc {KEPT[0]}" not in found.columns:
        return _set(found, zero=(ZERO_SIGN,))
    wanted = {**_NAMES, **{stage: (f"{CLIMATE} - {stage}",) for stage in (*KEPT, LEFT_OUT)}}
    return _set(table_of(sheets, sheet=None, wanted=wanted), zero=())


def read_32(sheets: Sheets) -> ReadSet:
    """3.2's sheet of stages, which tells the part of land-use change too. Raises FactorHeaderUnknown without it."""
    found = _layered(sheets)
    if found is None or f"luc {KEPT[0]}" not in found.columns:
        missing = LAND_USE if found else ", ".join(f"{CLIMATE} - {stage}" for stage in (*KEPT, LEFT_OUT))
        raise FactorHeaderUnknown(sheet="", missing=missing, sheets=", ".join(sheets))
    return _set(found, zero=(ZERO_SIGN,))


def _layered(sheets: Sheets) -> Table | None:
    """The sheet with stages in its header, units and indicator names above. The sheet of totals, before it, has none."""
    for name in sheets:
        try:
            table = table_of(sheets, sheet=name, wanted=_NAMES)
        except FactorHeaderUnknown:
            continue
        columns = _stages(table.rows, table.header_row, indicator=CLIMATE)
        luc = _stages(table.rows, table.header_row, indicator=LAND_USE)
        if len(columns) == len(KEPT) + 1:
            both = dict(table.columns) | columns | {f"luc {stage}": index for stage, index in luc.items()}
            return Table(sheet=name, rows=table.rows, header_row=table.header_row, columns=both)
    return None


def _stages(rows: Rows, header_row: int, *, indicator: str) -> dict[str, int]:
    """Columns of an indicator's stages. Its name and unit stand once, above the first of them; exactly, since others begin alike."""
    above = rows[: header_row - 1]
    stages = [folded(cell) for cell in rows[header_row - 1]]
    starts = {index for row in above for index, cell in enumerate(row) if folded(cell) == folded(indicator)}
    begins = min(starts, default=0)
    if len(starts) != 1 or not any(len(row) > begins and folded(row[begins]) == UNIT for row in above):
        return {}
    following = stages[begins : begins + len(KEPT) + 1]
    return {
        stage: begins + following.index(folded(stage))
        for stage in (*KEPT, LEFT_OUT)
        if folded(stage) in following
    }


def _set(table: Table, *, zero: Sequence[str]) -> ReadSet:
    rows = tuple(_row(table, number, zero=zero) for number in table.numbers() if table.text(number, "key"))
    table.check()
    if not rows:
        raise FactorCellsUnreadable(count=1, first=f"{table.sheet}: 0")
    return ReadSet(
        family="AGB",
        boundary=gettext_noop(
            "gård till butik, per kg hos konsumenten med svinnet dessförinnan; konsumentledet är utelämnat"
        ),
        land_use_change=gettext_noop("ingår, i egen kolumn")
        if f"luc {KEPT[0]}" in table.columns
        else gettext_noop("ingår"),
        grade="C",
        holds_last_leg=False,
        rows=rows,
    )


def _row(table: Table, number: int, *, zero: Sequence[str]) -> ReadFactor:
    return ReadFactor(
        key=table.text(number, "key"),
        name=table.text(number, "name"),
        name_en=table.text(number, "name_en"),
        category=table.text(number, "category"),
        kg_co2e_per_kg=_sum([table.number(number, stage, zero=zero) for stage in KEPT]),
        luc=_sum([table.number(number, f"luc {stage}", zero=zero) for stage in KEPT])
        if f"luc {KEPT[0]}" in table.columns
        else None,
        row=number,
    )


def _sum(stages: Sequence[Decimal | None]) -> Decimal | None:
    """None when a stage is blank: a sum without it would be too low."""
    return (
        None
        if any(stage is None for stage in stages)
        else sum((each or Decimal(0) for each in stages), Decimal(0))
    )
