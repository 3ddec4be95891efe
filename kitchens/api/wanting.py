"""What a kitchen wants by habit and ahead: its standing lists, its forecasts; and the sums that farms see."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import Amount, Asked, Day, Id, Text, Truth, Wanted
from config.ground.doors import actor_of, arrived_at, once_of, user_of
from kitchens.actions.forecasts import MOST, save_forecasts
from kitchens.actions.standing_lists import LONGEST_NAME, remove_standing_list, save_standing_list
from kitchens.models import Forecast, StandingList, StandingListLine
from kitchens.queries.access import kitchen_for
from kitchens.queries.baskets import WantedLine
from kitchens.queries.forecasts import SeasonNeed, forecasts_of, season_needs, weeks_from
from kitchens.queries.standing_lists import standing_list_for, standing_lists_of
from market.queries.delivery import hubs_of_farm
from market.queries.names import goods_name
from market.rules.calendar import STOCKHOLM
from suppliers.queries import supplier_for

MOST_LINES = 1000
GRAM = Decimal("0.001")
Rows = Sequence[dict[str, Any]]


def _no_doubles(rows: Rows, *names: str) -> Rows:
    """A thing that stands twice: which of the two was meant? Raises ValidationError at the second."""
    seen: set[tuple[Any, ...]] = set()
    faults: list[dict[str, list[str]]] = []
    for row in rows:
        key = tuple(row[name] for name in names)
        faults.append({names[0]: [_("Står redan på en annan rad.")]} if key in seen else {})
        seen.add(key)
    if any(faults):
        raise serializers.ValidationError(faults)
    return rows


class ListLineAsked(Asked):
    """``quantity`` in the product's base unit."""

    product = Id()
    quantity = Amount(max_digits=10, decimal_places=3, min_value=GRAM)
    accept_part = Truth(default=True, help_text="false: all of it or nothing")
    note = Text(default="", allow_blank=True, max_length=200)


class StandingListAsked(Asked):
    name = Text(max_length=LONGEST_NAME)
    lines = serializers.ListField(child=ListLineAsked(), min_length=1, max_length=MOST_LINES)

    def validate_lines(self, rows: Rows) -> Rows:
        return _no_doubles(rows, "product")


class ListLineTold(serializers.ModelSerializer[StandingListLine]):
    class Meta:
        model = StandingListLine
        fields = read_only_fields = ["product", "quantity", "accept_part", "note"]


class StandingListTold(serializers.ModelSerializer[StandingList]):
    lines = ListLineTold(many=True, read_only=True)

    class Meta:
        model = StandingList
        fields = read_only_fields = ["id", "name", "changed_at", "lines"]


class RemovalAsked(Asked):
    """Nothing needs to be said: an empty object."""


class RemovedTold(serializers.Serializer[Any]):
    id = serializers.IntegerField()


class ForecastAsked(Asked):
    """``week`` is its Monday; without a quantity, or with 0, the forecast is taken away."""

    product = Id()
    week = Day()
    quantity = Amount(max_digits=10, decimal_places=3, min_value=0, max_value=MOST, allow_null=True)


class ForecastsAsked(Asked):
    lines = serializers.ListField(child=ForecastAsked(), min_length=1, max_length=MOST_LINES)

    def validate_lines(self, rows: Rows) -> Rows:
        return _no_doubles(rows, "product", "week")


class ForecastsWanted(Wanted):
    week = Day(required=False, help_text="its Monday")


class ForecastTold(serializers.ModelSerializer[Forecast]):
    """What the kitchen believes that it will want. It binds nobody and is no order."""

    class Meta:
        model = Forecast
        fields = read_only_fields = ["id", "product", "week", "quantity", "changed_at"]


class SavedTold(serializers.Serializer[Any]):
    lines = serializers.IntegerField()


class SeasonNeedTold(serializers.Serializer[Any]):
    product = serializers.IntegerField(source="product_id")
    name = serializers.SerializerMethodField(help_text="in the language that you read")
    base_unit = serializers.CharField()
    week = serializers.DateField()
    quantity = serializers.DecimalField(max_digits=14, decimal_places=3)
    kitchens = serializers.IntegerField(help_text="how many stand behind the sum, never which")

    def get_name(self, need: SeasonNeed) -> str:
        return goods_name(need)


