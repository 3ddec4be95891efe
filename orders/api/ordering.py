"""``/orders/``: placed, checked, read, edited; ``/call-offs/`` with their findings."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door, version_asked
from config.ground.api.refusals import PreconditionFailed
from config.ground.doors import actor_of, arrived_at, once_of, user_of
from config.ground.refusals import ChangedMeanwhile
from kitchens.models import KitchenMember
from kitchens.queries.access import member_kitchen_for
from orders.actions.editing import edit_order
from orders.actions.placing import place_order
from orders.api.asked import CallOffsWanted, OrderAsked, OrderEditAsked, OrdersWanted
from orders.api.told import CallOffTold, CheckTold, EditedTold, OrderTold, PlacedTold, WholeOrderTold
from orders.queries.checking import check_order, reply_of
from orders.queries.papers import (
    call_off_for,
    call_offs_seen_by,
    order_for,
    order_to_edit_for,
    orders_seen_by,
)


class OrdersDoor(Door):
    @extend_schema(parameters=[OrdersWanted], responses=OrderTold(many=True))
    def get(self, request: Request) -> Response:
        """The orders of your kitchens, or of your authority."""
        return self.page(orders_seen_by(user_of(request), **self.wanted(OrdersWanted)), OrderTold)

    @extend_schema(request=OrderAsked, responses={201: PlacedTold, 200: PlacedTold})
    def post(self, request: Request) -> Response:
        """Place what may lawfully be ordered; what may not stays in the basket with its reason and its ways out.

        201 when there is an order, 200 with ``order`` null when no line could be placed. A line that could only
        be placed in part says what is missing and why.
        """
        asked = self.asked(OrderAsked)
        kitchen = member_kitchen_for(
            user_of(request), asked.validated_data["kitchen"], role=KitchenMember.Role.MANAGER
        )
        reply = place_order(
            kitchen=kitchen,
            delivery_date=asked.validated_data["delivery_date"],
            lines=asked.asked_lines(),
            arrived_at=arrived_at(request),
            once=once_of(request, endpoint="POST orders", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(reply, status=200 if reply["order"] is None else 201)


class OrderCheckDoor(Door):
    writes = False

    @extend_schema(request=OrderAsked, responses={200: CheckTold})
    def post(self, request: Request) -> Response:
        """Judge lines as placing would, this moment, and write nothing."""
        asked = self.asked(OrderAsked)
        checked = check_order(
            kitchen=member_kitchen_for(user_of(request), asked.validated_data["kitchen"]),
            delivery_date=asked.validated_data["delivery_date"],
            lines=asked.asked_lines(),
            arrived_at=arrived_at(request),
        )
        return Response(reply_of(checked))


class OrderDoor(Door):
    @extend_schema(responses=WholeOrderTold)
    def get(self, request: Request, pk: int) -> Response:
        """An order with its lines, their call-offs and what has come of them."""
        order = order_for(user_of(request), pk)
        return self.one(WholeOrderTold(order), version=order.version)

    @extend_schema(request=OrderEditAsked, responses={200: EditedTold})
    def put(self, request: Request, pk: int) -> Response:
        """Make these the order's lines, before the cut-off. Lines that are as before keep their call-offs.

        Somebody else's save in between is 412 (with If-Match) or 409 (with ``version``), with both versions.
        """
        asked = self.asked(OrderEditAsked)
        version, by_header = version_asked(request, asked.validated_data)
        order = order_to_edit_for(user_of(request), pk)
        try:
            reply = edit_order(
                kitchen=order.kitchen,
                order_id=order.pk,
                version=version,
                lines=asked.asked_lines(),
                arrived_at=arrived_at(request),
                once=once_of(
                    request, endpoint=f"PUT orders/{pk}", body={**asked.validated_data, "version": version}
                ),
                by=actor_of(request),
            )
        except ChangedMeanwhile as refused:
            raise PreconditionFailed(**refused.figures) if by_header else refused from refused
        return Response(reply)


class CallOffsDoor(Door):
    @extend_schema(parameters=[CallOffsWanted], responses=CallOffTold(many=True))
    def get(self, request: Request) -> Response:
        """The call-offs of your kitchens, or of your authority, with findings."""
        return self.page(call_offs_seen_by(user_of(request), **self.wanted(CallOffsWanted)), CallOffTold)


class CallOffDoor(Door):
    @extend_schema(responses=CallOffTold)
    def get(self, request: Request, pk: int) -> Response:
        """A call-off with its promise and its finding."""
        return self.one(CallOffTold(call_off_for(user_of(request), pk)))
