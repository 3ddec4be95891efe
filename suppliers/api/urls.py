"""The API's addresses of suppliers."""

from django.urls import path

from suppliers.api import suppliers

urlpatterns = [
    path("suppliers/", suppliers.SuppliersDoor.as_view(), name="api_suppliers"),
    path("suppliers/<int:pk>/", suppliers.SupplierDoor.as_view(), name="api_supplier"),
]
