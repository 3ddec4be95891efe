"""Addresses of the kitchens' own pages: menus, recipes, payback with its board and its tap page."""

from django.urls import path

import config.ground.addresses  # noqa: F401  # makes <day:…> known
from kitchens.views import (
    board,
    imports,
    menus,
    payback,
    recipes,
    school_year,
    school_year_of_all,
    swapping,
    tapping,
    waste,
    where,
)

app_name = "kitchens"
urlpatterns = [
    path("arbetare.js", board.worker, name="worker"),
    path("board/<slug:slug>", board.board, name="board"),
    path("board/<slug:slug>/nu", board.board_part, name="board_part"),
    path("board/<slug:slug>/metod", board.board_method, name="board_method"),
    path("tryck/<str:word>/", tapping.tap, name="tap"),
    path("kok/<int:kitchen_id>/meny/", menus.menu, name="menu"),
    path("kok/<int:kitchen_id>/svinn/", waste.waste, name="waste"),
    path("kok/<int:kitchen_id>/svinn/fil/", waste.waste_file, name="waste_file"),
    path("kok/<int:kitchen_id>/lage/", where.where, name="where"),
    path("kok/<int:kitchen_id>/lasar/", school_year.school_year, name="school_year"),
    path(
        "myndighet/<int:authority_id>/lasar/",
        school_year_of_all.school_year_of_all,
        name="school_year_of_all",
    ),
    path("kok/<int:kitchen_id>/meny/<day:day>/", menus.menu_day, name="menu_day"),
    path("kok/<int:kitchen_id>/meny/<day:day>/prognos/", menus.day_forecast, name="forecast"),
    path("kok/<int:kitchen_id>/meny/<day:day>/byt/", swapping.swap, name="swap"),
    path("kok/<int:kitchen_id>/recept/", recipes.recipes, name="recipes"),
    path("kok/<int:kitchen_id>/recept/import/", imports.recipe_import, name="recipe_import"),
    path("kok/<int:kitchen_id>/recept/nytt/", recipes.recipe_new, name="recipe_new"),
    path("kok/<int:kitchen_id>/recept/<int:recipe_id>/", recipes.recipe, name="recipe"),
    path("kok/<int:kitchen_id>/payback/", payback.payback, name="payback"),
    path("kok/<int:kitchen_id>/payback/skolan/", payback.definition, name="payback_definition"),
    path("kok/<int:kitchen_id>/payback/<day:day>/", payback.day, name="payback_day"),
]
