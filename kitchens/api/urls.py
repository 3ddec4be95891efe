"""The API's addresses of kitchens."""

from django.urls import path

from kitchens.api import kitchens, wanting

urlpatterns = [
    path("kitchens/", kitchens.KitchensDoor.as_view(), name="api_kitchens"),
    path("kitchens/<int:pk>/", kitchens.KitchenDoor.as_view(), name="api_kitchen"),
    path(
        "kitchens/<int:kitchen_id>/standing-lists/",
        wanting.StandingListsDoor.as_view(),
        name="api_standing_lists",
    ),
    path(
        "kitchens/<int:kitchen_id>/standing-lists/<int:pk>/",
        wanting.StandingListDoor.as_view(),
        name="api_standing_list",
    ),
    path(
        "kitchens/<int:kitchen_id>/standing-lists/<int:pk>/remove/",
        wanting.StandingListRemovalDoor.as_view(),
        name="api_standing_list_removal",
    ),
    path("kitchens/<int:kitchen_id>/forecasts/", wanting.ForecastsDoor.as_view(), name="api_forecasts"),
    path(
        "suppliers/<int:supplier_id>/season-needs/",
        wanting.SeasonNeedsDoor.as_view(),
        name="api_season_needs",
    ),
]
