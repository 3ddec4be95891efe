"""The library of reports, the one door of them all, and the rows that a figure is made of."""

from dataclasses import asdict, dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.ground.doors import arrived_at
from config.ground.refusals import NotFound
from orders.forms.reporting import read_asked
from orders.interchange import report_files
from orders.queries.call_off_rows import WantedRows, all_rows, rows_page
from orders.queries.officer_words import basis_name
from orders.queries.published_reports import question_of, standing_of
from orders.queries.reports.asked import Asked
from orders.queries.reports.choices import choices_of
from orders.queries.reports.register import GROUPS, REPORTS, ReportSort
from orders.queries.reports.row_columns import row_columns, row_parts, rows_told
from orders.queries.reports.telling import by_heading
from orders.queries.seats import Seat
from orders.queries.spend import sums_of_rows
from orders.rules.reporting import Part, Report
from orders.views.officer.agreements import place_of
from orders.views.officer.desk import (
    crumbs,
    csv_variant,
    demo_notice,
    number_of,
    page,
    reading,
    saved_csv,
    today_of,
    wants_csv,
)
from orders.views.officer.report_pictures import picture_of

PARTS_SHOWN = 100  # on a page; files and the API hold all


@reading
def library(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/rapporter/``: every report by what it is about."""
    groups = [
        {"title": title, "reports": [each for each in REPORTS.values() if each.group == group]}
        for group, title in GROUPS.items()
    ]
    return page(
        request, seat, "reports", section="reports", groups=groups, crumbs=crumbs(seat, (_("Rapporter"), ""))
    )


@reading
def report(request: HttpRequest, seat: Seat, slug: str) -> HttpResponseBase:
    """``…/rapporter/<slug>/?from=&to=&basis=&by=&kitchen=&…``: one report, narrowed as the address says."""
    sort = _sort(slug)
    asked = _asked(request, seat, sort)
    found = sort.make(asked)
    if wants_csv(request):
        lines = report_files.as_csv(found, variant=csv_variant(request), notice=demo_notice())
        return saved_csv(lines, name=str(sort.title))
    shown = _shown(request, found)
    address = _address(seat, slug)
    return page(
        request,
        seat,
        "report",
        section="reports",
        sort=sort,
        report=found,
        picture=picture_of(found, by=asked.by),
        asked=asked,
        period=asked.period,
        rows=[_row(part, found, sort, address) for part in shown.parts],
        shown=shown,
        whole=_row(found.whole, found, sort, address) if found.whole else None,
        chips=[
            {"by": by, "label": by_heading(by), "query": urlencode({**asked.question, "by": by})}
            for by in sort.bys
        ],
        bases=[{"basis": basis, "label": basis_name(basis)} for basis in sort.bases],
        selects=choices_of(asked, sort.narrowing),
        kept=_kept(asked, sort),
        standing=standing_of(asked, sort, found),
        publish_url=_publish_url(seat, asked, sort),
        crumbs=_steps(seat, (found.told.title, "")),
    )


@reading
def rows(request: HttpRequest, seat: Seat, slug: str) -> HttpResponseBase:
    """``…/rapporter/<slug>/rader/?…``: the lines behind a figure, newest first."""
    sort = _sort(slug)
    asked = _asked(request, seat, sort)
    wanted = WantedRows(
        **asdict(asked.narrowed),
        basis=asked.basis or "ordered",
        first=asked.period.first,
        last=asked.period.last,
    )
    now = arrived_at(request)
    if wants_csv(request):
        name = _("%(report)s, rader") % {"report": sort.title}
        lines = report_files.rows_as_csv(
            rows_told(name, asked=asked, basis=wanted.basis),
            row_columns(),
            row_parts(all_rows(seat.authority, wanted, now=now)),
            variant=csv_variant(request),
            notice=demo_notice(),
        )
        return saved_csv(lines, name=name)
    back = f"{_address(seat, slug)}?{urlencode(asked.question)}"
    return page(
        request,
        seat,
        "rows",
        section="reports",
        rows=rows_page(seat.authority, wanted, now=now, place=place_of(request)),
        summed=sums_of_rows(seat.authority, wanted, language=asked.language),
        period=asked.period,
        basis=wanted.basis,
        crumbs=_steps(seat, (str(sort.title), back), (_("Rader"), "")),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """The parts of one page of a long report; ``previous`` and ``next`` are numbers of pages, None at an end."""

    parts: tuple[Part, ...]
    first: int
    of: int
    previous: int | None
    next: int | None

    @property
    def last(self) -> int:
        return self.first + len(self.parts) - 1


def _shown(request: HttpRequest, found: Report) -> Shown:
    """``?sida=2``: the second hundred parts. The row of sums is of all."""
    number = max(1, number_of(request, "sida") or 1)
    begin, count = (number - 1) * PARTS_SHOWN, len(found.parts)
    return Shown(
        parts=found.parts[begin : begin + PARTS_SHOWN],
        first=begin + 1,
        of=count,
        previous=number - 1 if number > 1 else None,
        next=number + 1 if begin + PARTS_SHOWN < count else None,
    )


def _sort(slug: str) -> ReportSort:
    sort = REPORTS.get(slug)
    if sort is None:
        raise NotFound
    return sort


def _asked(request: HttpRequest, seat: Seat, sort: ReportSort) -> Asked:
    return read_asked(
        request.GET.dict(),
        sort,
        authority=seat.authority,
        today=today_of(request),
        language=get_language() or "sv",
    )


def _address(seat: Seat, slug: str) -> str:
    return reverse("officer:report", args=[seat.authority.pk, slug])


def _steps(seat: Seat, *steps: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs(seat, (_("Rapporter"), reverse("officer:reports", args=[seat.authority.pk])), *steps)


def _row(part: Part, found: Report, sort: ReportSort, address: str) -> dict[str, object]:
    """A part with its columns beside its cells, and the address of its rows; ``address`` is the report's own."""
    cells = list(zip(found.columns, part.cells, strict=True))
    return {"key": part.key, "head": cells[0], "cells": cells[1:], "url": _opened(part, sort, address)}


def _opened(part: Part, sort: ReportSort, address: str) -> str:
    if sort.opens_at:
        return reverse(sort.opens_at, args=[part.key]) if part.key else ""
    if not part.opens:
        return ""
    rows = "" if "by" in part.opens else "rader/"
    return f"{address}{rows}?{urlencode(part.opens)}"


def _publish_url(seat: Seat, asked: Asked, sort: ReportSort) -> str:
    """Where the report is published; empty where its period is not over, or who looks may not act."""
    if not seat.may_act or asked.period.last >= asked.today:
        return ""
    address = reverse("officer:publish_report", args=[seat.authority.pk, sort.slug])
    return f"{address}?{question_of(asked, sort)}"


def _kept(asked: Asked, sort: ReportSort) -> list[tuple[str, str]]:
    """What the page narrows to and has no select for: it stays when the question is asked again."""
    told = asked.narrowed.question | asked.of_bought
    return [(name, value) for name, value in told.items() if name not in sort.narrowing]
