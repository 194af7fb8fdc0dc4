"""Doing a job: take a lease, check the rights, run the handler, write its result and the state in one transaction."""

from __future__ import annotations

import logging
import time
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import Error, transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Now

from dmi.audit import actions as audit
from dmi.audit import alarms
from dmi.audit.verbs import Verb
from dmi.jobs import bell, heartbeat, registry, rights
from dmi.jobs.models import Job, State
from dmi.jobs.registry import Beat, Cancelled, LeaseLost, Refused

log = logging.getLogger(__name__)

WENT_WRONG = "Something went wrong on our side. Nothing was lost; you can try again."
INTERRUPTED = "The work was interrupted too often. Nothing was lost; you can try again."
PART_FAILED = "A part of this did not finish. Try again to redo the missing parts."
UNKNOWN_KIND = "This version of the program does not know this kind of work."


def run_next(family: uuid.UUID | None = None) -> Job | None:
    """Take one job and do it; None when there is nothing to take. `family` limits it to a job and its parts."""
    job = take(family)
    if job is not None:
        _do(job)
    return job


def run_until_ended(job: Job, patience: float = 3600) -> Job:
    """Do a job and its parts here, beside any worker, until it has ended; for commands that must wait for it.

    Raises TimeoutError after `patience` seconds.
    """
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        job.refresh_from_db()
        if not job.is_open:
            return job
        if run_next(job.pk) is None:
            time.sleep(0.2)
    raise TimeoutError(f"{job} has not ended")


@transaction.atomic
def take(family: uuid.UUID | None = None) -> Job | None:
    """Lease one takeable job to this worker: from the case that has waited longest, so that no case starves another."""
    jobs = Job.objects.takeable()
    if family is not None:
        jobs = jobs.filter(Q(pk=family) | Q(parent=family))
    jobs = jobs.annotate(served_at=_served_at()).order_by(F("served_at").asc(nulls_first=True), "created_at")
    job = jobs.select_for_update(skip_locked=True, of=("self",)).first()
    if job is None:
        return None
    if job.attempts >= job.max_attempts:
        _end(job, State.FAILED, error=INTERRUPTED)
        return take(family)
    return _lease(job)


def _served_at() -> Case:
    """When the job's case (outside any case: its asker) was last served."""
    started = Job.objects.filter(started_at__isnull=False).order_by("-started_at").values("started_at")
    by_case = Subquery(started.filter(case=OuterRef("case"))[:1])
    by_person = Subquery(started.filter(case=None, actor=OuterRef("actor"))[:1])
    return Case(When(case=None, then=by_person), default=by_case)


def _lease(job: Job) -> Job:
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING, attempts=F("attempts") + 1, lease_token=uuid.uuid4(), lease_until=heartbeat.lease_end(),
        heartbeat_at=Now(), started_at=Now(), done=0, error="",
    )  # fmt: skip
    return Job.objects.select_related("case", "actor").get(pk=job.pk)


def _do(job: Job) -> None:
    try:
        _try(job)
    except LeaseLost:
        log.warning("Job %s was taken over by another worker; this one's work is undone.", job.pk)
    except Error:  # the lease runs out and another worker takes over
        log.exception("The database went away under job %s", job.pk)


def _try(job: Job) -> None:
    if job.is_cancel_asked:  # asked of a worker that was lost before it could answer
        _end(job, State.CANCELLED)
        return
    refusal = _why_not(job)
    if refusal:
        _refuse(job, refusal)
        return
    try:
        with heartbeat.pulse_for(job) as pulse:
            _handle(job, pulse)
    except Cancelled:
        _end(job, State.CANCELLED)
    except LeaseLost:
        raise
    except Refused as refused:
        _fail(job, str(refused))
    except Exception:  # any fault of a handler counts as one attempt
        log.exception("Job %s (%s) failed, attempt %s", job.pk, job.kind, job.attempts)
        _try_later(job)


def _why_not(job: Job) -> str:
    if not registry.is_known(job.kind):
        return UNKNOWN_KIND
    if job.children.filter(state__in=(State.FAILED, State.CANCELLED)).exists():
        return PART_FAILED
    return rights.refusal(job)


@transaction.atomic
def _handle(job: Job, beat: Beat) -> None:
    """What the handler writes, its result and the state "done" are one transaction: all of it, once, or none of it."""
    beat()
    result = registry.find(job.kind)(job, beat)
    progress = getattr(beat, "progress", {})
    _end(job, State.DONE, result=result, **{"done": F("total")} | _last_words(progress))


def _last_words(progress: dict[str, Any]) -> dict[str, Any]:
    total = {"total": progress["total"], "done": progress["total"]} if "total" in progress else {}
    return total | {"what": ""}


@transaction.atomic
def _end(job: Job, state: State, **fields: Any) -> None:
    """The job has ended so, if this worker still holds it; otherwise LeaseLost undoes the transaction."""
    held = Job.objects.filter(pk=job.pk, lease_token=job.lease_token, state=job.state)
    if not held.update(state=state, finished_at=Now(), lease_token=None, lease_until=None, **fields):
        raise LeaseLost(str(job.pk))
    if job.parent_id:
        parent_id = job.parent_id
        transaction.on_commit(lambda: _ring_for_whole(parent_id), robust=True)


def _ring_for_whole(parent_id: uuid.UUID) -> None:
    """After the commit, so that of two parts ending together the later one sees both ended."""
    if Job.objects.takeable().filter(pk=parent_id).exists():
        bell.ring(parent_id)


@transaction.atomic
def _refuse(job: Job, words: str) -> None:
    _end(job, State.FAILED, error=words)
    facts = {"kind": job.kind, "right": job.needs, "actor": job.actor_id}
    audit.record(
        actor=job.actor, verb=Verb.JOB_REFUSED, case_id=job.case_id, subject=job, outcome="denied", facts=facts
    )


@transaction.atomic
def _fail(job: Job, words: str) -> None:
    _end(job, State.FAILED, error=words[:500])
    facts = {"kind": job.kind, "attempts": job.attempts}
    audit.record(actor=job.actor, verb=Verb.JOB_FAILED, case_id=job.case_id, subject=job, outcome="failed", facts=facts)
    alarms.sound("job_failed", f"{job.pk}:{job.attempts}", facts=facts)


def _try_later(job: Job) -> None:
    """Wait longer after each attempt; after the last one the job has failed."""
    if job.attempts >= job.max_attempts:
        _fail(job, WENT_WRONG)
        return
    wait = timedelta(seconds=settings.DMI_JOB_RETRY_SECONDS * 2 ** (job.attempts - 1))
    held = Job.objects.filter(pk=job.pk, lease_token=job.lease_token, state=State.RUNNING)
    held.update(state=State.QUEUED, run_after=Now() + wait, rung_at=None, lease_token=None, lease_until=None)
