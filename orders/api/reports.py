"""``/reports/``: the library of reports, and one of them as its page tells it, by the same question."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import IdWanted, Text, Wanted
from config.ground.doors import arrived_at, user_of
from config.ground.refusals import InvalidInput, NotFound
from market.rules.calendar import STOCKHOLM
from orders.forms.reporting import read_asked
from orders.interchange.report_files import as_json
from orders.queries.reports.register import GROUPS, REPORTS, ReportSort
from orders.queries.seats import seat_for
from orders.rules.reporting import Report

MOST_PARTS, PARTS = 1000, 500
PAGING = (
    OpenApiParameter("cursor", str, description="out of next or previous"),
    OpenApiParameter("page_size", int, description=f"parts at a time, 1–{MOST_PARTS}; {PARTS} unasked"),
)


class ReportSortTold(serializers.Serializer[Any]):
    """A report of the library; ``bases``, ``by`` and ``narrowing`` are what its question may hold."""

    slug = serializers.CharField()
    title = serializers.CharField()
    question = serializers.CharField()
    group = serializers.CharField()
    bases = serializers.ListField(child=serializers.CharField())
    by = serializers.ListField(child=serializers.CharField())
    narrowing = serializers.ListField(child=serializers.CharField())


class LibraryTold(serializers.Serializer[Any]):
    reports = ReportSortTold(many=True)


class ReportsDoor(Door):
    @extend_schema(operation_id="reports_list", responses=LibraryTold)
    def get(self, _request: Request) -> Response:
        """Every report, with what its question may hold."""
        return self.one(LibraryTold({"reports": [_told(sort) for sort in REPORTS.values()]}))


class ReportWanted(Wanted):
    """``first`` and ``last`` are months (2026-03) or years; without them this year. Keys narrow the question."""

    authority = IdWanted()
    first = Text(required=False, max_length=7)
    last = Text(required=False, max_length=7)
    basis = Text(required=False, max_length=10, help_text="ordered or delivered, where the report has both")
    by = Text(required=False, max_length=12, help_text="one of the report's own ways of parting")
    kitchen = IdWanted(required=False)
    supplier = IdWanted(required=False)
    category = IdWanted(required=False)
    product = IdWanted(required=False)
    agreement = IdWanted(required=False)
    lot = IdWanted(required=False)
    mark = Text(required=False, max_length=20)


class ReportColumnTold(serializers.Serializer[Any]):
    """``kind`` is what the cells are, ``whole`` how their whole comes of them: sum, ratio or none."""

    key = serializers.CharField()
    heading = serializers.CharField()
    kind = serializers.CharField()
    whole = serializers.CharField()
    meaning = serializers.CharField(allow_blank=True)


class ReportCoverageTold(serializers.Serializer[Any]):
    share = serializers.CharField(allow_null=True)
    base = serializers.CharField()


class ReportPeriodTold(serializers.Serializer[Any]):
    vars()["from"] = serializers.DateField()
    to = serializers.DateField()


class Cells(serializers.DictField):
    """By column: exact figures as text with a point, counts as numbers, days by ISO 8601, null where it isn't known."""


class ReportTold(serializers.Serializer[Any]):
    report = serializers.CharField()
    title = serializers.CharField()
    definition = serializers.CharField()
    period = ReportPeriodTold()
    basis = serializers.CharField(allow_blank=True)
    vars()["source"] = serializers.CharField()
    coverage = ReportCoverageTold(many=True)
    narrowed_to = serializers.ListField(child=serializers.CharField())
    notes = serializers.ListField(child=serializers.CharField())
    columns = ReportColumnTold(many=True)
    parts = serializers.ListField(child=Cells())
    whole = Cells(allow_null=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class ReportDoor(Door):
    @extend_schema(parameters=[ReportWanted, *PAGING], responses=ReportTold)
    def get(self, request: Request, slug: str) -> Response:
        """One report by the same question, figures and permission as its page; the whole is of all parts."""
        asked = self.wanted(ReportWanted)
        seat = seat_for(user_of(request), asked["authority"])
        sort = REPORTS.get(slug)
        if sort is None:
            raise NotFound
        question = {name: str(value) for name, value in asked.items()}
        question |= {"from": question.pop("first", ""), "to": question.pop("last", "")}
        report = sort.make(
            read_asked(
                question,
                sort,
                authority=seat.authority,
                today=arrived_at(request).astimezone(STOCKHOLM).date(),
                language=get_language() or "sv",
            )
        )
        return self.one(ReportTold(_page(as_json(report), report, request)))


def _page(told: dict[str, Any], report: Report, request: Request) -> dict[str, Any]:
    """The parts from the one that the cursor names, so that one which came meanwhile moves no other."""
    size = _size(request.query_params.get("page_size", ""))
    keys = [part.key for part in report.parts]
    begin = _place(request.query_params.get("cursor", ""), keys)

    def at(place: int) -> str:
        asked = request.query_params.copy()
        asked["cursor"] = urlsafe_b64encode(keys[place].encode()).decode()
        return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")

    return told | {
        "parts": told["parts"][begin : begin + size],
        "next": at(begin + size) if begin + size < len(keys) else None,
        "previous": at(max(begin - size, 0)) if begin else None,
    }


def _place(cursor: str, keys: Sequence[str]) -> int:
    if not cursor:
        return 0
    try:
        return keys.index(urlsafe_b64decode(cursor.encode("ascii")).decode())
    except ValueError:  # not ours, or of a part that is no longer there
        raise InvalidInput(fields={"cursor": [_("Ta sidans adress ur next eller previous.")]}) from None


def _size(text: str) -> int:
    if not text:
        return PARTS
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_PARTS):
        raise InvalidInput(fields={"page_size": [f"1–{MOST_PARTS}"]})
    return int(text)


def _told(sort: ReportSort) -> dict[str, Any]:
    return {
        "slug": sort.slug,
        "title": str(sort.title),
        "question": str(sort.question),
        "group": str(GROUPS[sort.group]),
        "bases": [str(basis) for basis in sort.bases],
        "by": list(sort.bys),
        "narrowing": list(sort.narrowing),
    }
