"""What is bought elsewhere: periods with their climate figure and coverage, the files, and a file's rows."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from orders.queries.external import external_footprint
from orders.queries.imports import import_rows, imports_of
from orders.queries.seats import Seat
from orders.queries.spend import active_set
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
        imports=imports_of(seat.authority),
    )


@reading
def imported(request: HttpRequest, seat: Seat, import_id: int) -> HttpResponseBase:
    """``…/externa/<import>/``: the rows of a file, in its own order."""
    after = number_of(request, "efter")
    found = import_rows(seat.authority, import_id, after=-1 if after is None else after)
    return page(
        request,
        seat,
        "imported",
        section="external",
        found=found,
        crumbs=crumbs(
            seat,
            (_("Köpt utanför"), reverse("officer:external", args=[seat.authority.pk])),
            (found.row.file_name, ""),
        ),
    )
