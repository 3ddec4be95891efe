from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class GroundConfig(AppConfig):
    name = "config.ground"
    label = "ground"
    verbose_name = "Grund"

    def ready(self) -> None:
        import_module("config.celery")  # so that a task called from any process knows the queue
        # What apps hang on the ground: who writes which letter, who may read which file.
        autodiscover_modules("letters", "shelves")
