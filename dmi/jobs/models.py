"""Background work as rows: what is to be done, for whom, how far it is, and who holds it just now."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from dmi.accounts.models import User


class State(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Working"
    DONE = "done", "Finished"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


OPEN = (State.QUEUED, State.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs, narrowed by case, by person and by what a worker may take."""

    def for_case(self, case: Any) -> Self:
        """Jobs of one case; of no case, none."""
        return self.filter(case=case) if case is not None else self.none()

    def of_person(self, user: User) -> Self:
        """Jobs outside any case, which only the person who asked for them may see."""
        return self.filter(case=None, actor=user)

    def open(self) -> Self:
        """Not yet ended."""
        return self.filter(state__in=OPEN)

    def takeable(self) -> Self:
        """What a worker may take now: waiting and due, or left behind by a lost worker; no part of it still open."""
        parts = Job.objects.open().filter(parent=OuterRef("pk"))
        due = Q(state=State.QUEUED, run_after__lte=Now()) | Q(state=State.RUNNING, lease_until__lt=Now())
        return self.filter(due).filter(~Exists(parts))


class Job(models.Model):
    """One piece of background work, written in the same transaction as the act that asked for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    case = models.ForeignKey("cases.MarketCase", models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    needs = models.CharField(max_length=80, blank=True, default="", help_text="The right the actor must still hold.")
    facts = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    idempotency_key = models.CharField(max_length=200, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    run_after = models.DateTimeField(db_default=Now())
    rung_at = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    is_cancel_asked = models.BooleanField(default=False)

    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=1)
    what = models.CharField(max_length=200, blank=True, default="")
    result = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    error = models.CharField(max_length=500, blank=True, default="")

    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["state", "run_after"], name="jobs_job_waiting"),
            models.Index(fields=["case", "-started_at"], name="jobs_job_case_started"),
            models.Index(fields=["actor", "-started_at"], name="jobs_job_actor_started"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.RUNNING) | Q(lease_token__isnull=False, lease_until__isnull=False),
                name="jobs_running_has_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, finished_at=None) | (~Q(state__in=OPEN) & Q(finished_at__isnull=False)),
                name="jobs_ended_has_a_time",
            ),
            models.CheckConstraint(condition=Q(attempts__lte=F("max_attempts")), name="jobs_attempts_are_limited"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    def get_absolute_url(self) -> str:
        """The job's own page."""
        return self._url("detail")

    @property
    def is_open(self) -> bool:
        """Whether it still waits or works."""
        return self.state in OPEN

    @property
    def percent(self) -> int:
        """How far it is, in whole percent."""
        if self.state == State.DONE:
            return 100
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def can_be_retried(self) -> bool:
        """Whether it ended without its result."""
        return self.state in (State.FAILED, State.CANCELLED)

    def _url(self, page: str) -> str:
        if self.case_id is None:
            return reverse(f"jobs:own-{page}", args=[self.pk])
        return reverse(f"jobs:{page}", args=[self.case_id, self.pk])

    @property
    def progress_url(self) -> str:
        """The fragment with the progress bar."""
        return self._url("progress")

    @property
    def cancel_url(self) -> str:
        """Where the cancel button posts to."""
        return self._url("cancel")

    @property
    def retry_url(self) -> str:
        """Where the try-again button posts to."""
        return self._url("retry")
