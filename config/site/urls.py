from django.urls import URLPattern, path

from config.site.style import style_page

urlpatterns: list[URLPattern] = [
    path("style", style_page, name="style"),
]
