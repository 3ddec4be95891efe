"""A farm's terms at the hubs, its pauses, and what it does with a whole week of its offers."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import Amount, Asked, Day, Id, Text, Whole
from config.ground.doors import actor_of, arrived_at, once_of, user_of
from market.actions.delivery_terms import end_pause, pause_supplier, set_hub_terms
from market.actions.weeks import repeat_week, say_still_right
from market.api.asked import week_of_reach
from market.models import SupplierHubTerms, SupplierPause
from market.queries.terms import hub_named, own_pauses, own_terms
from market.rules.calendar import STOCKHOLM
from market.rules.weeks import DAYS
from suppliers.queries import supplier_for

MOST_DAYS = 14
MOST_POOLS = 1000
WEEKS_BACK = 52
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class TermsAsked(Asked):
    """``weekdays`` are 1 for Monday to 7 for Sunday. ``cut_off_time`` is Sweden's clock, so many working days before."""

    hub = Id()
    weekdays = serializers.ListField(child=Whole(min_value=1, max_value=7), min_length=1, max_length=7)
    lead_working_days = Whole(max_value=MOST_DAYS)
    cut_off_time = serializers.RegexField(CLOCK)
    minimum_order_sek = Amount(max_digits=10, decimal_places=2, min_value=Decimal(0), default=Decimal(0))


class TermsTold(serializers.ModelSerializer[SupplierHubTerms]):
    weekdays = serializers.SerializerMethodField()
    cut_off_time = serializers.TimeField(format="%H:%M", read_only=True)

    class Meta:
        model = SupplierHubTerms
        fields = read_only_fields = [
            "id",
            "hub",
            "weekdays",
            "lead_working_days",
            "cut_off_time",
            "minimum_order_sek",
        ]

    def get_weekdays(self, terms: Any) -> list[int]:
        return [int(day) for day in terms.weekdays]


class PauseAsked(Asked):
    first_day = Day()
    last_day = Day()
    reason = Text(default="", allow_blank=True, max_length=120)


class PauseTold(serializers.ModelSerializer[SupplierPause]):
    class Meta:
        model = SupplierPause
        fields = read_only_fields = ["id", "first_day", "last_day", "reason"]


class NothingAsked(Asked):
    """Nothing needs to be said: an empty object."""


class GoneTold(serializers.Serializer[Any]):
    id = serializers.IntegerField()


class RepeatAsked(Asked):
    """Any day of the weeks. Without ``from_week`` it is the week before."""

    week = Day()
    from_week = Day(default=None, allow_null=True)


class RepeatedTold(serializers.Serializer[Any]):
    """``left`` products were out in the week already; ``closed`` packs have a price that no agreement leaves open then."""

    offers = serializers.IntegerField()
    left = serializers.IntegerField()
    closed = serializers.IntegerField()


class StillRightAsked(Asked):
    pools = serializers.ListField(child=Id(), min_length=1, max_length=MOST_POOLS)


class StillRightTold(serializers.Serializer[Any]):
    pools = serializers.IntegerField(help_text="how many stocks are still right")


class TermsDoor(Door):
    @extend_schema(responses=TermsTold(many=True))
    def get(self, request: Request, supplier_id: int) -> Response:
        """Your farm's terms at each hub that it delivers to."""
        self.wanted()
        return self.page(own_terms(supplier_for(user_of(request), supplier_id)), TermsTold)

    @extend_schema(request=TermsAsked, responses={200: TermsTold})
    def post(self, request: Request, supplier_id: int) -> Response:
        """Set your farm's terms at a hub. They shape days that are not planned yet."""
        asked = self.asked(TermsAsked)
        told: dict[str, Any] = dict(asked.validated_data)
        days = "".join(str(day) for day in told.pop("weekdays"))
        made = set_hub_terms(
            supplier=supplier_for(user_of(request), supplier_id),
            hub=hub_named(told.pop("hub")),
            weekdays=days,
            **told,
            once=once_of(request, endpoint=f"POST suppliers/{supplier_id}/terms", body=asked.validated_data),
            by=actor_of(request),
        )
        made.refresh_from_db()
        return Response(TermsTold(made).data)


class PausesDoor(Door):
    @extend_schema(responses=PauseTold(many=True))
    def get(self, request: Request, supplier_id: int) -> Response:
        """Your farm's pauses."""
        self.wanted()
        return self.page(own_pauses(supplier_for(user_of(request), supplier_id)), PauseTold)

    @extend_schema(request=PauseAsked, responses={201: PauseTold})
    def post(self, request: Request, supplier_id: int) -> Response:
        """No day of yours is planned from the first to the last. What is planned already stands."""
        asked = self.asked(PauseAsked)
        made = pause_supplier(
            supplier=supplier_for(user_of(request), supplier_id),
            **asked.validated_data,
            once=once_of(request, endpoint=f"POST suppliers/{supplier_id}/pauses", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(PauseTold(made).data, status=201)


class PauseEndDoor(Door):
    @extend_schema(request=NothingAsked, responses={200: GoneTold})
    def post(self, request: Request, supplier_id: int, pk: int) -> Response:
        """Take a pause away."""
        asked = self.asked(NothingAsked)
        end_pause(
            supplier=supplier_for(user_of(request), supplier_id),
            pause_id=pk,
            once=once_of(request, endpoint=f"POST pauses/{pk}/end", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(GoneTold({"id": pk}).data)


class RepeatDoor(Door):
    @extend_schema(request=RepeatAsked, responses={200: RepeatedTold})
    def post(self, request: Request, supplier_id: int) -> Response:
        """Same as in an earlier week: what was on offer then, in the same amounts, where nothing is out yet."""
        asked = self.asked(RepeatAsked)
        today = arrived_at(request).astimezone(STOCKHOLM).date()
        week = week_of_reach(asked.validated_data["week"], today=today)
        earlier = asked.validated_data["from_week"]
        done = repeat_week(
            supplier=supplier_for(user_of(request), supplier_id),
            monday=week.first,
            from_monday=week_of_reach(earlier, today=today, field="from_week", back=WEEKS_BACK).first
            if earlier
            else week.first - DAYS,
            today=today,
            once=once_of(request, endpoint=f"POST suppliers/{supplier_id}/repeat", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(RepeatedTold(asdict(done)).data)


class StillRightDoor(Door):
    @extend_schema(request=StillRightAsked, responses={200: StillRightTold})
    def post(self, request: Request, supplier_id: int) -> Response:
        """Say that these stocks of your farm are still right."""
        asked = self.asked(StillRightAsked)
        said = say_still_right(
            supplier=supplier_for(user_of(request), supplier_id),
            pool_ids=asked.validated_data["pools"],
            now=arrived_at(request),
            once=once_of(
                request, endpoint=f"POST suppliers/{supplier_id}/still-right", body=asked.validated_data
            ),
            by=actor_of(request),
        )
        return Response(StillRightTold({"pools": said}).data)
