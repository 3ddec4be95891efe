"""Addresses of a farm's own offers."""

import config.ground.addresses  # noqa: F401  # makes <day:…> known

app_name = "market"
urlpatterns: list[object] = []
