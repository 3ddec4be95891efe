"""``/external-purchases/``: what an authority buys elsewhere, as its files tell it."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.doors import user_of
from orders.api.asked import ExternalPurchasesWanted
from orders.api.told import ExternalPurchaseTold
from orders.queries.papers import external_purchase_for, external_purchases_seen_by


class ExternalPurchasesDoor(Door):
    @extend_schema(parameters=[ExternalPurchasesWanted], responses=ExternalPurchaseTold(many=True))
    def get(self, request: Request) -> Response:
        """Your authority's purchases outside the marketplace."""
        rows = external_purchases_seen_by(user_of(request), **self.wanted(ExternalPurchasesWanted))
        return self.page(rows, ExternalPurchaseTold)


class ExternalPurchaseDoor(Door):
    @extend_schema(responses=ExternalPurchaseTold)
    def get(self, request: Request, pk: int) -> Response:
        """One line of an imported file."""
        return self.one(ExternalPurchaseTold(external_purchase_for(user_of(request), pk)))
