"""The API's addresses of orders and their papers."""

from django.urls import path

from orders.api import ordering

urlpatterns = [
    path("orders/", ordering.OrdersDoor.as_view(), name="api_orders"),
    path("orders/check/", ordering.OrderCheckDoor.as_view(), name="api_order_check"),
    path("orders/<int:pk>/", ordering.OrderDoor.as_view(), name="api_order"),
    path("call-offs/", ordering.CallOffsDoor.as_view(), name="api_call_offs"),
    path("call-offs/<int:pk>/", ordering.CallOffDoor.as_view(), name="api_call_off"),
]
