"""``/purchase-orders/``: what a farm is to bring, and its answer."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.doors import actor_of, arrived_at, once_of, user_of
from orders.actions.answering import confirm
from orders.api.asked import AnswerAsked, PurchaseOrdersWanted
from orders.api.told import AnswerTold, PurchaseOrderTold, WholePurchaseOrderTold
from orders.queries.papers import purchase_order_for, purchase_order_to_answer_for, purchase_orders_seen_by


class PurchaseOrdersDoor(Door):
    @extend_schema(parameters=[PurchaseOrdersWanted], responses=PurchaseOrderTold(many=True))
    def get(self, request: Request) -> Response:
        """The purchase orders to your farms, of your authority, or that pass your hub (then without prices)."""
        rows = purchase_orders_seen_by(user_of(request), **self.wanted(PurchaseOrdersWanted))
        return self.page(rows, PurchaseOrderTold)


class PurchaseOrderDoor(Door):
    @extend_schema(responses=WholePurchaseOrderTold)
    def get(self, request: Request, pk: int) -> Response:
        """A purchase order with its lines."""
        return self.one(WholePurchaseOrderTold(purchase_order_for(user_of(request), pk)))


class AnswerDoor(Door):
    @extend_schema(request=AnswerAsked, responses={200: AnswerTold})
    def post(self, request: Request, pk: int) -> Response:
        """The farm's answer, once: in full, in part, or not. What it can't bring goes back to the kitchens' baskets."""
        asked = self.asked(AnswerAsked)
        order = purchase_order_to_answer_for(user_of(request), pk)
        reply = confirm(
            purchase_order_id=order.pk,
            packs=asked.packs(),
            reason=asked.validated_data["reason"],
            now=arrived_at(request),
            once=once_of(request, endpoint=f"POST purchase-orders/{pk}/answer", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(reply)
