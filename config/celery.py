"""The queue: Celery reads its settings from Django's and its schedule from the register of jobs."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("bygdemat")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
