"""How somebody else's purchase file is read: which column is what, and how its figures are written.

A mapping is a TOML or JSON file. Those that come with the house lie in ``mappings/`` and are called by name.
"""

import json
import tomllib
from collections import abc
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

SHIPPED = Path(__file__).parent / "mappings"

KG_PER_UNIT: abc.Mapping[str, Decimal] = MappingProxyType(
    {
        "kg": Decimal(1),
        "g": Decimal("0.001"),
        "ton": Decimal(1000),
        # The international avoirdupois pound and ounce, exact by definition (1959).
        "lb": Decimal("0.45359237"),
        "oz": Decimal("0.028349523125"),
    }
)

FIELDS = (
    "buyer",
    "period",
    "product_text",
    "product_label",
    "category",
    "supplier_name",
    "supplier_number",
    "quantity",
    "quantity_unit",
    "weight",
    "amount",
    "currency",
    "invoice_number",
    "marks",
)
NEEDED = ("buyer", "period", "product_text")
MONTHS = range(1, 13)
CURRENCY_LETTERS = 3
SEK = "SEK"


class DecimalStyle(StrEnum):
    POINT = "point"  # 1,234.50
    COMMA = "comma"  # 1 234,50 or 1.234,50


class Negative(StrEnum):
    KEEP = "keep"  # a return or a correction: kept as given, with a warning
    REFUSE = "refuse"


class ZeroWeight(StrEnum):
    AS_GIVEN = "as_given"  # 0 is 0, with a warning
    MISSING = "missing"  # this sender writes 0 for a weight that it doesn't know


class PeriodStyle(StrEnum):
    FISCAL_YEAR = "fiscal_year"  # 2019-2020, which begins in first_month
    MONTH = "month"  # 2026-03 or 202603
    DAY = "day"  # 2026-03-05, 20260305 or 2026/03/05: a ledger's date of entry


class MappingUnreadable(ValueError):  # noqa: N818  # named for what a person is told
    """The mapping file says something that can't be followed. The message says what."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """``columns`` is field → the file's column name. ``vat_percent`` is what the amounts include: it must be said of amounts
    in SEK, and is 0 where they are without VAT.

    A period is written as ``period_style`` says; a fiscal year begins in ``first_month``. ``buyers`` is spelling → the spelling
    that it is merged into. A cell that reads as one of ``blank`` is missing, never zero.
    """

    name: str
    columns: abc.Mapping[str, str]
    currency: str = ""
    encoding: str = "auto"
    delimiter: str = ","
    decimal: DecimalStyle = DecimalStyle.POINT
    weight_unit: str = "kg"
    quantity_unit: str = ""
    period_style: PeriodStyle = PeriodStyle.FISCAL_YEAR
    first_month: int = 1
    negative: Negative = Negative.KEEP
    zero_weight: ZeroWeight = ZeroWeight.AS_GIVEN
    blank: tuple[str, ...] = ("",)
    vat_percent: Decimal | None = None
    match_on: str = "product_text"
    food_names: str = "en"
    buyers: abc.Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for told, wrong in self._faults():
            if wrong:
                raise MappingUnreadable(f"{self.name}: {told}")

    def _faults(self) -> abc.Iterator[tuple[str, bool]]:
        unknown = sorted(set(self.columns) - set(FIELDS))
        missing = [name for name in NEEDED if name not in self.columns]
        yield f"no such field: {', '.join(unknown)}. The fields are {', '.join(FIELDS)}", bool(unknown)
        yield f"no column is named for {', '.join(missing)}", bool(missing)
        yield f"weight_unit must be one of {', '.join(KG_PER_UNIT)}", self.weight_unit not in KG_PER_UNIT
        yield "first_month must be 1 to 12", self.first_month not in MONTHS
        yield "delimiter must be one sign", len(self.delimiter) != 1
        in_a_column = "currency" in self.columns
        letters = self.currency.isascii() and self.currency.isalpha() and self.currency.isupper()
        yield (
            "currency must be three capital letters, or a column",
            not in_a_column and not (letters and len(self.currency) == CURRENCY_LETTERS),
        )
        yield f"match_on must be a mapped field, not {self.match_on}", self.match_on not in self.columns
        yield (
            "say vat_percent: how much VAT the amounts include, 0 where they are without VAT",
            "amount" in self.columns and self.currency == SEK and self.vat_percent is None,
        )
        yield "vat_percent must be 0 or more", self.vat_percent is not None and self.vat_percent < 0


def shipped_mappings() -> tuple[str, ...]:
    """Names of the mappings that come with the house."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def load_mapping(name_or_path: str) -> Mapping:
    """A mapping of the house by its name, or any TOML or JSON file by its path. Raises MappingUnreadable."""
    shipped = SHIPPED / f"{name_or_path}.toml"
    path = shipped if name_or_path in shipped_mappings() else Path(name_or_path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        known = ", ".join(shipped_mappings())
        raise MappingUnreadable(
            f"{name_or_path} is neither a readable file nor one of the mappings of the house ({known})"
        ) from error
    try:
        told = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except ValueError as error:
        raise MappingUnreadable(f"{path.name}: {error}") from error
    if not isinstance(told, dict):
        raise MappingUnreadable(f"{path.name}: a table of settings is expected")
    return mapping_from(told, name=path.stem)


def mapping_from(told: abc.Mapping[str, Any], *, name: str) -> Mapping:
    """The mapping that a parsed file tells. A word that no setting has is refused, so that a slip is seen."""
    known = {each.name for each in fields(Mapping)} - {"name"}
    if unknown := sorted(set(told) - known):
        raise MappingUnreadable(f"{name}: no such setting: {', '.join(unknown)}")
    values = dict(told)
    for key in ("columns", "buyers"):
        table = values.get(key, {})
        if not isinstance(table, dict) or not all(isinstance(each, str) for each in table.values()):
            raise MappingUnreadable(f"{name}: [{key}] must be a table of texts")
        values[key] = MappingProxyType(dict(table))
    try:
        values["decimal"] = DecimalStyle(values.get("decimal", DecimalStyle.POINT))
        values["period_style"] = PeriodStyle(values.get("period_style", PeriodStyle.FISCAL_YEAR))
        values["negative"] = Negative(values.get("negative", Negative.KEEP))
        values["zero_weight"] = ZeroWeight(values.get("zero_weight", ZeroWeight.AS_GIVEN))
        values["blank"] = ("", *(str(word) for word in values.get("blank", ())))
        if values.get("vat_percent") is not None:
            values["vat_percent"] = Decimal(str(values["vat_percent"]))
        return Mapping(name=name, **values)
    except MappingUnreadable:
        raise
    except (ValueError, TypeError, InvalidOperation) as error:
        raise MappingUnreadable(f"{name}: {error}") from error
