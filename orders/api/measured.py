"""``/driven-rounds/`` and ``/weighings/``: what was measured of the way to the kitchens and of what became of the goods."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import Amount, Asked, Day, Id, IdWanted, Text, Wanted
from config.ground.doors import actor_of, arrived_at, once_of, user_of
from config.ground.refusals import InvalidInput
from market.rules.calendar import STOCKHOLM
from orders.actions.last_leg import RoundDraft, record_round
from orders.actions.weighing import WeighingDraft, record_weighing
from orders.api.asked import Row, refuse_doubles
from orders.models import DrivenRound, Weighing, WeighingLine
from orders.queries.checking import MOST_LINES
from orders.queries.measured import (
    kitchens_to_measure,
    round_for,
    rounds_seen_by,
    weighing_for,
    weighings_seen_by,
)

MOST_KITCHENS = 500


def _km() -> Amount:
    return Amount(max_digits=9, decimal_places=3, min_value=0, default=None, allow_null=True)


def _per_km() -> Amount:
    return Amount(max_digits=12, decimal_places=6, min_value=0, default=None, allow_null=True)


class RoundAsked(Asked):
    """``driven_km`` × ``kg_per_vehicle_km``, or ``km`` × ``kg_per_tonne_km``: one of the two. kg CO2e per km and tonne-km."""

    delivery_date = Day()
    name = Text(max_length=80)
    source = Text(  # type: ignore[assignment]  # the field's own name in the body
        max_length=200, help_text="who measured or published the figure per km, and when"
    )
    kitchens = serializers.ListField(child=Id(), min_length=1, max_length=MOST_KITCHENS)
    driven_km = _km()
    kg_per_vehicle_km = _per_km()
    km = _km()
    kg_per_tonne_km = _per_km()
    load_kg = Amount(
        max_digits=14,
        decimal_places=3,
        min_value=Decimal("0.001"),
        default=None,
        allow_null=True,
        help_text="all that the vehicle carried, where others' goods were on it too",
    )

    def draft(self) -> RoundDraft:
        told = self.validated_data
        return RoundDraft(**{name: told[name] for name in told if name != "kitchens"})


class RoundsWanted(Wanted):
    """``first`` and ``last`` are delivery days."""

    authority = IdWanted(required=False)
    first = Day(required=False)
    last = Day(required=False)


class RoundTold(serializers.ModelSerializer[DrivenRound]):
    kitchens = serializers.SerializerMethodField()

    class Meta:
        model = DrivenRound
        fields = read_only_fields = [
            "id",
            "authority",
            "hub",
            "delivery_date",
            "name",
            "source",
            "kitchens",
            "driven_km",
            "kg_per_vehicle_km",
            "km",
            "kg_per_tonne_km",
            "load_kg",
            "recorded_at",
        ]

    def get_kitchens(self, row: DrivenRound) -> list[int]:
        return sorted(stop.kitchen_id for stop in row.stops.all())


class RoundsDoor(Door):
    @extend_schema(parameters=[RoundsWanted], responses=RoundTold(many=True))
    def get(self, request: Request) -> Response:
        """The rounds that your authority has told of; one told again stands once, as it was told last."""
        return self.page(rounds_seen_by(user_of(request), **self.wanted(RoundsWanted)), RoundTold)

    @extend_schema(request=RoundAsked, responses={201: RoundTold})
    def post(self, request: Request) -> Response:
        """A round as it was driven from one hub to your kitchens. Under the same day and name it takes the old one's place."""
        asked = self.asked(RoundAsked)
        draft = asked.draft()
        kitchens = kitchens_to_measure(user_of(request), asked.validated_data["kitchens"])
        if len({kitchen.hub_id for kitchen in kitchens}) > 1:
            raise InvalidInput(
                fields={"kitchens": [_("Köken hör till olika hubbar. Skriv en runda för varje hubb.")]}
            )
        made = record_round(
            authority=kitchens[0].authority,
            hub=kitchens[0].hub,
            kitchens=kitchens,
            draft=draft,
            today=_today(request),
            once=once_of(request, endpoint="POST driven-rounds", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(RoundTold(made).data, status=201)


class RoundDoor(Door):
    @extend_schema(responses=RoundTold)
    def get(self, request: Request, pk: int) -> Response:
        """A round with its kitchens."""
        return self.one(RoundTold(round_for(user_of(request), pk)))


class WeighingLineAsked(Asked):
    product = Id()
    kg = Amount(max_digits=9, decimal_places=3, min_value=0, help_text="as bought")


class WeighingAsked(Asked):
    """Served or wasted on days of one month; a stock is of one day, when it was over, and holds all that was there."""

    kitchen = Id()
    kind = serializers.ChoiceField(Weighing.Kind.choices)
    first_day = Day()
    last_day = Day()
    note = Text(default="", allow_blank=True, max_length=200)
    lines = serializers.ListField(child=WeighingLineAsked(), max_length=MOST_LINES)

    def validate_lines(self, rows: list[Row]) -> Any:
        return refuse_doubles(rows, of=lambda row: row["product"], field="product")

    def draft(self) -> WeighingDraft:
        told = self.validated_data
        return WeighingDraft(
            kind=told["kind"],
            first_day=told["first_day"],
            last_day=told["last_day"],
            kg={row["product"]: row["kg"] for row in told["lines"]},
            note=told["note"],
        )


class WeighingsWanted(Wanted):
    """``first`` and ``last`` bound the weighings' last day."""

    authority = IdWanted(required=False)
    kitchen = IdWanted(required=False)
    kind = serializers.ChoiceField(Weighing.Kind.choices, required=False)
    first = Day(required=False)
    last = Day(required=False)


class WeighingLineTold(serializers.ModelSerializer[WeighingLine]):
    class Meta:
        model = WeighingLine
        fields = read_only_fields = ["product", "kg"]


class WeighingTold(serializers.ModelSerializer[Weighing]):
    lines = WeighingLineTold(many=True, read_only=True)

    class Meta:
        model = Weighing
        fields = read_only_fields = [
            "id",
            "authority",
            "kitchen",
            "kind",
            "first_day",
            "last_day",
            "note",
            "recorded_at",
            "lines",
        ]


class WeighingsDoor(Door):
    @extend_schema(parameters=[WeighingsWanted], responses=WeighingTold(many=True))
    def get(self, request: Request) -> Response:
        """What your authority's kitchens weighed; one told again stands once, as it was told last."""
        return self.page(weighings_seen_by(user_of(request), **self.wanted(WeighingsWanted)), WeighingTold)

    @extend_schema(request=WeighingAsked, responses={201: WeighingTold})
    def post(self, request: Request) -> Response:
        """What a kitchen served, wasted or had in stock. For the same days it takes the old one's place."""
        asked = self.asked(WeighingAsked)
        (kitchen,) = kitchens_to_measure(user_of(request), [asked.validated_data["kitchen"]])
        made = record_weighing(
            kitchen=kitchen,
            draft=asked.draft(),
            today=_today(request),
            once=once_of(request, endpoint="POST weighings", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(WeighingTold(made).data, status=201)


class WeighingDoor(Door):
    @extend_schema(responses=WeighingTold)
    def get(self, request: Request, pk: int) -> Response:
        """A weighing with its goods."""
        return self.one(WeighingTold(weighing_for(user_of(request), pk)))


def _today(request: Request) -> date:
    return arrived_at(request).astimezone(STOCKHOLM).date()
