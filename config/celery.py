"""The queue: Celery reads its settings from Django's and its schedule from the register of jobs."""

import os

from celery import Celery

from config.ground.jobs import all_jobs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("bygdemat")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    job.name: {
        "task": job.task,
        "schedule": job.every_seconds,
        # While no worker is up, the queue must not fill with runs that the next one makes needless.
        "options": {"expires": job.every_seconds},
    }
    for job in all_jobs()
    if job.every_seconds is not None
}
