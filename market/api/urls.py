"""The API's addresses of the market."""

from django.urls import path

from market.api import climate, criteria, offers, register

urlpatterns = [
    path("offers/", offers.OffersDoor.as_view(), name="api_offers"),
    path("offers/<int:pk>/", offers.OfferDoor.as_view(), name="api_offer"),
    path("offers/<int:pk>/withdraw/", offers.WithdrawalDoor.as_view(), name="api_withdrawal"),
    path("pools/", offers.PoolsDoor.as_view(), name="api_pools"),
    path("pools/<int:pk>/", offers.PoolDoor.as_view(), name="api_pool"),
    path("products/", register.ProductsDoor.as_view(), name="api_products"),
    path("products/<int:pk>/", register.ProductDoor.as_view(), name="api_product"),
    path("agreements/", register.AgreementsDoor.as_view(), name="api_agreements"),
    path("agreements/<int:pk>/", register.AgreementDoor.as_view(), name="api_agreement"),
    path("runs/", register.RunsDoor.as_view(), name="api_runs"),
    path("runs/<int:pk>/", register.RunDoor.as_view(), name="api_run"),
    path("climate/footprint/", climate.FootprintDoor.as_view(), name="api_footprint"),
    path("criteria/check/", criteria.CriteriaDoor.as_view(), name="api_criteria"),
]
