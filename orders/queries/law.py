"""The law's figures and paragraphs as an officer's page shows them, with what anybody has confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.ground import figures
from config.ground.refusals import NotFound
from market.models import Authority, LawFigure, LawParagraph, OwnLimit

NAMES: Mapping[str, Promise] = {
    "direct_award_limit": _("Gräns för direktupphandling"),
    "two_person_amount": _("Två underskrifter över"),
    "documentation_amount": _("Dokumentationsplikt över"),
    "documentation_days": _("Dokumentationen klar inom"),
    "small_lot_amount": _("Små delkontrakt under"),
    "small_lot_amount_sek": _("Små delkontrakt under, i kronor"),
    "small_lot_share": _("Små delkontrakt, högsta andel"),
    "framework_length": _("Ramavtalets längsta tid"),
    "loh_payment_days": _("Betalning senast (LOH)"),
    "loh_cancellation_days": _("Avbeställning senast (LOH)"),
    "loh_cancellation_days_serving": _("Avbeställning senast, serveringsställe"),
    "declaration_days_dis": _("Ny egenförsäkran i ett DIS inom"),
    "standstill_days_electronic": _("Avtalsspärr, alla underrättade elektroniskt"),
    "standstill_days_other": _("Avtalsspärr, någon underrättad på annat sätt"),
    "change_share_goods": _("Små ändringar tillsammans, högsta andel"),
    "change_share_works": _("Små ändringar tillsammans, högsta andel, byggentreprenad"),
    "change_share_additional": _("Ytterligare varor, högsta andel för varje ändring"),
    "eu_threshold_eur": _("Tröskelvärde i euro"),
    "eu_threshold_sek": _("Tröskelvärde i kronor"),
}


@dataclass(frozen=True, slots=True)
class FigureSeen:
    """A figure with its name and its value as a person reads them; ``value`` is a dash where none is known."""

    row: LawFigure
    name: str
    value: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class LawSeen:
    """All dated rows, in force or not; ``missing`` are figures in force today whose value nobody has typed in."""

    figures: Sequence[FigureSeen]
    paragraphs: Sequence[LawParagraph]
    own: Sequence[tuple[str, OwnLimit]]
    missing: Sequence[FigureSeen]


def law_seen(authority: Authority, *, on: date) -> LawSeen:
    """In three statements."""
    rows = LawFigure.objects.select_related("confirmed_by").order_by("code", "regime", "-valid_from")
    own = OwnLimit.objects.filter(authority=authority).select_related("entered_by")
    paragraphs = LawParagraph.objects.on(on).select_related("confirmed_by")
    seen = [figure_seen(row, on=on) for row in rows]
    return LawSeen(
        figures=seen,
        paragraphs=list(paragraphs.order_by("regime", "rule", "-valid_from")),
        own=[(name_of(each.code), each) for each in own.order_by("code", "-valid_from")],
        missing=[each for each in seen if each.row.value is None and each.in_force],
    )


def figure_seen(row: LawFigure, *, on: date) -> FigureSeen:
    return FigureSeen(row=row, name=name_of(row.code), value=_value(row), in_force=is_in_force(row, on))


def name_of(code: str) -> str:
    return str(NAMES.get(code, code))


def _value(row: LawFigure) -> str:
    if row.value is None:
        return figures.UNKNOWN
    if row.unit == "SEK":
        return figures.money(row.value)
    if row.unit == "share":
        return figures.share(row.value)
    units = {"days": _("dagar"), "working_days": _("arbetsdagar"), "years": _("år"), "EUR": "EUR"}
    return figures.with_unit(figures.number(row.value.normalize()), unit=str(units.get(row.unit, row.unit)))


def is_in_force(row: LawFigure | LawParagraph, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def figure_row(pk: int) -> LawFigure:
    """Raises NotFound."""
    row = LawFigure.objects.select_related("confirmed_by").filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def paragraph_row(pk: int) -> LawParagraph:
    """Raises NotFound."""
    row = LawParagraph.objects.select_related("confirmed_by").filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row
