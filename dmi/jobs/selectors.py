"""Reading jobs."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from dmi.jobs.models import Job

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


def may_see(job: Job, *, user: User, can: Collection[str]) -> bool:
    """Whether this member of the job's case may know of it: who asked for it, and whoever holds its right."""
    return job.actor_id == user.pk or job.needs in can


def jobs_of(*, case: MarketCase, user: User, can: Collection[str]) -> QuerySet[Job]:
    """The case's jobs that this member may know of, newest first."""
    mine = Job.objects.for_case(case)
    return (mine.filter(actor=user) | mine.filter(needs__in=list(can))).select_related("actor")
