"""Addresses of farms', kitchens' and hubs' pages about what is bought."""

from django.urls import path

import config.ground.addresses  # noqa: F401  # makes <day:…> known
from orders.views import kitchens, ordering, receipts

app_name = "orders"
urlpatterns = [
    path("kok/<int:kitchen_id>/", kitchens.kitchen, name="kitchen"),
    path("kok/<int:kitchen_id>/bestallning/<int:order_id>/", kitchens.order, name="order"),
    path("kok/<int:kitchen_id>/avrop/<int:call_off_id>/", kitchens.call_off, name="call_off"),
    path("kok/<int:kitchen_id>/mottagning/<day:day>/", receipts.receipt, name="receipt"),
    path("kok/<int:kitchen_id>/bestall/<day:day>/", ordering.order_new, name="order_new"),
]
