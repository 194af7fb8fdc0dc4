"""The casebook's project package and the shared core every step stands on."""

from dmi.celery import app as celery_app

__all__ = ["celery_app"]