class SeasonNeedsTold(serializers.Serializer[Any]):
    """Not binding. A sum of fewer than three kitchens is not told: it would tell one kitchen's plans."""

    results = SeasonNeedTold(many=True)


class StandingListsDoor(Door):
    @extend_schema(responses=StandingListTold(many=True))
    def get(self, request: Request, kitchen_id: int) -> Response:
        """The kitchen's standing lists."""
        self.wanted()
        return self.page(
            standing_lists_of(kitchen_for(user_of(request), kitchen_id).kitchen), StandingListTold
        )

    @extend_schema(request=StandingListAsked, responses={201: StandingListTold})
    def post(self, request: Request, kitchen_id: int) -> Response:
        """Save a list under a name. One of that name is replaced."""
        asked = self.asked(StandingListAsked)
        access = kitchen_for(user_of(request), kitchen_id)
        access.check_may_fill()
        made = save_standing_list(
            kitchen=access.kitchen,
            name=asked.validated_data["name"],
            lines=[
                WantedLine(
                    product_id=line["product"],
                    quantity=line["quantity"],
                    accept_part=line["accept_part"],
                    note=line["note"],
                )
                for line in asked.validated_data["lines"]
            ],
            once=once_of(request, endpoint=f"POST kitchens/{kitchen_id}/lists", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(StandingListTold(standing_list_for(access.kitchen, made.pk)).data, status=201)


class StandingListDoor(Door):
    @extend_schema(responses=StandingListTold)
    def get(self, request: Request, kitchen_id: int, pk: int) -> Response:
        """A standing list."""
        kitchen = kitchen_for(user_of(request), kitchen_id).kitchen
        return self.one(StandingListTold(standing_list_for(kitchen, pk)))


class StandingListRemovalDoor(Door):
    @extend_schema(request=RemovalAsked, responses={200: RemovedTold})
    def post(self, request: Request, kitchen_id: int, pk: int) -> Response:
        """Take a standing list away."""
        asked = self.asked(RemovalAsked)
        access = kitchen_for(user_of(request), kitchen_id)
        access.check_may_fill()
        remove_standing_list(
            kitchen=access.kitchen,
            list_id=pk,
            once=once_of(request, endpoint=f"POST lists/{pk}/remove", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(RemovedTold({"id": pk}).data)


class ForecastsDoor(Door):
    @extend_schema(parameters=[ForecastsWanted], responses=ForecastTold(many=True))
    def get(self, request: Request, kitchen_id: int) -> Response:
        """What the kitchen forecasts. Not binding."""
        kitchen = kitchen_for(user_of(request), kitchen_id).kitchen
        return self.page(forecasts_of(kitchen, **self.wanted(ForecastsWanted)), ForecastTold)

    @extend_schema(request=ForecastsAsked, responses={200: SavedTold})
    def post(self, request: Request, kitchen_id: int) -> Response:
        """Set the kitchen's forecasts of these products and weeks. They bind nobody; others stay as they are."""
        asked = self.asked(ForecastsAsked)
        access = kitchen_for(user_of(request), kitchen_id)
        access.check_may_fill()
        lines = asked.validated_data["lines"]
        save_forecasts(
            kitchen=access.kitchen,
            quantities={(line["product"], line["week"]): line["quantity"] for line in lines},
            once=once_of(
                request, endpoint=f"POST kitchens/{kitchen_id}/forecasts", body=asked.validated_data
            ),
            by=actor_of(request),
        )
        return Response(SavedTold({"lines": len(lines)}).data)


class SeasonNeedsDoor(Door):
    @extend_schema(responses=SeasonNeedsTold)
    def get(self, request: Request, supplier_id: int) -> Response:
        """What kitchens at your farm's hubs forecast together for the coming weeks. Names no kitchen."""
        supplier = supplier_for(user_of(request), supplier_id)
        self.wanted()
        weeks = weeks_from(arrived_at(request).astimezone(STOCKHOLM).date())
        found = season_needs(hub_ids=hubs_of_farm(supplier), weeks=weeks)
        return self.one(SeasonNeedsTold({"results": found}))
