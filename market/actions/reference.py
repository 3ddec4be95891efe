"""Loading the reference data that the house ships: law, VAT, climate factors, groups and headings.

Rows follow their file until a person confirms them. Of a confirmed row only the last day follows, so that a new
figure can begin where it ends.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from django.db import models

from config.ground.trail import Actor, acting
from market.actions.factors import WantedFactor, follow_factors
from market.models import (
    ClimateFood,
    FactorGrade,
    FactorSet,
    LawFigure,
    LawParagraph,
    ProductCategory,
    Regime,
    SustainabilityCriterion,
    VatClass,
    VatRate,
)
from market.rules.uncertainty import gsd_of_scores
from suppliers.models import ProductGroup

DATA = Path(__file__).resolve().parent.parent / "data"
Line = Mapping[str, str]
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were new or changed."""

    new: int = 0
    changed: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(new=self.new + other.new, changed=self.changed + other.changed)


def load_reference(*, by: Actor) -> Loaded:
    """Load all of it. A second run changes nothing and writes nothing."""
    parts: Sequence[Callable[..., Loaded]] = (load_law, load_vat, load_groups, load_climate, load_criteria)
    with acting(by):
        return sum((part(by=by) for part in parts), start=Loaded())


def load_law(*, by: Actor) -> Loaded:
    """The law's figures and the paragraphs that findings name."""
    figures = (
        LawFigure(
            code=line["code"],
            regime=line["regime"] if line["regime"] in Regime.values else "all",
            value=_decimal(line["value"]),
            unit=line["unit"],
            paragraph=line["paragraph"],
            note=line["note"],
            **_dated(line),
        )
        for line in _lines("law.csv")
    )
    paragraphs = (
        LawParagraph(
            rule=line["rule"],
            regime=line["regime"],
            paragraph=line["paragraph"],
            note=line["note"],
            **_dated(line),
        )
        for line in _lines("paragraphs.csv")
    )
    with acting(by):
        return _follow(figures, key=("code", "regime", "valid_from")) + _follow(
            paragraphs, key=("rule", "regime", "valid_from")
        )


def load_vat(*, by: Actor) -> Loaded:
    with acting(by):
        loaded = _follow((VatClass(**line) for line in _lines("vat_classes.csv")), key=("code",))
        classes = VatClass.objects.in_bulk(field_name="code")
        rates = (
            VatRate(vat_class=classes[line["vat_class"]], rate=Decimal(line["rate"]), **_dated(line))
            for line in _lines("vat.csv")
        )
        return loaded + _follow(rates, key=("vat_class_id", "valid_from"))


def load_criteria(*, by: Actor) -> Loaded:
    """Sustainability criteria that are not there yet. A version that is there keeps its text: agreements took it up."""
    with acting(by):
        there = set(SustainabilityCriterion.objects.values_list("code", "version", "level"))
        lines = _lines("sustainability_criteria.csv")
        new = [line for line in lines if (line["code"], line["version"], line["level"]) not in there]
        for line in new:
            texts = {
                name: line[name] for name in ("code", "version", "level", "kind", "title", "text", "proof")
            }
            SustainabilityCriterion.objects.create(
                **texts, organic_groups=line["organic_groups"].split(), note=line["note"], **_dated(line)
            )
        return Loaded(new=len(new))


def load_groups(*, by: Actor) -> Loaded:
    """Product groups with the permits that they need, parents before children, and the catalogue's headings."""
    lines = _lines("product_groups.csv")
    depth: dict[str, int] = {"": -1}
    for line in lines:
        depth[line["code"]] = depth[line["parent"]] + 1
    with acting(by):
        headings = (ProductCategory(**line) for line in _lines("product_categories.csv"))
        loaded = _follow(headings, key=("code",))
        for level in range(max(depth.values()) + 1):
            parents = ProductGroup.objects.in_bulk(field_name="code")
            groups = (
                ProductGroup(
                    code=line["code"],
                    name_sv=line["name_sv"],
                    name_en=line["name_en"],
                    parent=parents.get(line["parent"]),
                    permits=line["permits"].split(),
                )
                for line in lines
                if depth[line["code"]] == level
            )
            loaded += _follow(groups, key=("code",))
    return loaded


