"""A farm can't bring more in a week."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import Asked, Day, Text, Truth
from config.ground.doors import actor_of, arrived_at, once_of, user_of
from market.api.asked import week_of_reach
from market.rules.calendar import STOCKHOLM
from orders.actions.cant_bring import LONGEST_REASON, cant_this_week
from suppliers.queries import supplier_for


class CantAsked(Asked):
    """``week`` is any day of it. ``ordered_too``: tell the kitchens that what is ordered will not come either."""

    week = Day()
    reason = Text(max_length=LONGEST_REASON)
    ordered_too = Truth(default=False)


class CantTold(serializers.Serializer[Any]):
    """``still_owed`` stocks have orders, which stand until the farm answers them; ``kitchens`` are told by letter."""

    offers = serializers.IntegerField()
    still_owed = serializers.IntegerField()
    kitchens = serializers.IntegerField()


class CantDoor(Door):
    @extend_schema(request=CantAsked, responses={200: CantTold})
    def post(self, request: Request, supplier_id: int) -> Response:
        """Take back what is not ordered for the week, and tell the kitchens that wait for something."""
        asked = self.asked(CantAsked)
        supplier = supplier_for(user_of(request), supplier_id)
        today = arrived_at(request).astimezone(STOCKHOLM).date()
        told = dict(asked.validated_data)
        done = cant_this_week(
            supplier=supplier,
            period=week_of_reach(told.pop("week"), today=today),
            **told,
            today=today,
            once=once_of(request, endpoint=f"POST suppliers/{supplier_id}/cant", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(CantTold(asdict(done)).data)
