"""``/hand-overs/``, ``/receipts/`` and ``/returns/``: what truly came, where, and what went back."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.doors import actor_of, once_of, user_of
from kitchens.queries.access import member_kitchen_for
from market.queries.access import hub_for
from orders.actions.handing_over import hand_over
from orders.actions.receiving import receive, return_goods
from orders.api.asked import HandOverAsked, HandOversWanted, OrdersWanted, ReceiptAsked, ReturnAsked
from orders.api.told import HandedOverTold, HandOverTold, ReceiptTold, ReceivedTold, ReturnedTold
from orders.queries.papers import (
    call_off_to_return_for,
    hand_over_for,
    hand_overs_seen_by,
    receipt_for,
    receipts_seen_by,
)


class HandOversDoor(Door):
    @extend_schema(parameters=[HandOversWanted], responses=HandOverTold(many=True))
    def get(self, request: Request) -> Response:
        """The hand-overs at your hub, of your farms, or for your authority."""
        return self.page(hand_overs_seen_by(user_of(request), **self.wanted(HandOversWanted)), HandOverTold)

    @extend_schema(request=HandOverAsked, responses={201: HandedOverTold})
    def post(self, request: Request) -> Response:
        """Take over a farm's goods at your hub. Lines that are not named did not come, and are no longer owed."""
        asked = self.asked(HandOverAsked)
        reply = hand_over(
            purchase_order_id=asked.validated_data["purchase_order"],
            hub_id=hub_for(user_of(request), asked.validated_data["hub"]).pk,
            lines=asked.handed_lines(),
            note=asked.validated_data["note"],
            once=once_of(request, endpoint="POST hand-overs", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(reply, status=201)


class HandOverDoor(Door):
    @extend_schema(responses=HandOverTold)
    def get(self, request: Request, pk: int) -> Response:
        """A hand-over with its lines."""
        return self.one(HandOverTold(hand_over_for(user_of(request), pk)))


class ReceiptsDoor(Door):
    @extend_schema(parameters=[OrdersWanted], responses=ReceiptTold(many=True))
    def get(self, request: Request) -> Response:
        """The receipts of your kitchens, or of your authority's."""
        return self.page(receipts_seen_by(user_of(request), **self.wanted(OrdersWanted)), ReceiptTold)

    @extend_schema(request=ReceiptAsked, responses={201: ReceivedTold})
    def post(self, request: Request) -> Response:
        """Receive what was handed over for your kitchen, and turn away what is wrong with its reason."""
        asked = self.asked(ReceiptAsked)
        reply = receive(
            kitchen=member_kitchen_for(user_of(request), asked.validated_data["kitchen"]),
            delivery_date=asked.validated_data["delivery_date"],
            lines=asked.received_lines(),
            note=asked.validated_data["note"],
            once=once_of(request, endpoint="POST receipts", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(reply, status=201)


class ReceiptDoor(Door):
    @extend_schema(responses=ReceiptTold)
    def get(self, request: Request, pk: int) -> Response:
        """A receipt with its lines."""
        return self.one(ReceiptTold(receipt_for(user_of(request), pk)))


class ReturnsDoor(Door):
    @extend_schema(request=ReturnAsked, responses={201: ReturnedTold})
    def post(self, request: Request) -> Response:
        """Send back packs that were received."""
        asked = self.asked(ReturnAsked)
        call_off = call_off_to_return_for(user_of(request), asked.validated_data["call_off"])
        reply = return_goods(
            call_off_id=call_off.pk,
            kitchen=call_off.kitchen,
            packs=asked.validated_data["packs"],
            reason=asked.validated_data["reason"],
            once=once_of(request, endpoint="POST returns", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(reply, status=201)
