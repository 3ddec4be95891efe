"""A report as a value: its columns, its parts and its whole, what each figure means, and the way down to its rows.

A query makes it; page, CSV, workbook, paper and API show it. None of them counts anew, so that all tell the same figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from orders.rules.periods import Period

Cell: TypeAlias = str | int | Decimal | date | None


class Kind(StrEnum):
    """What a column's cells are. Money is SEK excl. VAT; a share is of one; ``None`` in a cell is unknown, never zero."""

    WORDS = "words"
    DAY = "day"
    SEK = "sek"
    KG = "kg"
    CO2E = "co2e"
    SHARE = "share"
    COUNT = "count"
    DAYS = "days"
    SEK_PER_KG = "sek_per_kg"
    CO2E_PER_KG = "co2e_per_kg"
    CO2E_PER_PORTION = "co2e_per_portion"
    GRAMS = "grams"
    INDEX = "index"


class Whole(StrEnum):
    """How a column's whole comes of its parts: their sum, a ratio of two columns' sums, or not at all."""

    SUM = "sum"
    RATIO = "ratio"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Column:
    """``ratio_of`` names the columns whose quotient a ratio is, times ``ratio_times`` (1 000 for grams per guest)."""

    key: str
    heading: str
    kind: Kind
    whole: Whole = Whole.NONE
    ratio_of: tuple[str, str] | None = None
    ratio_times: int = 1
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the report. ``opens`` is the question that shows the lines which it is made of; empty where it has none.

    With ``by`` in it, it is a question to the same report, parted into its lines; without, to the call-offs.
    """

    key: str
    cells: tuple[Cell, ...]
    opens: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what was asked about is known: ``share`` of ``base`` (in words), None where nothing was bought."""

    share: Decimal | None
    base: str


@dataclass(frozen=True, slots=True)
class Told:
    """What stands with the figures wherever they go: F121 of the house's features.

    ``definition`` says what is counted, ``basis`` which of the views (ordered, delivered, …), ``source`` which tables,
    factor set or file, ``narrowed_to`` what the slice leaves, ``notes`` what a reader must know.
    """

    title: str
    definition: str
    period: Period
    basis: str
    source: str
    coverage: tuple[Coverage, ...] = ()
    narrowed_to: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """``parts`` are shown as they stand; ``whole`` has a cell a column, None where the column has no whole."""

    slug: str
    told: Told
    columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    whole: Part | None = None

    def column(self, key: str) -> int:
        """The place of a column. Raises KeyError."""
        for place, column in enumerate(self.columns):
            if column.key == key:
                return place
        raise KeyError(key)

    def cells_of(self, key: str) -> list[Cell]:
        place = self.column(key)
        return [part.cells[place] for part in self.parts]


def whole_of(columns: Sequence[Column], parts: Sequence[Part], *, name: str) -> Part:
    """The whole that the parts come to; ``name`` stands in its first column. Unknown cells are left out of a sum.

    A ratio is the ratio of the sums, never a mean of ratios; None where what it divides by is nothing.
    """
    sums = {
        column.key: _sum_of([part.cells[place] for part in parts])
        for place, column in enumerate(columns)
        if column.whole is Whole.SUM
    }
    cells: list[Cell] = [name]
    for column in columns[1:]:
        if column.whole is Whole.SUM:
            cells.append(sums[column.key])
        elif column.whole is Whole.RATIO and column.ratio_of is not None:
            cells.append(ratio(*(sums[key] for key in column.ratio_of), times=column.ratio_times))
        else:
            cells.append(None)
    return Part(key="", cells=tuple(cells))


def ratio(part: Decimal | int | None, of: Decimal | int | None, *, times: int = 1) -> Decimal | None:
    """The quotient, exact as Decimals are; None for what is not known or divides by nothing."""
    if part is None or not of:
        return None
    return Decimal(part) * times / Decimal(of)


def _sum_of(cells: Sequence[Cell]) -> Decimal | int | None:
    known = [cell for cell in cells if isinstance(cell, Decimal | int)]
    return sum(known) if known else None
