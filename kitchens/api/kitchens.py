"""``/kitchens/``: who orders and where it is delivered."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import IdWanted, Wanted
from config.ground.doors import user_of
from kitchens.models import Kitchen
from kitchens.queries.access import kitchen_for
from kitchens.queries.lists import kitchens_seen_by


class KitchensWanted(Wanted):
    authority = IdWanted(required=False)
    hub = IdWanted(required=False)


class KitchenTold(serializers.ModelSerializer[Kitchen]):
    class Meta:
        model = Kitchen
        fields = read_only_fields = ["id", "authority", "hub", "name", "kind", "pupils", "address"]


class KitchensDoor(Door):
    @extend_schema(parameters=[KitchensWanted], responses=KitchenTold(many=True))
    def get(self, request: Request) -> Response:
        """The kitchens that you work in, or your authority's."""
        return self.page(kitchens_seen_by(user_of(request), **self.wanted(KitchensWanted)), KitchenTold)


class KitchenDoor(Door):
    @extend_schema(responses=KitchenTold)
    def get(self, request: Request, pk: int) -> Response:
        """A kitchen."""
        return self.one(KitchenTold(kitchen_for(user_of(request), pk).kitchen))
