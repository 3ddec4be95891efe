"""``/climate/footprint/``: kg CO2e of goods and recipes, with what the figure covers and how sure it is."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.doors import arrived_at
from market.api.footprint_asked import FootprintAsked
from market.api.footprint_told import FootprintTold, footprint_told
from market.queries.footprints import footprints_of, last_leg_of
from market.rules.calendar import STOCKHOLM


class FootprintDoor(Door):
    writes = False

    @extend_schema(request=FootprintAsked, responses={200: FootprintTold})
    def post(self, request: Request) -> Response:
        """kg CO2e of goods in kg, litres, pieces, packs or recipes by one factor set. Writes nothing.

        What has no factor or no known weight is not covered, and never counted as zero.
        """
        asked = self.asked(FootprintAsked)
        today = arrived_at(request).astimezone(STOCKHOLM).date()
        told = asked.validated_data
        found = footprints_of(asked.goods(), on=today, factor_set=told["factor_set"], seed=told["seed"])
        leg = asked.leg()
        round_told = None if leg is None else last_leg_of(leg, factor_set=found.factor_set)
        return Response(footprint_told(found, round_told))
