"""``/offers/`` and ``/pools/``: what farms have and at which packs."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.doors import actor_of, once_of, user_of
from market.actions.offers import change_stock, publish_offer, withdraw_offer
from market.api.asked import OfferAsked, StockAsked, StockWanted, WithdrawalAsked
from market.api.told import OfferTold, PoolTold
from market.queries.lists import (
    offer_for,
    offer_to_change_for,
    offers_seen_by,
    one_of,
    pack_of,
    pools_seen_by,
)
from suppliers.queries import supplier_for


class OffersDoor(Door):
    @extend_schema(parameters=[StockWanted], responses=OfferTold(many=True))
    def get(self, request: Request) -> Response:
        """What is on offer; of your own farms also what was withdrawn."""
        return self.page(offers_seen_by(user_of(request), **self.wanted(StockWanted)), OfferTold)

    @extend_schema(request=OfferAsked, responses={201: OfferTold})
    def post(self, request: Request) -> Response:
        """Post a pack of your farm. A live offer of the same pack and days is replaced; stock is raised, never lowered."""
        asked = self.asked(OfferAsked)
        user = user_of(request)
        told = {
            name: value for name, value in asked.validated_data.items() if name not in {"supplier", "pack"}
        }
        offer = publish_offer(
            supplier=supplier_for(user, asked.validated_data["supplier"]),
            pack=pack_of(asked.validated_data["pack"]),
            **told,
            once=once_of(request, endpoint="POST offers", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(OfferTold(offer_for(user, offer.pk)).data, status=201)


class OfferDoor(Door):
    @extend_schema(responses=OfferTold)
    def get(self, request: Request, pk: int) -> Response:
        """An offer."""
        return self.one(OfferTold(offer_for(user_of(request), pk)))

    @extend_schema(request=StockAsked, responses={200: OfferTold})
    def patch(self, request: Request, pk: int) -> Response:
        """Set the stock that the offer draws on, for all its packs. Never below what is ordered."""
        asked = self.asked(StockAsked)
        user = user_of(request)
        change_stock(
            pool=offer_to_change_for(user, pk).pool,
            quantity=asked.validated_data["quantity"],
            once=once_of(request, endpoint=f"PATCH offers/{pk}", body=asked.validated_data),
            by=actor_of(request),
        )
        return self.one(OfferTold(offer_for(user, pk)))


class WithdrawalDoor(Door):
    @extend_schema(request=WithdrawalAsked, responses={200: OfferTold})
    def post(self, request: Request, pk: int) -> Response:
        """Take a pack off. What is ordered of it stands."""
        asked = self.asked(WithdrawalAsked)
        user = user_of(request)
        withdraw_offer(
            offer=offer_to_change_for(user, pk),
            once=once_of(request, endpoint=f"POST offers/{pk}/withdraw", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(OfferTold(offer_for(user, pk)).data)


class PoolsDoor(Door):
    @extend_schema(parameters=[StockWanted], responses=PoolTold(many=True))
    def get(self, request: Request) -> Response:
        """Your own farms' stock."""
        return self.page(pools_seen_by(user_of(request), **self.wanted(StockWanted)), PoolTold)


class PoolDoor(Door):
    @extend_schema(responses=PoolTold)
    def get(self, request: Request, pk: int) -> Response:
        """A stock of your own farm."""
        return self.one(PoolTold(one_of(pools_seen_by(user_of(request)), pk)))
