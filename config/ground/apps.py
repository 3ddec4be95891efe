from django.apps import AppConfig


class GroundConfig(AppConfig):
    name = "config.ground"
    label = "ground"
    verbose_name = "Grund"
