"""A municipality's own factor file (RISE's database as it was licensed to it), read by a mapping that is kept with the set.

The mapping names the columns; what it does not name is not read. Without it there is no reading: columns are not guessed.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from market.interchange.factor_cells import ReadFactor, ReadSet, Sheets, Table, table_of
from market.refusals import (
    FactorColumnOfAnotherUnit,
    FactorHeaderUnknown,
    FactorMappingUnreadable,
    FactorSheetsAlike,
)

NEEDED = ("name", "kg_co2e_per_kg")
MAY = ("key", "name_en", "category", "low", "high", "luc", "note")
FIGURES = ("kg_co2e_per_kg", "low", "high", "luc")
_GRAMS = re.compile(r"\bg(ram)?\s*co2")
_PER = re.compile(r"(?:/|\bper\b)\s*(100\s*g\b|[^\W\d_]+)")
_A_KILO = frozenset({"kg", "kilo", "kilogram"})
_A_GRAM = frozenset({"g", "gram"})
_ANOTHER = frozenset(
    {
        "l", "dl", "liter", "litre", "st", "styck", "piece", "portion", "serving", "måltid", "meal", "gäst", "guest",
        "person", "kcal", "mj", "kj", "tusen", "förp", "förpackning", "pack",
    }
)  # fmt: skip
TEXTS = ("sheet", "family", "boundary", "land_use_change", "grade")


@dataclass(frozen=True, slots=True)
class OwnMapping:
    """``columns`` is field → heading in the file. ``missing`` are cells that mean nothing told ("-", "saknas")."""

    columns: Mapping[str, str]
    family: str
    sheet: str = ""
    boundary: str = ""
    land_use_change: str = ""
    grade: str = "B"
    holds_last_leg: bool = False
    missing: tuple[str, ...] = ()
    foods: Mapping[str, str] = field(default_factory=dict)


def own_mapping(told: Any) -> OwnMapping:
    """The mapping out of its JSON.

    Raises FactorMappingUnreadable for a name that it does not know, or lacks; FactorColumnOfAnotherUnit for a column of
    figures whose heading says a portion, a litre, 100 g or grams a kilogram.
    """
    known = {"columns", "missing", "foods", "holds_last_leg", *TEXTS}
    if not isinstance(told, dict) or not isinstance(told.get("columns"), dict):
        raise FactorMappingUnreadable(why="columns")
    columns = told["columns"]
    odd = [name for name in told if name not in known] + [n for n in columns if n not in {*NEEDED, *MAY}]
    absent = [name for name in NEEDED if name not in columns] + ["family"] * ("family" not in told)
    foods, missing = told.get("foods", {}), told.get("missing", [])
    if not isinstance(foods, dict) or not isinstance(missing, list):
        raise FactorMappingUnreadable(why="foods, missing")
    texts = [*columns.values(), *(told.get(name, "") for name in TEXTS), *foods.values(), *missing]
    if odd or absent or not all(isinstance(text, str) for text in texts):
        raise FactorMappingUnreadable(why=", ".join([*odd, *absent]) or "text")
    for heading in (columns[name] for name in FIGURES if name in columns):
        if _says_another_unit(heading):
            raise FactorColumnOfAnotherUnit(heading=heading)
    return OwnMapping(
        columns=columns,
        missing=tuple(missing),
        foods=foods,
        holds_last_leg=told.get("holds_last_leg") is True,
        **{name: told[name] for name in TEXTS if name in told},
    )


def _says_another_unit(heading: str) -> bool:
    """Whether a heading tells a unit that is not the same figure as kg CO2e per kg. One without a unit tells none."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    per = {each.replace(" ", "") for each in _PER.findall(text)}
    in_grams = _GRAMS.search(text) is not None
    if per & (_A_GRAM if in_grams else _A_KILO):
        return False
    return in_grams or bool(per & (_ANOTHER | _A_GRAM | {"100g"}))


def read(sheets: Sheets, mapping: OwnMapping) -> ReadSet:
    """The file by its mapping. Without a key column the name is the key. Raises FactorSheetsAlike and what a table does."""
    table = _table(sheets, mapping)
    rows = []
    for number in table.numbers():
        name = table.text(number, "name")
        if not name:
            continue
        per_kg, low, high, luc = (
            table.number(number, each, missing=mapping.missing)
            for each in ("kg_co2e_per_kg", "low", "high", "luc")
        )
        rows.append(
            ReadFactor(
                key=table.text(number, "key") or name,
                name=name,
                name_en=table.text(number, "name_en") or name,
                category=table.text(number, "category"),
                kg_co2e_per_kg=per_kg,
                row=number,
                low=low,
                high=high,
                luc=luc,
                note=table.text(number, "note"),
            )
        )
    table.check()
    return ReadSet(
        family=mapping.family,
        boundary=mapping.boundary,
        land_use_change=mapping.land_use_change,
        grade=mapping.grade,
        holds_last_leg=mapping.holds_last_leg,
        rows=tuple(rows),
    )


def _table(sheets: Sheets, mapping: OwnMapping) -> Table:
    """The sheet that the mapping names; without a name the only one that has the headings."""
    wanted = {name: (head,) for name, head in mapping.columns.items()}
    first = table_of(sheets, sheet=mapping.sheet or None, wanted=wanted)
    if mapping.sheet:
        return first
    alike = [name for name in sheets if name == first.sheet or _has(sheets, name, wanted)]
    if len(alike) > 1:
        raise FactorSheetsAlike(sheets=", ".join(alike))
    return first


def _has(sheets: Sheets, sheet: str, wanted: Mapping[str, tuple[str, ...]]) -> bool:
    try:
        table_of(sheets, sheet=sheet, wanted=wanted)
    except FactorHeaderUnknown:
        return False
    return True
