"""The cells of one row of a purchase file: texts, periods, numbers, weights and money, read by a mapping."""

import re
from calendar import monthrange
from collections.abc import Iterable
from collections.abc import Mapping as TableOf
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from stdnum import luhn

from orders.interchange.purchase_mapping import (
    KG_PER_UNIT,
    DecimalStyle,
    Mapping,
    Negative,
    PeriodStyle,
    ZeroWeight,
)
from orders.interchange.purchase_words import FAULT_WORDS, Fault, known_language

LONGEST: TableOf[str, int] = {
    "buyer": 200,
    "supplier_name": 200,
    "supplier_number": 20,
    "product_text": 400,
    "product_label": 400,
    "category": 200,
    "quantity_unit": 20,
    "invoice_number": 80,
    "marks": 200,
}
# Digits that the tables hold before the decimal sign.
WHOLE_DIGITS: TableOf[str, int] = {"quantity": 13, "amount": 14, "weight": 12}
CENT, THOUSANDTH, TENTH_OF_GRAM = Decimal("0.01"), Decimal("0.001"), Decimal("0.0001")

_NUMBER = {
    DecimalStyle.POINT: re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?"),
    DecimalStyle.COMMA: re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+|\d{1,3}( \d{3})+)(,\d+)?"),
}
_GROUPING = {DecimalStyle.POINT: ",", DecimalStyle.COMMA: ". "}
_FISCAL_YEAR = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})")
_MONTH = re.compile(r"(\d{4})[-/]?(\d{2})")
_DAY = re.compile(r"(\d{4})([-/]?)(\d{2})\2(\d{2})")
_ROUNDING = re.compile(r"(?i)öres?(avrundning|utjämning)|oresavrundning|oresutjamning")
_SWEDISH_NUMBER = re.compile(r"(?i)(?:SE)?(?:16|18|19|20)?(\d{6})-?(\d{4})(?:01)?")


@dataclass(frozen=True, slots=True)
class CellFault:
    """One thing that is wrong, in one column ('' when it is the row as such)."""

    column: str
    fault: Fault
    figures: TableOf[str, Any]

    def words(self, language: str) -> str:
        said = FAULT_WORDS[self.fault][known_language(language)].format(**self.figures)
        return f"{self.column}: {said}" if self.column else said


class Cells:
    """The mapped cells of one row, with what is wrong in them."""

    def __init__(self, mapping: Mapping, cells: TableOf[str, str]) -> None:
        self.mapping = mapping
        self.cells = cells
        self.faults: list[CellFault] = []
        self.weighs_zero = False
        self.buyer_merged = False
        self.number_is_wrong = False

    def values(self) -> dict[str, Any]:
        """The fields of a Row; faults are gathered, so that a person sees all of a row's at once."""
        start, end = self._period()
        return {
            "buyer": self._buyer(),
            "supplier_name": self._text("supplier_name"),
            "supplier_number": self._supplier_number(),
            "product_text": self._text("product_text", needed=True),
            "product_label": self._text("product_label"),
            "category": self._text("category"),
            "period_start": start,
            "period_end": end,
            "currency": self._currency(),
            "amount": self._amount(),
            "quantity": _rounded(self._number("quantity"), THOUSANDTH),
            "quantity_unit": self._text("quantity_unit") or self.mapping.quantity_unit,
            "kg": self._kg(),
            "invoice_number": self._text("invoice_number"),
            "marks": self._text("marks"),
        }

    def look_for_unstorable_signs(self, names: Iterable[str], cells: Iterable[str]) -> None:
        for name, cell in zip(names, cells, strict=True):
            if "\x00" in cell:
                self.faults.append(CellFault(name, Fault.UNREADABLE_SIGN, {}))

    @property
    def is_rounding(self) -> bool:
        return _ROUNDING.search(self.cells.get("product_text", "")) is not None

    def _fault(self, field: str, fault: Fault, **figures: Any) -> None:
        self.faults.append(CellFault(self.mapping.columns[field], fault, figures))

    def _text(self, field: str, *, needed: bool = False) -> str:
        text = self.cells.get(field, "")
        if text in self.mapping.blank:
            text = ""
        if needed and not text:
            self._fault(field, Fault.EMPTY)
        if len(text) > LONGEST[field]:
            self._fault(field, Fault.TOO_LONG, length=len(text), limit=LONGEST[field])
        return text

    def _buyer(self) -> str:
        spelling = " ".join(self._text("buyer", needed=True).split())
        self.buyer_merged = spelling in self.mapping.buyers
        return self.mapping.buyers.get(spelling, spelling)

    def _period(self) -> tuple[date, date]:
        text = self.cells["period"]
        if text in self.mapping.blank:
            self._fault("period", Fault.EMPTY)
            return date.min, date.min
        found = read_period(text, style=self.mapping.period_style, first_month=self.mapping.first_month)
        if found is None:
            self._fault("period", _NO_PERIOD[self.mapping.period_style], value=text)
            return date.min, date.min
        return found

    def _supplier_number(self) -> str:
        """Ten digits where it is a Swedish number that adds up, however it is written; else as it stands."""
        text = self._text("supplier_number")
        number = swedish_number(text)
        self.number_is_wrong = bool(text) and number is None and not is_foreign(text)
        return number or text

    def _number(self, field: str) -> Decimal | None:
        text = self.cells.get(field, "")
        if text in self.mapping.blank:
            return None
        number = parse_number(text, style=self.mapping.decimal)
        if number is None:
            self._fault(field, Fault.NO_NUMBER, value=text, decimal=_sign_of(self.mapping.decimal))
        elif abs(number) >= Decimal(10) ** WHOLE_DIGITS[field] - 1:
            self._fault(field, Fault.TOO_BIG, value=text)
        elif number < 0 and self.mapping.negative is Negative.REFUSE:
            self._fault(field, Fault.NEGATIVE, value=text)
        else:
            return number
        return None

    def _amount(self) -> Decimal | None:
        amount = self._number("amount")
        if amount is not None and self.mapping.vat_percent is not None:
            amount = amount / (1 + self.mapping.vat_percent / 100)
        return _rounded(amount, CENT)

    def _kg(self) -> Decimal | None:
        weight = self._number("weight")
        if weight is None:
            return None
        self.weighs_zero = weight == 0
        if self.weighs_zero and self.mapping.zero_weight is ZeroWeight.MISSING:
            return None
        kg = weight * KG_PER_UNIT[self.mapping.weight_unit]
        if abs(kg) >= Decimal(10) ** WHOLE_DIGITS["weight"] - 1:
            self._fault("weight", Fault.TOO_BIG, value=self.cells["weight"])
        return _rounded(kg, TENTH_OF_GRAM)

    def _currency(self) -> str:
        text = self.cells.get("currency", "")
        code = self.mapping.currency if text in self.mapping.blank else text.upper()
        if not re.fullmatch("[A-Z]{3}", code):
            self._fault("currency", Fault.NO_CURRENCY, value=text)
        return code


