"""``/criteria/check/``: may this be asked for?"""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.doors import arrived_at
from market.api.asked import CriteriaAsked
from market.api.told import CriteriaTold, criteria_told
from market.queries.criteria import read_criteria
from market.rules.calendar import STOCKHOLM
from market.rules.criteria_matters import Use


class CriteriaDoor(Door):
    writes = False

    @extend_schema(request=CriteriaAsked, responses={200: CriteriaTold})
    def post(self, request: Request) -> Response:
        """Read a requirement, criterion, award formula or sort order for what would not stand. Writes nothing.

        ``nothing`` says that no known word was found, not that the text is lawful.
        """
        asked = self.asked(CriteriaAsked).validated_data
        today = arrived_at(request).astimezone(STOCKHOLM).date()
        reading = read_criteria(
            asked["text"], use=Use(asked["use"]), regime=asked["regime"], on=asked["day"] or today
        )
        return Response(criteria_told(reading))
