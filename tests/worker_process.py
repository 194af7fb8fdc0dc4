"""Run by tests/worker.py in a process of its own: a Celery worker against the test's database and Redis."""

from __future__ import annotations

import importlib
import json
import os

import django


def main() -> None:
    """Point Django and Celery at what the test says, then work until killed."""
    told = json.loads(os.environ["DMI_TEST_WORKER"])
    django.setup()
    from django.conf import settings

    from dmi.celery import app

    for name, value in told["settings"].items():
        setattr(settings, name, value)
    for module in told["imports"]:
        importlib.import_module(module)
    app.conf.update(
        broker_url=told["broker"],
        broker_read_url=told["broker"],
        broker_write_url=told["broker"],
        broker_connection_retry_on_startup=True,
        beat_schedule={"scan": {"task": "jobs.scan", "schedule": 1.0}},
        task_always_eager=False,
    )
    app.worker_main(
        ["worker", "--loglevel=INFO", "--concurrency=1", "--without-gossip", "--without-mingle", "--without-heartbeat",
         "--beat", "--schedule", told["schedule"]]
    )  # fmt: skip


if __name__ == "__main__":
    main()
