"""A municipality's own factor file (RISE's database as it was licensed to it), read by a mapping that is kept with the set.

The mapping names the columns; what it does not name is not read. Without it there is no reading: columns are not guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from market.interchange.factor_cells import ReadFactor, ReadSet, Sheets, table_of
from market.refusals import FactorMappingUnreadable

NEEDED = ("name", "kg_co2e_per_kg")
MAY = ("key", "name_en", "category", "low", "high", "luc", "note")
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
    """The mapping out of its JSON. Raises FactorMappingUnreadable for a name that it does not know, or lacks."""
    known = {"columns", "missing", "foods", "holds_last_leg", *TEXTS}
    if not isinstance(told, dict) or not isinstance(told.get("columns"), dict):
        raise FactorMappingUnreadable(why="columns")
    columns = told["columns"]
    odd = [name for name in told if name not in known] + [n for n in columns if n not in {*NEEDED, *MAY}]
    absent = [name for name in NEEDED if name not in columns] + ["family"] * ("family" not in told)
    texts = [*columns.values(), *(told.get(name, "") for name in TEXTS), *told.get("foods", {}).values()]
    if odd or absent or not all(isinstance(text, str) for text in texts):
        raise FactorMappingUnreadable(why=", ".join([*odd, *absent]) or "text")
    return OwnMapping(
        columns=columns,
        missing=tuple(told.get("missing", ())),
        foods=told.get("foods", {}),
        holds_last_leg=told.get("holds_last_leg") is True,
        **{name: told[name] for name in TEXTS if name in told},
    )


def read(sheets: Sheets, mapping: OwnMapping) -> ReadSet:
    """The file by its mapping. Without a key column the name is the key."""
    table = table_of(
        sheets, sheet=mapping.sheet or None, wanted={name: (head,) for name, head in mapping.columns.items()}
    )
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
