"""The API's addresses of suppliers."""

from django.urls import path

from suppliers.api import farms, suppliers

urlpatterns = [
    path("suppliers/", suppliers.SuppliersDoor.as_view(), name="api_suppliers"),
    path("suppliers/<int:pk>/", suppliers.SupplierDoor.as_view(), name="api_supplier"),
    path(
        "suppliers/<int:supplier_id>/certificates/", farms.CertificatesDoor.as_view(), name="api_certificates"
    ),
    path(
        "suppliers/<int:supplier_id>/certificates/<int:pk>/end/",
        farms.CertificateEndDoor.as_view(),
        name="api_certificate_end",
    ),
]
