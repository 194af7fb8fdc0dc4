"""What the clock looks for among background jobs."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from dmi.audit import alarms, watch
from dmi.jobs.models import Job

WAITS_AT_MOST = timedelta(minutes=10)


@watch.declare
def waiting() -> None:
    """Jobs that are due have waited for ten minutes: no worker takes them."""
    due = timezone.now() - WAITS_AT_MOST
    count = Job.objects.takeable().filter(run_after__lt=due).count()
    if count:
        alarms.sound("jobs_wait", f"{timezone.now():%Y-%m-%dT%H}", facts={"jobs": count})
