"""Addresses of a farm's own offers."""

from django.urls import path

from market.views import hubs, lists, offers, register, terms

app_name = "market"
urlpatterns = [
    path("varor/", register.products, name="register"),
    path("varor/ny/", register.product_new, name="product_new"),
    path("varor/<int:product_id>/", register.product, name="product"),
    path("gard/<int:supplier_id>/erbjudanden/", offers.offers, name="offers"),
    path("gard/<int:supplier_id>/erbjudanden/nytt/", offers.offer_new, name="offer_new"),
    path("gard/<int:supplier_id>/erbjudanden/vecka/", offers.week_act, name="week_act"),
    path("nav/<int:hub_id>/lage/", hubs.where, name="hub_where"),
    path("gard/<int:supplier_id>/villkor/", terms.terms, name="terms"),
    path("gard/<int:supplier_id>/villkor/paus/", terms.pause, name="pause"),
    path("gard/<int:supplier_id>/villkor/paus/<int:pause_id>/ta-bort/", terms.pause_end, name="pause_end"),
    path("gard/<int:supplier_id>/listor/", lists.lists, name="lists"),
    path("gard/<int:supplier_id>/listor/ut/", lists.list_out, name="list_out"),
    path("gard/<int:supplier_id>/listor/<int:file_id>/", lists.farm_list, name="list"),
    path("gard/<int:supplier_id>/listor/inlast/<int:import_id>/angra/", lists.list_undo, name="list_undo"),
    path("gard/<int:supplier_id>/erbjudanden/<int:offer_id>/", offers.offer, name="offer"),
]
