"""Contract loyalty: how much of the spend lies under agreements, by need or by supplier."""

from collections.abc import Iterator
from typing import cast, get_args

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from config.ground.tables import Cell, Column
from orders.queries.loyalty import By, LoyaltyReport, loyalty
from orders.queries.seats import Seat
from orders.rules.loyalty import Loyalty
from orders.views.officer.desk import crumbs, csv_file, page, period_of, reading, wants_csv


@reading
def contract_loyalty(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/externa/avtalstrohet/?from=&to=&by=need``, also as a file."""
    period = period_of(request)
    by = request.GET.get("by", "need")
    if by not in get_args(By):
        raise InvalidInput(fields={"by": [", ".join(get_args(By))]})
    report = loyalty(seat.authority, period, by=cast("By", by))
    headings = {"need": _("Behov"), "supplier": _("Leverantör")}
    if wants_csv(request):
        told = {"first": period.first.isoformat(), "last": period.last.isoformat()}
        return csv_file(
            request,
            name=_("avtalstrohet"),
            columns=[Column(headings[by]), *_columns()],
            rows=_cells(report),
            notes=[_("%(first)s till %(last)s, SEK utan moms.") % told],
        )
    return page(
        request,
        seat,
        "loyalty",
        section="external",
        report=report,
        period=period,
        by=by,
        fixed_basis=True,
        heading=headings[by],
        nameless=_("Inte lagt i något behov") if by == "need" else _("Leverantör saknas i filen"),
        chips=[
            {
                "by": key,
                "label": label,
                "query": urlencode({"from": period.from_text, "to": period.to_text, "by": key}),
            }
            for key, label in headings.items()
        ],
        crumbs=crumbs(
            seat,
            (_("Köpt utanför"), reverse("officer:external", args=[seat.authority.pk])),
            (_("Avtalstrohet"), ""),
        ),
    )


def _columns() -> list[Column]:
    return [
        Column(_("Under avtal, kr")),
        Column(_("Utanför avtal, kr")),
        Column(_("Kan inte avgöras, kr")),
        Column(_("Avtalstrohet"), places=4),
        Column(_("Täckt andel av värdet"), places=4),
    ]


def _cells(report: LoyaltyReport) -> Iterator[list[Cell]]:
    for part in report.parts:
        yield [part.name, *_sums(part.sums)]
    yield [_("Summa"), *_sums(report.whole)]


def _sums(sums: Loyalty) -> list[Cell]:
    return [sums.under_sek, sums.outside_sek, sums.unknown_sek, sums.share, sums.coverage]
