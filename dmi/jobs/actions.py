"""Asking for background work, cancelling it and trying it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.jobs import bell, registry
from dmi.jobs.models import Job, State

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


class UnknownKind(ValueError):
    """No handler is registered for this kind of job."""


class ParentHasStarted(ValueError):
    """Parts can be added to a job only in the transaction that asked for it, before it starts."""


class CannotRetry(ValueError):
    """Only a job that failed or was cancelled can be tried again."""


@transaction.atomic
def enqueue(
    *,
    kind: str,
    case: MarketCase | None,
    actor: User | None,
    needs: str,
    facts: Mapping[str, Any],
    idempotency_key: str,
    total: int = 1,
    parent: Job | None = None,
    max_attempts: int = 5,
) -> Job:
    """The work is written down and the workers are told on commit; the same key gives the same job back.

    A parent is started when all its parts are done: enqueue it and its parts in one transaction.
    """
    if not registry.is_known(kind):
        raise UnknownKind(kind)
    if parent is not None and (parent.attempts or not parent.is_open):
        raise ParentHasStarted(parent.kind)
    wanted = {
        "kind": kind, "case": case, "actor": actor, "needs": needs, "facts": dict(facts), "total": total,
        "parent": parent, "max_attempts": max_attempts,
    }  # fmt: skip
    job, is_new = Job.objects.get_or_create(idempotency_key=idempotency_key, defaults=wanted)
    if is_new:
        bell.ring_on_commit(job.pk)
    return job


@transaction.atomic
def cancel(*, job: Job, actor: User) -> Job:
    """The job and its open parts stop: a waiting one at once, a working one at its next beat."""
    family = [member for member in _lock_family(job) if member.is_open and member.pk != job.parent_id]
    for member in family:
        member.is_cancel_asked = True
        if member.state == State.QUEUED:
            member.state = State.CANCELLED
            member.finished_at = Now()
        member.save(update_fields=["is_cancel_asked", "state", "finished_at"])
    if family:
        audit.record(actor=actor, verb=Verb.JOB_CANCELLED, case_id=job.case_id, subject=job, facts={"kind": job.kind})
        if job.parent_id:
            bell.ring_on_commit(job.parent_id)
    job.refresh_from_db()
    return job


@transaction.atomic
def retry(*, job: Job, actor: User) -> Job:
    """A job that failed or was cancelled waits again, with fresh attempts, and so do the parts and the whole it broke.

    It still runs in the name and with the rights of the person who first asked. Raises CannotRetry.
    """
    family = _lock_family(job)
    broken = [member for member in family if member.can_be_retried]
    if job.pk not in {member.pk for member in broken}:
        raise CannotRetry(str(job.pk))
    for member in broken:
        _wait_again(member)
    audit.record(actor=actor, verb=Verb.JOB_RETRIED, case_id=job.case_id, subject=job, facts={"kind": job.kind})
    job.refresh_from_db()
    return job


def _lock_family(job: Job) -> list[Job]:
    """The job, its parts and the whole it belongs to, always locked in the same order."""
    family = Job.objects.filter(Q(pk=job.pk) | Q(parent=job.pk) | Q(pk=job.parent_id))
    return list(family.order_by("pk").select_for_update())


def _wait_again(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=State.QUEUED, attempts=0, run_after=Now(), rung_at=None, lease_token=None, lease_until=None,
        is_cancel_asked=False, done=0, what="", error="", result=None, started_at=None, finished_at=None,
    )  # fmt: skip
    bell.ring_on_commit(job.pk)
