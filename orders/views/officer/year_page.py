"""The year on one sheet: what was bought, organic, climate and waste, drawn and told, for council and newspaper."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.ground.charts.drawing import Drawing
from orders.interchange.report_files import heading_of, in_words
from orders.models import Basis
from orders.queries.reports.asked import Asked
from orders.queries.reports.register import REPORTS
from orders.queries.seats import Seat
from orders.rules.periods import Period, year_of
from orders.rules.reporting import Report
from orders.views.officer.desk import crumbs, page, period_of, reading, today_of
from orders.views.officer.report_pictures import picture_of

ON_THE_SHEET: Final = (
    ("inkop", "category"),
    ("ekologiskt", "category"),
    ("klimat", "category"),
    ("svinn", "month"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A report on the sheet: its picture, its whole in words, and where all of it stands."""

    report: Report
    picture: Drawing | None
    facts: tuple[tuple[str, str], ...]
    url: str


@reading
def year_page(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/rapporter/arsblad/?from=2026&to=2026``: prints on two sheets."""
    period = period_of(request) if "from" in request.GET else year_of(today_of(request))
    asked = Asked(
        authority=seat.authority,
        period=period,
        today=today_of(request),
        basis=Basis.DELIVERED,
        language=get_language() or "sv",
    )
    return page(
        request,
        seat,
        "year",
        section="reports",
        period=period,
        told=[_told(slug, by, asked, seat) for slug, by in ON_THE_SHEET],
        crumbs=crumbs(
            seat,
            (_("Rapporter"), reverse("officer:reports", args=[seat.authority.pk])),
            (_("Årsblad"), ""),
        ),
    )


def _told(slug: str, by: str, asked: Asked, seat: Seat) -> Told:
    sort = REPORTS[slug]
    basis = asked.basis if sort.bases else ""
    report = sort.make(_asked(asked, basis=basis, by=by))
    question = {"from": asked.period.from_text, "to": asked.period.to_text, "basis": basis, "by": by}
    address = reverse("officer:report", args=[seat.authority.pk, slug])
    return Told(
        report=report,
        picture=picture_of(report, by=by),
        facts=_facts(report),
        url=f"{address}?{urlencode({name: value for name, value in question.items() if value})}",
    )


def _asked(asked: Asked, *, basis: str, by: str) -> Asked:
    period: Period = asked.period
    return Asked(
        authority=asked.authority,
        period=period,
        today=asked.today,
        basis=basis,
        by=by,
        language=asked.language,
    )


def _facts(report: Report) -> tuple[tuple[str, str], ...]:
    """The whole's figures, those that are known."""
    if report.whole is None:
        return ()
    cells = zip(report.columns[1:], report.whole.cells[1:], strict=True)
    return tuple(
        (heading_of(column), in_words(cell, column.kind)) for column, cell in cells if cell is not None
    )
