"""The API's addresses of kitchens."""

from django.urls import path

from kitchens.api import kitchens

urlpatterns = [
    path("kitchens/", kitchens.KitchensDoor.as_view(), name="api_kitchens"),
    path("kitchens/<int:pk>/", kitchens.KitchenDoor.as_view(), name="api_kitchen"),
]
