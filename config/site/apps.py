from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "config.site"
    label = "site"
    verbose_name = "Plats"

    def ready(self) -> None:
        """Tasks that a page or a command sends go to the house's own queue, also outside a worker."""
        import_module("config.celery")
