"""Every address under ``/api/v1/``."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from config.site.views import api

urlpatterns = [
    path("", include("orders.api.urls")),
    path("", include("kitchens.api.urls")),
    path("", include("market.api.urls")),
    path("", include("suppliers.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("docs/", api.docs, name="api_docs"),
]
