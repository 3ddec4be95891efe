"""A farm's price and availability lists: in with a look first, read in whole or not at all, undone as a whole; and out."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import Asked, Day, FileContent, Id, Text, Truth, Wanted
from config.ground.doors import actor_of, arrived_at, once_of, user_of
from config.ground.models import StoredFile
from config.ground.tables import INTERNATIONAL, SWEDISH, csv_lines, workbook
from market.actions.lists import DryRun, import_list, keep_list, remember_answers, try_list, undo_list
from market.api.asked import week_of_reach
from market.interchange.farm_lists import Fault, fold
from market.models import ListImport
from market.queries.farm_lists import import_for, imports_of, list_columns, list_file_for, list_rows
from market.queries.list_wording import fault_words
from market.rules.calendar import STOCKHOLM
from market.rules.list_headings import Field
from market.rules.weeks import Period
from suppliers.queries import supplier_for

LONGEST_HEADING = 200
MOST_NAMES = 2000
KINDS = ["csv", "csv-int", "xlsx"]


class ListAsked(Asked):
    """``content`` is the file, CSV or XLSX, as base64. ``week`` is any day of the week that it is for."""

    name = Text(max_length=200)
    content = FileContent()
    week = Day()


class WeekWanted(Wanted):
    week = Day(help_text="any day of the week")


class OutWanted(WeekWanted):
    variant = serializers.ChoiceField(
        KINDS, default=KINDS[0], help_text="Swedish CSV, international CSV, or Excel"
    )


class ColumnsAsked(Asked):
    """The file's headings by what they hold."""

    product = Text(required=False, max_length=LONGEST_HEADING)
    pack = Text(required=False, max_length=LONGEST_HEADING)
    quantity = Text(required=False, max_length=LONGEST_HEADING)
    price = Text(required=False, max_length=LONGEST_HEADING)
    allergens = Text(required=False, max_length=LONGEST_HEADING)


class NameAsked(Asked):
    """What one of the file's own names is in the register."""

    name = Text(max_length=LONGEST_HEADING)
    product = Id()


class AnswersAsked(Asked):
    """How your files are to be read from now on. ``products`` are added to what you have named before."""

    week = Day()
    columns = ColumnsAsked(default=dict)
    products = serializers.ListField(child=NameAsked(), default=list, max_length=MOST_NAMES)
    price_has_vat = Truth(default=None, allow_null=True)
    counts_packs = Truth(default=None, allow_null=True)


class ImportAsked(Asked):
    """``prices_are_right``: prices in doubt are meant."""

    week = Day()
    prices_are_right = Truth(default=False)


class UndoAsked(Asked):
    """Nothing needs to be said: an empty object."""


class CellFaultTold(serializers.Serializer[Any]):
    """``row`` and ``column`` as they stand in the file; 0 and an empty text where it is the file as such."""

    row = serializers.IntegerField(source="line")
    column = serializers.CharField()
    code = serializers.CharField(source="wrong")
    words = serializers.SerializerMethodField()

    def get_words(self, fault: Fault) -> str:
        return fault_words(fault)


class DryRunTold(serializers.Serializer[Any]):
    """What reading the file in would do; nothing is read in. ``doubts`` are prices far off your own."""

    id = serializers.IntegerField(help_text="the file")
    name = serializers.CharField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField()
    may_be_read_in = serializers.BooleanField()
    asks_vat = serializers.BooleanField(help_text="say whether VAT is in the prices: price_has_vat")
    counts_packs = serializers.BooleanField()
    rows = serializers.IntegerField()
    totals = serializers.IntegerField(help_text="rows passed over: they sum up others")
    new = serializers.IntegerField(help_text="stocks")
    changed = serializers.IntegerField(help_text="stocks")
    left_alone = serializers.IntegerField(help_text="stocks of the week that the file does not name")
    headings = serializers.ListField(child=serializers.CharField())
    columns = serializers.DictField(child=serializers.CharField())
    unknown_products = serializers.ListField(child=serializers.CharField())
    faults = CellFaultTold(many=True)
    doubts = CellFaultTold(many=True)


class ListImportTold(serializers.ModelSerializer[ListImport]):
    name = serializers.CharField(source="file.name", read_only=True)

    class Meta:
        model = ListImport
        fields = read_only_fields = [
            "id",
            "file",
            "name",
            "valid_from",
            "valid_to",
            "rows",
            "imported_at",
            "undone_at",
        ]


class UndoneTold(serializers.Serializer[Any]):
    """``kept`` stocks were changed or ordered of since, and stand."""

    stocks = serializers.IntegerField()
    kept = serializers.IntegerField()


class ListOutTold(serializers.Serializer[Any]):
    name = serializers.CharField()
    content = FileContent(help_text="the file as base64")


def _week(request: Request, day: date) -> Period:
    return week_of_reach(day, today=arrived_at(request).astimezone(STOCKHOLM).date())


