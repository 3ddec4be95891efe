"""Addresses of the officer's pages, under ``/myndighet/<authority>/``."""

from django.urls import include, path

from orders.views.officer import (
    agreements,
    awards,
    climate,
    criteria,
    external,
    home,
    invoices,
    last_leg,
    law,
    register,
    spending,
    suppliers,
    weighings,
)

app_name = "officer"

pages = [
    path("", home.home, name="home"),
    path("vantar/", home.waiting, name="waiting"),
    path("vantar/<int:order_id>/skicka/", home.send_again, name="send_again"),
    path("avslag/", home.refused, name="refused"),
    path("avtal/", agreements.agreements, name="agreements"),
    path("avtal/delkontrakt/<int:lot_id>/", agreements.lot, name="lot"),
    path("avtal/delkontrakt/<int:lot_id>/tak/", awards.ceiling, name="ceiling"),
    path("avrop/<int:call_off_id>/", agreements.call_off, name="call_off"),
    path("bestallning/<int:order_id>/", agreements.order_why, name="order_why"),
    path("direktupphandling/", awards.award, name="award"),
    path("inkop/", spending.spending, name="spend"),
    path("inkop/rader/", spending.rows, name="spend_rows"),
    path("fakturor/", invoices.invoices, name="invoices"),
    path("klimat/", spending.climate, name="climate"),
    path("klimat/faktorer/", climate.factors, name="factors"),
    path("klimat/utan-faktor/", climate.unmapped, name="unmapped"),
    path("klimat/utan-faktor/<int:product_id>/", climate.map_product, name="map_product"),
    path("klimat/utveckling/", climate.years, name="trend"),
    path("klimat/samma-varor/", weighings.weighings, name="weighings"),
    path("klimat/samma-varor/ny/", weighings.new_weighing, name="new_weighing"),
    path("klimat/sista-strackan/", last_leg.last_leg, name="last_leg"),
    path("klimat/sista-strackan/ny/", last_leg.new_round, name="new_round"),
    path("klimat/publicera/", climate.publish, name="publish"),
    path("klimat/publicerat/", climate.published, name="published"),
    path("klimat/publicerat/<int:published_id>/", climate.published_figure, name="published_figure"),
    path("leverantorer/", suppliers.suppliers, name="suppliers"),
    path("leverantorer/<int:supplier_id>/stang-av/", suppliers.suspend, name="suspend"),
    path("avstangning/<int:standing_id>/lyft/", suppliers.lift, name="lift"),
    path("direktupphandlingar/", register.awards, name="awards"),
    path("direktupphandlingar/<int:agreement_id>/", register.award_why, name="award_why"),
    path("avstangning/<int:standing_id>/", register.standing_why, name="standing_why"),
    path(
        "direktupphandlingar/<int:agreement_id>/dokumentation/", register.documentation, name="documentation"
    ),
    path("lag/", law.law, name="law"),
    path("lag/belopp/<int:figure_id>/", law.figure, name="figure"),
    path("lag/belopp/<int:figure_id>/nytt/", law.new_figure, name="new_figure"),
    path("lag/paragraf/<int:paragraph_id>/", law.paragraph, name="paragraph"),
    path("lag/egen-grans/", law.own_limit, name="own_limit"),
    path("lag/krav/", criteria.criteria, name="criteria"),
    path("externa/behov/", register.needs, name="needs"),
    path("externa/", external.external, name="external"),
    path("externa/rader/", external.purchases, name="purchases"),
    path("externa/<int:import_id>/", external.imported, name="imported"),
]

urlpatterns = [path("myndighet/<int:authority_id>/", include(pages))]
