"""What is bought elsewhere: periods with their climate figure and coverage, the files, and a file's rows."""

from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from market.queries.factors import active_set
from orders.queries.external import external_footprint
from orders.queries.imports import (
    WantedPurchases,
    all_purchases,
    import_of,
    imports_of,
    purchases_page,
)
from orders.queries.seats import Seat
from orders.views.officer import files
from orders.views.officer.desk import crumbs, csv_file, number_of, page, reading, wants_csv


@reading
def external(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/externa/``: by period and currency, with the imported files."""
    factor_set = active_set()
    periods = external_footprint(seat.authority, factor_set) if factor_set else ()
    if wants_csv(request):
        return csv_file(
            request,
            name=_("externa-inkop"),
            columns=files.external_columns(),
            rows=files.external_cells(periods),
        )
    return page(
        request,
        seat,
        "external",
        section="external",
        periods=periods,
        factor_set=factor_set,
        comparable=all(period.may_compare for period in periods),
        imports=imports_of(seat.authority),
    )


@reading
def imported(request: HttpRequest, seat: Seat, import_id: int) -> HttpResponseBase:
    """``…/externa/<import>/``: the rows of a file, in its own order."""
    row = import_of(seat.authority, import_id)
    return _rows(
        request, seat, WantedPurchases(import_id=import_id), title=row.file_name, undone=bool(row.undone_at)
    )


@reading
def purchases(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """``…/externa/rader/?from=2018-07-01&to=2019-06-30&currency=USD``: the rows behind a period."""
    try:
        first, last = (date.fromisoformat(request.GET.get(name, "")) for name in ("from", "to"))
    except ValueError as fault:
        raise InvalidInput(fields={"from, to": ["2018-07-01"]}) from fault
    wanted = WantedPurchases(first=first, last=last, currency=request.GET.get("currency", ""))
    return _rows(request, seat, wanted, title=f"{first}–{last}, {wanted.currency}", undone=False)


def _rows(
    request: HttpRequest, seat: Seat, wanted: WantedPurchases, *, title: str, undone: bool
) -> HttpResponseBase:
    if wants_csv(request):
        return csv_file(
            request,
            name=_("externa-inkop-rader"),
            columns=files.purchase_columns(),
            rows=files.purchase_cells(all_purchases(seat.authority, wanted)),
            notes=[title],
        )
    return page(
        request,
        seat,
        "imported",
        section="external",
        found=purchases_page(seat.authority, wanted, after=number_of(request, "efter") or 0),
        title=title,
        undone=undone,
        import_id=wanted.import_id,
        crumbs=crumbs(
            seat, (_("Köpt utanför"), reverse("officer:external", args=[seat.authority.pk])), (title, "")
        ),
    )
