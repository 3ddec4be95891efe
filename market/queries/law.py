"""The law's figures on a day."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from market.models import LawFigure as LawFigureRow
from market.models import OwnLimit, VatRate
from market.refusals import LawFigureMissing
from market.rules.valuation import LawFigure, UnknownLaw, law_on, stricter


def law_figure(*, code: str, on: date) -> LawFigure:
    """The figure in force on that day. Raises LawFigureMissing where there is none, or none that is known."""
    figures = [
        LawFigure(
            code=row.code,
            value=row.value,
            unit=row.unit,
            regime=row.regime,
            paragraph=row.paragraph,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            source=row.source,
            checked_on=row.checked_on,
            confirmed=row.confirmed_by_id is not None,
        )
        for row in LawFigureRow.objects.on(on).filter(code=code)
        if row.value is not None
    ]
    try:
        return law_on(figures, code=code, on=on)
    except UnknownLaw as missing:
        raise LawFigureMissing(code=code, day=on) from missing


def vat_rates(*, class_ids: Collection[int], on: date) -> dict[int, Decimal]:
    """The rate of each class of goods on the day of delivery. Raises LawFigureMissing where a class has none."""
    rows = VatRate.objects.on(on).filter(vat_class__in=class_ids)
    rates = dict(rows.values_list("vat_class_id", "rate"))
    if set(class_ids) - rates.keys():
        raise LawFigureMissing(code="vat", day=on)
    return rates


def law_figure_if_known(*, code: str, on: date) -> LawFigure | None:
    """The figure in force on that day, or None where none is known."""
    try:
        return law_figure(code=code, on=on)
    except LawFigureMissing:
        return None


def binding_figure(*, authority_ids: Iterable[int], code: str, on: date) -> LawFigure:
    """The law's figure of the day, or the strictest of the authorities' own limits below it. Raises LawFigureMissing."""
    own = OwnLimit.objects.on(on).filter(authority__in=list(authority_ids), code=code)
    return stricter(law_figure(code=code, on=on), min(own.values_list("value", flat=True), default=None))
