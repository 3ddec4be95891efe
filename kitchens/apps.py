from django.apps import AppConfig


class KitchensConfig(AppConfig):
    name = "kitchens"
    label = "kitchens"
    verbose_name = "Kök"