def load_climate(*, by: Actor) -> Loaded:
    """Foods, grades, the shipped factor set and its factors. It is made active where no set is.

    A factor that the file changed becomes a new version; the old one is kept for what was published by it.
    """
    lines = _lines("climate_factors.csv")
    with acting(by):
        loaded = _follow(map(_food, lines), key=("key",))
        for line in _lines("factor_sets.csv"):
            is_active = FactorSet.objects.filter(is_active=True).exclude(code=line["code"]).first() is None
            loaded += _follow([FactorSet(**_with_day(line), is_active=is_active)], key=("code",))
        foods = ClimateFood.objects.in_bulk(field_name="key")
        sets = FactorSet.objects.in_bulk(field_name="code")
        loaded += _follow(map(_grade, _lines("factor_grades.csv")), key=("code",))
        for code, factor_set in sets.items():
            written = follow_factors(
                factor_set=factor_set,
                wanted=[
                    _factor(line, food_id=foods[line["food_key"]].pk)
                    for line in lines
                    if line["factor_set"] == code
                ],
                by=by,
            )
            loaded += Loaded(new=written.new, changed=written.changed)
        return loaded


def _food(line: Line) -> ClimateFood:
    return ClimateFood(
        key=line["food_key"], name_sv=line["name_sv"], name_en=line["name_en"], category=line["category"]
    )


def _grade(line: Line) -> FactorGrade:
    basic = Decimal(line["basic"])
    return FactorGrade(
        code=line["code"],
        scores=line["scores"],
        basic=basic,
        gsd=round(gsd_of_scores([int(score) for score in line["scores"].split()], basic=basic), 4),
        name_sv=line["name_sv"],
        name_en=line["name_en"],
        source=line["source"],
        checked_on=date.fromisoformat(line["checked_on"]),
    )


def _factor(line: Line, *, food_id: int) -> WantedFactor:
    return WantedFactor(
        food_id=food_id,
        kg_co2e_per_kg=Decimal(line["kg_co2e_per_kg"]),
        low=_decimal(line["low"]),
        high=_decimal(line["high"]),
        grade=line["grade"],
        basis=line["basis"],
        note=". ".join(part for part in (line["note"], line["source"], line["licence"]) if part),
    )


def _lines(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _dated(line: Line) -> dict[str, Any]:
    return {
        "valid_from": date.fromisoformat(line["valid_from"]),
        "valid_to": date.fromisoformat(line["valid_to"]) if line["valid_to"] else None,
        "source": line["source"],
        "checked_on": date.fromisoformat(line["checked_on"]),
    }


def _with_day(line: Line) -> dict[str, Any]:
    return {**line, "valid_from": date.fromisoformat(line["valid_from"])}


def _follow(wanted: Iterable[Row], *, key: tuple[str, ...]) -> Loaded:
    """Bring the table in line with the file: changes first, so that an old figure ends before the new begins."""
    rows = list(wanted)
    table: models.Manager[Row] = type(rows[0])._default_manager  # noqa: SLF001  # a model's documented manager
    columns = [
        field.attname
        for field in type(rows[0])._meta.concrete_fields  # noqa: SLF001  # Django's documented model API
        if not field.primary_key and field.attname not in {*key, *SET_BY_OTHERS}
    ]
    there = {_of(row, key): row for row in table.all()}
    changed = []
    for row in rows:
        old = there.get(_of(row, key))
        if old is not None and _take_over(old, row, columns=columns):
            changed.append(old)
    if changed:
        table.bulk_update(changed, columns)
    new = [row for row in rows if _of(row, key) not in there]
    if new:
        table.bulk_create(new)
    return Loaded(new=len(new), changed=len(changed))


SET_BY_OTHERS = frozenset(
    {
        "confirmed_by_id",
        "confirmed_at",
        "recorded_at",
        "is_active",
        "ended_by_hand",
        "file_name",
        "file_sha256",
        "mapping",
        "diff",
    }
)


def _of(row: models.Model, columns: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in columns)


def _take_over(old: models.Model, new: models.Model, *, columns: Sequence[str]) -> bool:
    """Whether ``old`` had to change to say what ``new`` says."""
    if getattr(old, "confirmed_by_id", None) is not None:
        columns = ["valid_to"]
    if getattr(old, "ended_by_hand", False):
        columns = [column for column in columns if column != "valid_to"]
    differs = _of(old, columns) != _of(new, columns)
    for column in columns:
        setattr(old, column, getattr(new, column))
    return differs
