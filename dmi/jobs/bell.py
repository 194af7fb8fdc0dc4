"""The doorbell: tells the workers that something waits. The row is the truth; a lost ring costs only time."""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from dmi.jobs.models import Job

log = logging.getLogger(__name__)
SCAN_AT_MOST = 500
ONE_MORE_TRY = {"max_retries": 1, "interval_start": 0, "interval_step": 0}  # a kept connection may have gone stale


def ring(job_id: uuid.UUID) -> bool:
    """Tell the workers now; False when the broker cannot be reached (the scan rings again)."""
    from dmi.jobs.tasks import run_job  # the task imports the worker, which rings for parents

    try:
        run_job.apply_async((str(job_id),), retry=True, retry_policy=ONE_MORE_TRY, ignore_result=True)
    except (OperationalError, OSError):
        log.warning("The broker cannot be reached; job %s waits for the next scan.", job_id)
        return False
    Job.objects.filter(pk=job_id).update(rung_at=Now())
    return True


def ring_on_commit(job_id: uuid.UUID) -> None:
    """Tell the workers as soon as the surrounding transaction is committed; a broken broker never breaks the act."""
    transaction.on_commit(lambda: ring(job_id), robust=True)


def scan() -> int:
    """Ring for what waits unheard or was left behind by a lost worker; says how many bells were rung.

    Stops at the first failure: when the broker is away, the next scan tries again.
    """
    unheard = timedelta(seconds=settings.DMI_JOB_LEASE_SECONDS)
    silent = Q(rung_at=None) | Q(rung_at__lt=Now() - unheard) | Q(lease_until__isnull=False)
    waiting = Job.objects.takeable().filter(silent).order_by("created_at").values_list("pk", flat=True)
    rung = 0
    for job_id in list(waiting[:SCAN_AT_MOST]):
        if not ring(job_id):
            break
        rung += 1
    return rung
