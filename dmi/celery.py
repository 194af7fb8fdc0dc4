"""The Celery application: the doorbell of the jobs table, and the clock that rings for forgotten jobs."""

from celery import Celery

app = Celery("dmi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
