"""What of a case may be handed out, and what is withheld on which ground (offentlighets- och sekretesslag 2009:400).

A case is sheets of rows. A column that may hold something secret says of which kind; an officer's mask withholds one kind,
of one supplier or of all. Nothing is guessed: what no mask names is handed out. Two things are not the officer's choice:
bids are secret, their number too, until the award is decided, and a sole trader's personal number never stands in a sheet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class Ground(StrEnum):
    """Why something is withheld; its paragraph is the law's of the day."""

    BUSINESS = "business"
    PERSON = "person"


class Secret(StrEnum):
    """Kinds of what may be secret. ``PRICES`` are unit prices and all from which one could be reckoned."""

    PRICES = "prices"
    PEOPLE = "people"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Withheld:
    """Stands where a value was masked, and tells on what ground."""

    paragraph: str


Value: TypeAlias = str | int | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class SheetColumn:
    code: str
    label: str
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """``supplier_id`` is whose prices the row holds; None where it is nobody's."""

    values: tuple[Value | Withheld, ...]
    supplier_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    code: str
    title: str
    columns: tuple[SheetColumn, ...]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Mask:
    """Withhold a kind of secret; ``supplier_id`` None withholds it of all."""

    secret: Secret
    supplier_id: int | None
    ground: Ground
    paragraph: str


@dataclass(frozen=True, slots=True)
class Maskable:
    secret: Secret
    supplier_id: int | None


def is_sealed(*, award_decided: bool) -> bool:
    """Until the award is decided nothing of a case is handed out (19 kap. 3 § OSL), the number of bids neither."""
    return not award_decided


def maskable(sheets: Iterable[Sheet]) -> tuple[Maskable, ...]:
    """What an officer may choose to withhold: each kind that has a value, by supplier where the row is one's."""
    found: dict[Maskable, None] = {}
    for sheet in sheets:
        for record in sheet.records:
            for column, value in zip(sheet.columns, record.values, strict=True):
                if column.secret is not None and value not in (None, ""):
                    found[Maskable(column.secret, _whose(column, record))] = None
    return tuple(found)


def masked(sheets: Sequence[Sheet], masks: Sequence[Mask]) -> tuple[Sheet, ...]:
    """The same sheets with what the masks name withheld. The given sheets are left as they are."""
    return tuple(
        replace(sheet, records=tuple(_masked(record, sheet.columns, masks) for record in sheet.records))
        for sheet in sheets
    )


def _masked(record: Record, columns: Sequence[SheetColumn], masks: Sequence[Mask]) -> Record:
    values = tuple(
        _value(value, column, record, masks) for column, value in zip(columns, record.values, strict=True)
    )
    return replace(record, values=values)


def _value(
    value: Value | Withheld, column: SheetColumn, record: Record, masks: Sequence[Mask]
) -> Value | Withheld:
    if column.secret is None or value in (None, ""):
        return value
    whose = _whose(column, record)
    for mask in masks:
        if mask.secret is column.secret and mask.supplier_id in (None, whose):
            return Withheld(mask.paragraph)
    return value


def _whose(column: SheetColumn, record: Record) -> int | None:
    """Prices are some supplier's; people and texts are the case's."""
    return record.supplier_id if column.secret is Secret.PRICES else None