def _told(file: StoredFile, tried: DryRun, *, period: Period) -> DryRunTold:
    reading = tried.reading
    return DryRunTold(
        {
            "id": file.pk,
            "name": file.name,
            "valid_from": period.first,
            "valid_to": period.last,
            "may_be_read_in": tried.may_be_read_in,
            "asks_vat": reading.asks_vat,
            "counts_packs": reading.counts_packs,
            "rows": len(reading.rows),
            "totals": reading.totals,
            "new": tried.new,
            "changed": tried.changed,
            "left_alone": tried.left_alone,
            "headings": list(reading.headings),
            "columns": {str(field): reading.heading(field) for field in Field if field in reading.columns},
            "unknown_products": list(reading.unknown_products),
            "faults": tried.faults,
            "doubts": tried.doubts,
        }
    )


class ListsDoor(Door):
    @extend_schema(responses=ListImportTold(many=True))
    def get(self, request: Request, supplier_id: int) -> Response:
        """The lists that your farm has read in."""
        self.wanted()
        return self.page(imports_of(supplier_for(user_of(request), supplier_id)), ListImportTold)

    @extend_schema(request=ListAsked, responses={201: DryRunTold})
    def post(self, request: Request, supplier_id: int) -> Response:
        """Hand a list in and see what it would do. The same file again is the one that is there."""
        asked = self.asked(ListAsked)
        supplier = supplier_for(user_of(request), supplier_id)
        period = _week(request, asked.validated_data["week"])
        file = keep_list(
            supplier=supplier,
            name=asked.validated_data["name"],
            content=asked.validated_data["content"],
            once=once_of(request, endpoint=f"POST suppliers/{supplier_id}/lists", body=asked.validated_data),
            by=actor_of(request),
        )
        tried = try_list(supplier=supplier, file=file, period=period)
        return Response(_told(file, tried, period=period).data, status=201)


class ListDoor(Door):
    @extend_schema(parameters=[WeekWanted], responses=DryRunTold)
    def get(self, request: Request, supplier_id: int, pk: int) -> Response:
        """What reading the list in would do now."""
        supplier = supplier_for(user_of(request), supplier_id)
        file = list_file_for(supplier, pk)
        period = _week(request, self.wanted(WeekWanted)["week"])
        return self.one(_told(file, try_list(supplier=supplier, file=file, period=period), period=period))

    @extend_schema(operation_id="suppliers_lists_answer", request=AnswersAsked, responses={200: DryRunTold})
    def post(self, request: Request, supplier_id: int, pk: int) -> Response:
        """Answer what the list asks; the answers are remembered for the next one. Nothing is read in."""
        asked = self.asked(AnswersAsked)
        supplier = supplier_for(user_of(request), supplier_id)
        file = list_file_for(supplier, pk)
        told: dict[str, Any] = dict(asked.validated_data)
        period = _week(request, told.pop("week"))
        products = {fold(each["name"]): each["product"] for each in told.pop("products")}
        remember_answers(
            supplier=supplier,
            products=products,
            **told,
            once=once_of(request, endpoint=f"POST lists/{pk}", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(
            _told(file, try_list(supplier=supplier, file=file, period=period), period=period).data
        )


class ListImportsDoor(Door):
    @extend_schema(request=ImportAsked, responses={201: ListImportTold})
    def post(self, request: Request, supplier_id: int, pk: int) -> Response:
        """Read the list in, whole or not at all."""
        asked = self.asked(ImportAsked)
        supplier = supplier_for(user_of(request), supplier_id)
        done = import_list(
            supplier=supplier,
            file=list_file_for(supplier, pk),
            period=_week(request, asked.validated_data["week"]),
            prices_are_right=asked.validated_data["prices_are_right"],
            once=once_of(request, endpoint=f"POST lists/{pk}/import", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(ListImportTold(import_for(supplier, done.pk)).data, status=201)


class ListUndoDoor(Door):
    @extend_schema(request=UndoAsked, responses={200: UndoneTold})
    def post(self, request: Request, supplier_id: int, pk: int) -> Response:
        """Undo an import as a whole. What is ordered, and what was changed by hand since, stands."""
        asked = self.asked(UndoAsked)
        undone = undo_list(
            done=import_for(supplier_for(user_of(request), supplier_id), pk),
            once=once_of(request, endpoint=f"POST list-imports/{pk}/undo", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(UndoneTold(asdict(undone)).data)


class ListOutDoor(Door):
    @extend_schema(parameters=[OutWanted], responses=ListOutTold)
    def get(self, request: Request, supplier_id: int) -> Response:
        """What your farm has out in a week, as a file that can be changed and handed in again."""
        supplier = supplier_for(user_of(request), supplier_id)
        wanted = self.wanted(OutWanted)
        period = _week(request, wanted["week"])
        columns, rows = list_columns(), list_rows(supplier, period=period)
        notes = [_("Påhittade siffror: detta är en demo.")] if settings.DEMO else []
        kind = wanted["variant"]
        if kind == "xlsx":
            content = workbook(columns, rows, first_lines=notes)
        else:
            variant = INTERNATIONAL if kind == "csv-int" else SWEDISH
            content = "".join(csv_lines(columns, rows, variant=variant, first_lines=notes)).encode()
        name = f"lista-{period.first}.{'xlsx' if kind == 'xlsx' else 'csv'}"
        return Response(ListOutTold({"name": name, "content": content}).data)
