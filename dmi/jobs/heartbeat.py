"""The lease of a running job: renewed once a second, on a connection of its own, beside the handler's transaction."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import Error, connection
from django.db.models.functions import Now

from dmi.jobs.models import Job, State
from dmi.jobs.registry import Cancelled, LeaseLost

log = logging.getLogger(__name__)
EVERY_SECONDS = 1.0


def lease_end() -> Any:
    """When a lease taken or renewed now runs out, by the database's clock."""
    return Now() + timedelta(seconds=settings.DMI_JOB_LEASE_SECONDS)


class Pulse:
    """Writes lease and progress of one job when asked, on the caller's connection; for work within one transaction."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.progress: dict[str, Any] = {}
        self.is_lost = False
        self.is_cancelled = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Nothing to stop: this pulse has no thread."""

    def __call__(self, done: int | None = None, what: str | None = None, total: int | None = None) -> None:
        """Note the progress. Raises Cancelled when somebody cancelled, LeaseLost when another worker took over."""
        told = {"done": done, "what": what and what[:200], "total": total}
        self.progress |= {name: value for name, value in told.items() if value is not None}
        self.tell()
        if self.is_lost:
            raise LeaseLost(str(self.job.pk))
        if self.is_cancelled:
            raise Cancelled(str(self.job.pk))

    def tell(self) -> None:
        """Bring the news to the row at once."""
        self.write()

    def write(self) -> None:
        """Renew the lease and write the progress, if this worker still holds the job."""
        held = Job.objects.filter(pk=self.job.pk, lease_token=self.job.lease_token, state=State.RUNNING)
        if not held.update(heartbeat_at=Now(), lease_until=lease_end(), **self.progress):
            self.is_lost = True
        elif Job.objects.filter(pk=self.job.pk, is_cancel_asked=True).exists():
            self.is_cancelled = True


class ThreadPulse(Pulse):
    """Beats by itself in a thread, so that a handler busy for minutes keeps its lease."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"pulse-{job.pk}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._over.set()
        self._thread.join()

    def tell(self) -> None:
        """The thread brings the news with its next beat, within a second."""

    def _beat(self) -> None:
        try:
            while not self._over.is_set() and not self.is_lost:
                self._try_to_write()
                self._over.wait(EVERY_SECONDS)
        finally:
            connection.close()

    def _try_to_write(self) -> None:
        try:
            self.write()
        except Error:  # the database is restarting: the lease bridges that, the next beat tries again
            log.warning("Could not renew the lease of job %s", self.job.pk, exc_info=True)
            connection.close()


def pulse_for(job: Job) -> Pulse:
    """A beating pulse in a worker; a quiet one inside a transaction, which hides the row from other connections."""
    return Pulse(job) if connection.in_atomic_block else ThreadPulse(job)
