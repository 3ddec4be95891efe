"""``/reports/``: the library of reports, and one of them as its page tells it, by the same question."""

from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
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

MOST_PARTS, PARTS = 1000, 500


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
    behind = Text(required=False, max_length=9, help_text="from ``next``: the parts behind it")
    most = Text(required=False, max_length=4, help_text="parts at a time, 1 to 1000; 500 unasked")


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
    next = serializers.CharField(allow_null=True, help_text="what ``behind`` is for the parts that follow")


class ReportDoor(Door):
    @extend_schema(parameters=[ReportWanted], responses=ReportTold)
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
        told = as_json(report)
        begin, size = _number(question, "behind", 0, 10**9), _number(question, "most", PARTS, MOST_PARTS)
        parts = told["parts"]
        behind = begin + max(size, 1)
        told |= {"parts": parts[begin:behind], "next": str(behind) if behind < len(parts) else None}
        return self.one(ReportTold(told))


def _number(question: dict[str, str], name: str, otherwise: int, most: int) -> int:
    text = question.get(name, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        raise InvalidInput(fields={name: [f"0–{most}"]})
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
