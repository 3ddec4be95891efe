"""``/suppliers/``: what anyone who buys or sells may know of those who sell."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.api.fields import Text, Wanted
from config.ground.doors import actor_of, once_of, user_of
from suppliers.actions import register_farm
from suppliers.api.farms import FarmAsked
from suppliers.api.told import SupplierTold
from suppliers.queries import public_supplier, public_suppliers


class SuppliersWanted(Wanted):
    name = Text(required=False, max_length=80, help_text="part of the name")


class SuppliersDoor(Door):
    @extend_schema(parameters=[SuppliersWanted], responses=SupplierTold(many=True))
    def get(self, request: Request) -> Response:  # noqa: ARG002  # open to all who are signed in
        """Suppliers with their certificates."""
        return self.page(public_suppliers(**self.wanted(SuppliersWanted)), SupplierTold)

    @extend_schema(request=FarmAsked, responses={201: SupplierTold})
    def post(self, request: Request) -> Response:
        """Register a farm that you act for. Its certificates and its terms at the hubs come next."""
        asked = self.asked(FarmAsked)
        user = user_of(request)
        made = register_farm(
            user=user,
            **asked.validated_data,
            language=user.language,
            once=once_of(request, endpoint="POST suppliers", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(SupplierTold(public_supplier(made.pk)).data, status=201)


class SupplierDoor(Door):
    @extend_schema(responses=SupplierTold)
    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        """A supplier with its certificates."""
        return self.one(SupplierTold(public_supplier(pk)))
