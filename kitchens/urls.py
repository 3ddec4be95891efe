"""Addresses of the kitchens' own pages: payback, its board and its tap page."""

from django.urls import path

import config.ground.addresses  # noqa: F401  # makes <day:…> known
from kitchens.views import board, payback, tapping

app_name = "kitchens"
urlpatterns = [
    path("arbetare.js", board.worker, name="worker"),
    path("board/<slug:slug>", board.board, name="board"),
    path("board/<slug:slug>/nu", board.board_part, name="board_part"),
    path("board/<slug:slug>/metod", board.board_method, name="board_method"),
    path("tryck/<str:word>/", tapping.tap, name="tap"),
    path("kok/<int:kitchen_id>/payback/", payback.payback, name="payback"),
    path("kok/<int:kitchen_id>/payback/skolan/", payback.definition, name="payback_definition"),
    path("kok/<int:kitchen_id>/payback/<day:day>/", payback.day, name="payback_day"),
]
