"""The audit log: who did what, and who looked. Rows are only ever added; a database trigger refuses the rest."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from dmi.audit.verbs import choices
from dmi.core.models import Tracked, TrackedQuerySet

if TYPE_CHECKING:
    from dmi.accounts.models import User


Kept = TypeVar("Kept", bound=models.Model)


class AppendOnly(TypeError):
    """Rows of the audit log are never changed or deleted."""


class AppendOnlyQuerySet(models.QuerySet[Kept]):
    """Reads and single inserts only."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: the log is append-only."""
        raise AppendOnly(f"{self.model.__name__} rows are never changed.")

    def delete(self) -> NoReturn:
        """Refused: the log is append-only."""
        raise AppendOnly(f"{self.model.__name__} rows are never deleted.")


class AuditEventQuerySet(AppendOnlyQuerySet["AuditEvent"]):
    """Events of the log, narrowed by case, by person and by record."""

    def for_case(self, case: Any) -> Self:
        """Events of one case; of no case, none."""
        return self.filter(case_id=case.pk) if case is not None else self.none()

    def by_actor(self, user: User) -> Self:
        """What one person did."""
        return self.filter(actor=user)

    def about(self, subject: models.Model) -> Self:
        """What was done to one record."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


class Outcome(models.TextChoices):
    """How the act ended."""

    ALLOWED = "allowed", "Allowed"
    DENIED = "denied", "Refused"
    FAILED = "failed", "Failed"


class AuditEvent(models.Model):
    """One act or one look by one person, in ids and codes.

    A trigger sets `at` (the database's clock), `cluster` and `xid` (the writing transaction, which the sealer orders
    by) and `row_hash`; what Python hands in for them is overwritten.
    """

    is_append_only = True

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=60, choices=choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.ALLOWED)
    case_id = models.UUIDField(null=True, blank=True)
    subject_type = models.CharField(max_length=80, blank=True, default="")
    subject_id = models.CharField(max_length=64, blank=True, default="")
    facts = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=500, blank=True, default="")
    address = models.GenericIPAddressField(null=True, blank=True)
    session_hash = models.CharField(max_length=32, blank=True, default="")
    cluster = models.BigIntegerField(default=0, editable=False)
    xid = models.BigIntegerField(default=0, editable=False)
    row_hash = models.CharField(max_length=64, default="", editable=False)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["case_id", "-id"], name="audit_event_case"),
            models.Index(fields=["actor", "-id"], name="audit_event_actor"),
            models.Index(fields=["subject_type", "subject_id"], name="audit_event_subject"),
            models.Index(fields=["cluster", "xid", "id"], name="audit_event_order"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: the log is append-only."""
        raise AppendOnly("AuditEvent rows are never deleted.")


class AuditSeal(models.Model):
    """A batch of events, closed and chained to the batch before it by its hash.

    `leaves` holds, for each event in order, its id (8 bytes) and its row hash (32 bytes), so that a check can name
    the very row that was changed, deleted or slipped in.
    """

    is_append_only = True

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    cluster = models.BigIntegerField()
    from_xid = models.BigIntegerField()
    upto_xid = models.BigIntegerField()
    count = models.PositiveIntegerField()
    leaves = models.BinaryField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True, default="")
    hash = models.CharField(max_length=64, unique=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["cluster", "-number"], name="audit_seal_cluster")]

    def __str__(self) -> str:
        return f"Seal {self.number}"


class ExportRequest(models.Model):
    """A wish to take records of a case out as a file, which a second member must approve before the file is made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField(db_index=True)
    kind = models.SlugField(max_length=40)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=500)
    filters = models.JSONField(default=dict, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    # Put on each row by the page that lists them.
    is_open: bool
    title: str

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by=None, approved_at=None)
                | (
                    models.Q(approved_by__isnull=False, approved_at__isnull=False)
                    & ~models.Q(approved_by=models.F("asked_by"))
                ),
                name="audit_export_needs_a_second_person",
            )
        ]

    def __str__(self) -> str:
        return f"Export asked on {self.asked_at:%Y-%m-%d}"


class AlarmQuerySet(TrackedQuerySet["Alarm"]):
    """Alarms, narrowed to those nobody has acknowledged."""

    def open(self) -> Self:
        """Those that wait for somebody."""
        return self.filter(acknowledged_at=None)


class Alarm(Tracked):
    """Something that must not pass unseen: a code, ids and numbers, never a word of a case.

    `key` tells one cause from another: the same cause is raised once.
    """

    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=200, unique=True)
    case_id = models.UUIDField(null=True, blank=True, db_index=True)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="alarms")
    facts = models.JSONField(default=dict, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=400, blank=True)

    objects: ClassVar = AlarmQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["acknowledged_at", "-created_at"], name="audit_alarm_open")]
        constraints = [
            models.CheckConstraint(
                name="alarm_acknowledged_whole",
                condition=models.Q(acknowledged_by=None, acknowledged_at=None, reason="")
                | (models.Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False) & ~models.Q(reason="")),
            ),
            models.CheckConstraint(
                name="alarm_not_acknowledged_by_whom_it_is_about",
                condition=models.Q(about__isnull=True) | ~models.Q(acknowledged_by=models.F("about")),
            ),
        ]

    def __str__(self) -> str:
        return self.kind
