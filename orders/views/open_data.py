"""Open data for anybody: which authorities publish, what the columns are, and the figures as CSV and JSON."""

from collections.abc import Iterator

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.ground.doors import arrived_at
from market.rules.calendar import STOCKHOLM
from orders.interchange.open_files import as_csv_lines, as_objects, package
from orders.queries.open_data import COLUMNS, open_data, published_authorities
from orders.views.officer.desk import demo_notice

FORMATS = ("csv", "json", "datapackage")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """``/oppna-data/``."""
    today = arrived_at(request).astimezone(STOCKHOLM).date()
    told = {"authorities": published_authorities(today=today), "columns": COLUMNS}
    return render(request, "orders/open_data.html", told)


@require_safe
def data(request: HttpRequest, authority_id: int, form: str) -> HttpResponseBase:
    """``/oppna-data/<authority>/inkop.csv``, ``.json``, ``.datapackage``. Raises NotFound where nothing is published."""
    if form not in FORMATS:
        raise Http404
    found = open_data(authority_id, today=arrived_at(request).astimezone(STOCKHOLM).date())
    notice = demo_notice()
    if form == "csv":
        lines: Iterator[bytes] = (line.encode() for line in as_csv_lines(found))
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    told = as_objects(found, notice=notice) if form == "json" else package(found, notice=notice)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
