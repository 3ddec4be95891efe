"""Addresses of farms', kitchens' and hubs' pages about what is bought."""

from django.urls import path

import config.ground.addresses  # noqa: F401  # makes <day:…> known
from orders.views import (
    answer_link,
    cant_bring,
    declared,
    farms,
    hubs,
    kitchens,
    needs,
    open_data,
    ordering,
    questions,
    receipts,
    record,
    swaps,
    wanting,
)

app_name = "orders"
urlpatterns = [
    path("gard/<int:supplier_id>/", farms.farm, name="farm"),
    path("gard/<int:supplier_id>/inkopsorder/<int:order_id>/", farms.purchase_order, name="purchase_order"),
    path(
        "gard/<int:supplier_id>/inkopsorder/<int:order_id>/foljesedel/",
        farms.delivery_note,
        name="delivery_note",
    ),
    path("gard/<int:supplier_id>/fraga/<int:question_id>/", questions.question, name="question"),
    path("gard/<int:supplier_id>/leveranser/", record.record, name="record"),
    path("gard/<int:supplier_id>/kan-inte/", cant_bring.cant_week, name="cant_week"),
    path("svar/<str:token>/", answer_link.answer_link, name="answer_link"),
    path("nav/<int:hub_id>/", hubs.hub, name="hub"),
    path("nav/<int:hub_id>/<day:day>/", hubs.hub_day, name="hub_day"),
    path("nav/<int:hub_id>/<day:day>/plocklista/", hubs.pick_list, name="pick_list"),
    path("nav/<int:hub_id>/<day:day>/<int:order_id>/", hubs.hand_over, name="hand_over"),
    path("kok/<int:kitchen_id>/", kitchens.kitchen, name="kitchen"),
    path("kok/<int:kitchen_id>/bestallning/<int:order_id>/", kitchens.order, name="order"),
    path("kok/<int:kitchen_id>/bestallning/<int:order_id>/igen/", wanting.order_again, name="order_again"),
    path("kok/<int:kitchen_id>/listor/", wanting.lists, name="standing_lists"),
    path("kok/<int:kitchen_id>/prognos/", wanting.forecast, name="forecast"),
    path("gard/<int:supplier_id>/behov/", wanting.season, name="season_needs"),
    path("kok/<int:kitchen_id>/avrop/<int:call_off_id>/", kitchens.call_off, name="call_off"),
    path("kok/<int:kitchen_id>/mottagning/<day:day>/", receipts.receipt, name="receipt"),
    path("kok/<int:kitchen_id>/bestall/<day:day>/", ordering.order_new, name="order_new"),
    path("kok/<int:kitchen_id>/meny/<day:day>/behov/", needs.needs, name="needs"),
    path("kok/<int:kitchen_id>/meny/<day:day>/innehall/", declared.declared, name="declared"),
    path("kok/<int:kitchen_id>/meny/<day:day>/byten/", swaps.swaps, name="swaps"),
    path("oppna-data/", open_data.index, name="open_data_index"),
    path("oppna-data/<int:authority_id>/inkop.<slug:form>", open_data.data, name="open_data"),
]
