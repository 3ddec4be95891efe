"""Addresses of a farm's own facts."""

from django.urls import path

from suppliers import views

app_name = "suppliers"
urlpatterns = [
    path("gard/ny/", views.farm_new, name="farm_new"),
    path("gard/<int:supplier_id>/lage/", views.where, name="where"),
    path("gard/<int:supplier_id>/intyg/", views.papers, name="papers"),
    path("gard/<int:supplier_id>/intyg/<int:certificate_id>/avsluta/", views.paper_end, name="paper_end"),
]
