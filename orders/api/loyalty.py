"""``/contract-loyalty/``: how much of an authority's spend lies under agreements."""

from typing import Any, get_args

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import IdWanted, Text, Wanted
from config.ground.doors import arrived_at, user_of
from config.ground.refusals import InvalidInput
from market.rules.calendar import STOCKHOLM
from orders.queries.loyalty import By, loyalty
from orders.queries.seats import seat_for
from orders.rules.loyalty import Loyalty
from orders.rules.periods import Period, read_period


class LoyaltyWanted(Wanted):
    """``first`` and ``last`` are months (2026-03) or years; without them this year."""

    authority = IdWanted()
    first = Text(required=False, max_length=7)
    last = Text(required=False, max_length=7)
    by = serializers.ChoiceField(get_args(By), default="need")


class LoyaltySumsTold(serializers.Serializer[Loyalty]):
    """SEK excl. VAT. ``share`` is of what can be told, ``coverage`` how much of all spend that is; null where neither is known."""

    under_sek = serializers.DecimalField(max_digits=18, decimal_places=2)
    outside_sek = serializers.DecimalField(max_digits=18, decimal_places=2)
    unknown_sek = serializers.DecimalField(max_digits=18, decimal_places=2)
    share = serializers.DecimalField(max_digits=7, decimal_places=6, allow_null=True)
    coverage = serializers.DecimalField(max_digits=7, decimal_places=6, allow_null=True)


class LoyaltyPartTold(serializers.Serializer[Any]):
    name = serializers.CharField(allow_blank=True, help_text="empty: no need, or no supplier in the file")
    sums = LoyaltySumsTold()


class LoyaltyTold(serializers.Serializer[Any]):
    by = serializers.ChoiceField(get_args(By))
    parts = LoyaltyPartTold(many=True)
    whole = LoyaltySumsTold()


class LoyaltyDoor(Door):
    @extend_schema(parameters=[LoyaltyWanted], responses=LoyaltyTold)
    def get(self, request: Request) -> Response:
        """Call-offs and purchases elsewhere, by need or by supplier: under agreements, outside, and what can't be told."""
        asked = self.wanted(LoyaltyWanted)
        seat = seat_for(user_of(request), asked["authority"])
        report = loyalty(seat.authority, _period(request, asked), by=asked["by"])
        return self.one(LoyaltyTold(report))


def _period(request: Request, asked: dict[str, Any]) -> Period:
    today = arrived_at(request).astimezone(STOCKHOLM).date()
    try:
        return read_period(asked.get("first", ""), asked.get("last", ""), today=today)
    except ValueError as fault:
        raise InvalidInput(fields={"first, last": ["2026-03"]}) from fault
