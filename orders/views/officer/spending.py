"""Spend and climate of a period, and the rows behind each figure."""

from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.ground.doors import arrived_at
from config.ground.refusals import InvalidInput
from config.ground.tables import Column
from orders.models import WEIGHED_BASES, Basis
from orders.queries.call_off_rows import WantedRows, all_rows, rows_page
from orders.queries.climate import climate_report
from orders.queries.last_leg import last_legs
from orders.queries.seats import Seat
from orders.queries.spend import By, SpendReport, spend, sums_of_rows
from orders.rules.periods import Period
from orders.views.officer import files
from orders.views.officer.agreements import place_of
from orders.views.officer.desk import (
    basis_of,
    crumbs,
    csv_file,
    number_of,
    page,
    period_note,
    period_of,
    reading,
    wants_csv,
)


@reading
def spending(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/inkop/?from=&to=&basis=&by=``: by supplier, category, product or month; each figure opens to its rows."""
    headings = _headings()
    period, basis, by = period_of(request), basis_of(request), _by_of(request)
    report = spend(seat.authority, period, basis=basis, by=by, language=get_language() or "sv")
    if wants_csv(request):
        named = by == "supplier"
        number = [Column(_("Organisationsnummer"))] if named else []
        return csv_file(
            request,
            name=_("inköp"),
            columns=[Column(headings[by]), *number, *files.footprint_columns()],
            rows=files.spend_cells(report.largest_first, whole=report.whole, with_number=named),
            notes=[period_note(period, basis)],
        )
    rows_url = reverse("officer:spend_rows", args=[seat.authority.pk])
    return page(
        request,
        seat,
        "spend",
        section="spend",
        report=report,
        period=period,
        basis=basis,
        by=by,
        heading=headings[by],
        chips=[
            {"by": key, "label": label, "query": _question(period, basis=basis, by=key)}
            for key, label in headings.items()
        ],
        parts=[
            {
                "slice": part,
                "month": date(part.key // 100, part.key % 100, 1) if by == "month" else None,
                "url": f"{rows_url}?{_rows_question(report, key=part.key)}",
            }
            for part in report.largest_first
        ],
        whole_url=f"{rows_url}?{_question(period, basis=basis)}",
    )


def _by_of(request: HttpRequest) -> By:
    by = request.GET.get("by", "supplier")
    known = _headings()
    if by not in known:
        raise InvalidInput(fields={"by": [", ".join(known)]})
    return cast("By", by)


def _headings() -> dict[str, str]:
    return {
        "supplier": _("Leverantör"),
        "category": _("Varukategori"),
        "product": _("Vara"),
        "month": _("Månad"),
    }


def _question(period: Period, *, basis: str, **more: str | int) -> str:
    return urlencode({"from": period.from_text, "to": period.to_text, "basis": basis, **more})


def _rows_question(report: SpendReport, *, key: int) -> str:
    """The question that asks for the rows of one part. A month is told as a period of its own."""
    if report.by == "month":
        month = f"{key // 100}-{key % 100:02}"
        return urlencode({"from": month, "to": month, "basis": report.basis})
    return _question(report.period, basis=report.basis, **{report.by: key})


@reading
def rows(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/inkop/rader/?…``: the call-offs behind a figure, newest first."""
    period, basis = period_of(request), basis_of(request)
    wanted = WantedRows(
        basis=basis,
        first=period.first,
        last=period.last,
        supplier_id=number_of(request, "supplier"),
        category_id=number_of(request, "category"),
        product_id=number_of(request, "product"),
    )
    now = arrived_at(request)
    if wants_csv(request):
        return csv_file(
            request,
            name=_("avrop"),
            columns=files.row_columns(),
            rows=files.row_cells(all_rows(seat.authority, wanted, now=now)),
            notes=[period_note(period, basis)],
        )
    summed = sums_of_rows(seat.authority, wanted, language=get_language() or "sv")
    spend_url = f"{reverse('officer:spend', args=[seat.authority.pk])}?{_question(period, basis=basis)}"
    return page(
        request,
        seat,
        "rows",
        section="spend",
        rows=rows_page(seat.authority, wanted, now=now, place=place_of(request)),
        summed=summed,
        period=period,
        basis=basis,
        crumbs=crumbs(seat, (_("Inköp"), spend_url), (_("Rader"), "")),
    )


@reading
def climate(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/klimat/``: the figure by product with factor, grade and source; what has no factor stands by itself."""
    period, basis = period_of(request), basis_of(request, weighed=True)
    report = climate_report(seat.authority, period, basis=basis, language=get_language() or "sv")
    if wants_csv(request):
        factor_set = report.factor_set
        return csv_file(
            request,
            name=_("klimat"),
            columns=files.climate_columns(),
            rows=files.climate_cells([*report.covered, *report.uncovered]),
            notes=[
                period_note(period, basis),
                _("Faktorsats: %(name)s %(version)s")
                % {"name": factor_set.name, "version": factor_set.version}
                if factor_set
                else _("Ingen faktorsats är vald."),
            ],
        )
    weighed = basis in WEIGHED_BASES
    rows_url = reverse(f"officer:{'weighings' if weighed else 'spend_rows'}", args=[seat.authority.pk])
    return page(
        request,
        seat,
        "climate",
        section="climate",
        report=report,
        leg=last_legs(seat.authority, period) if basis == Basis.DELIVERED else None,
        period=period,
        basis=basis,
        weighed=weighed,
        rows_url=f"{rows_url}?{_question(period, basis=basis)}&product=",
    )