def parse_number(text: str, *, style: DecimalStyle) -> Decimal | None:
    """The exact number that the text writes, None when it writes none. Thousands may be grouped, by three only."""
    text = text.replace("\u2212", "-").replace("\u00a0", " ").replace("\u202f", " ")
    if not text.isascii() or not _NUMBER[style].fullmatch(text):
        return None
    for sign in _GROUPING[style]:
        text = text.replace(sign, "")
    return Decimal(text.replace(",", "."))


_NO_PERIOD = {
    PeriodStyle.FISCAL_YEAR: Fault.NO_PERIOD,
    PeriodStyle.MONTH: Fault.NO_MONTH,
    PeriodStyle.DAY: Fault.NO_DAY,
}


def read_period(text: str, *, style: PeriodStyle, first_month: int) -> tuple[date, date] | None:
    """First and last day of what the text writes, None when it writes no such period."""
    if not text.isascii() and style is not PeriodStyle.FISCAL_YEAR:
        return None
    try:
        if style is PeriodStyle.DAY:
            told = _DAY.fullmatch(text)
            day = date(int(told[1]), int(told[3]), int(told[4])) if told else None
            return None if day is None else (day, day)
        if style is PeriodStyle.MONTH:
            told = _MONTH.fullmatch(text)
            first = date(int(told[1]), int(told[2]), 1) if told else None
            return (
                None if first is None else (first, first.replace(day=monthrange(first.year, first.month)[1]))
            )
    except ValueError:
        return None
    match = _FISCAL_YEAR.fullmatch(text)
    if match and int(match[2]) == int(match[1]) + 1 and int(match[1]) > 0:
        return fiscal_year(int(match[1]), first_month=first_month)
    return None


def swedish_number(text: str) -> str | None:
    """The ten digits of an organisation or personal number whose check digit adds up: 556012-5790, 16…, SE…01 alike."""
    match = (
        _SWEDISH_NUMBER.fullmatch(text.replace(" ", "").replace("\u2013", "-")) if text.isascii() else None
    )
    digits = match[1] + match[2] if match else ""
    return digits if digits and luhn.is_valid(digits) else None


def is_foreign(text: str) -> bool:
    """A number that begins with another country's letters can't be judged here."""
    return text[:2].isalpha() and text[:2].upper() != "SE"


def fiscal_year(year: int, *, first_month: int) -> tuple[date, date]:
    """First and last day of the fiscal year that begins in ``first_month`` of ``year``."""
    last_month = (first_month - 2) % 12 + 1
    last_year = year if first_month == 1 else year + 1
    return date(year, first_month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def _rounded(number: Decimal | None, step: Decimal) -> Decimal | None:
    return None if number is None else number.quantize(step, rounding=ROUND_HALF_UP)


def _sign_of(style: DecimalStyle) -> str:
    return "." if style is DecimalStyle.POINT else ","
