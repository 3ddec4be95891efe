"""The API's addresses of the market."""

from django.urls import path

from market.api import climate, criteria, keeping, lists, offers, register, sustainability, terms

urlpatterns = [
    path("offers/", offers.OffersDoor.as_view(), name="api_offers"),
    path("offers/<int:pk>/", offers.OfferDoor.as_view(), name="api_offer"),
    path("offers/<int:pk>/withdraw/", offers.WithdrawalDoor.as_view(), name="api_withdrawal"),
    path("pools/", offers.PoolsDoor.as_view(), name="api_pools"),
    path("pools/<int:pk>/", offers.PoolDoor.as_view(), name="api_pool"),
    path("products/", register.ProductsDoor.as_view(), name="api_products"),
    path("products/doubles/", keeping.DoublesDoor.as_view(), name="api_doubles"),
    path("products/<int:pk>/merge/", keeping.MergeDoor.as_view(), name="api_merge"),
    path("products/<int:pk>/mappings/", keeping.MappingDoor.as_view(), name="api_mapping"),
    path("products/<int:pk>/", register.ProductDoor.as_view(), name="api_product"),
    path("agreements/", register.AgreementsDoor.as_view(), name="api_agreements"),
    path("agreements/<int:pk>/", register.AgreementDoor.as_view(), name="api_agreement"),
    path("runs/", register.RunsDoor.as_view(), name="api_runs"),
    path("runs/<int:pk>/", register.RunDoor.as_view(), name="api_run"),
    path("climate/footprint/", climate.FootprintDoor.as_view(), name="api_footprint"),
    path(
        "sustainability-criteria/",
        sustainability.SustainabilityCriteriaDoor.as_view(),
        name="api_sustainability_criteria",
    ),
    path("criteria/check/", criteria.CriteriaDoor.as_view(), name="api_criteria"),
    path("suppliers/<int:supplier_id>/terms/", terms.TermsDoor.as_view(), name="api_terms"),
    path("suppliers/<int:supplier_id>/pauses/", terms.PausesDoor.as_view(), name="api_pauses"),
    path(
        "suppliers/<int:supplier_id>/pauses/<int:pk>/end/", terms.PauseEndDoor.as_view(), name="api_pause_end"
    ),
    path("suppliers/<int:supplier_id>/weeks/repeat/", terms.RepeatDoor.as_view(), name="api_repeat_week"),
    path(
        "suppliers/<int:supplier_id>/weeks/still-right/",
        terms.StillRightDoor.as_view(),
        name="api_still_right",
    ),
    path("suppliers/<int:supplier_id>/lists/", lists.ListsDoor.as_view(), name="api_lists"),
    path("suppliers/<int:supplier_id>/lists/out/", lists.ListOutDoor.as_view(), name="api_list_out"),
    path("suppliers/<int:supplier_id>/lists/<int:pk>/", lists.ListDoor.as_view(), name="api_list"),
    path(
        "suppliers/<int:supplier_id>/lists/<int:pk>/import/",
        lists.ListImportsDoor.as_view(),
        name="api_list_import",
    ),
    path(
        "suppliers/<int:supplier_id>/list-imports/<int:pk>/undo/",
        lists.ListUndoDoor.as_view(),
        name="api_list_undo",
    ),
]
