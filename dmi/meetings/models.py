"""Meetings of the team and with the community: who was there, what was decided, who does what by when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from dmi.cases import policy
from dmi.core.models import CaseQuerySet, CaseRecord


class Meeting(CaseRecord):
    """One meeting: planned with an agenda, held with minutes."""

    data_class = "meetings"

    class Kind(models.TextChoices):
        TEAM = "team", "Team meeting"
        COMMUNITY = "community", "Community meeting"
        BRIEFING = "briefing", "Briefing of mayor or council"
        SERVICES = "services", "Service providers' meeting"
        CALL_IN = "call_in", "Preparation of the call-in"
        DEBRIEF = "debrief", "Debrief"
        OTHER = "other", "Other meeting"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField("name", max_length=120)
    starts_at = models.DateTimeField("begins")
    ends_at = models.DateTimeField("ends", null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=300, blank=True, help_text="What will be settled when it is over.")
    agenda = models.TextField(max_length=4000, blank=True, help_text="One item a line.")
    minutes = models.TextField(
        max_length=20000, blank=True, help_text="No names of candidates: everyone on the team reads this."
    )
    is_cancelled = models.BooleanField("called off", default=False)

    class Meta:
        ordering = ("-starts_at",)
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_it_begins",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="The meeting must end after it begins.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("meetings:show-meeting", args=[self.case_id, self.pk])

    @property
    def agenda_items(self) -> list[str]:
        """The agenda, item by item."""
        return [line.strip() for line in self.agenda.splitlines() if line.strip()]


class Attendance(CaseRecord):
    """Somebody invited to a meeting, a member of the team or a contact of the book, and whether they came."""

    data_class = "meetings"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance", editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey("directory.Contact", models.PROTECT, null=True, blank=True, related_name="+")
    has_come = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="attendance_of_one_person",
                condition=Q(member__isnull=True, contact__isnull=False) | Q(member__isnull=False, contact__isnull=True),
            ),
            models.UniqueConstraint(fields=("meeting", "member"), name="member_invited_once"),
            models.UniqueConstraint(fields=("meeting", "contact"), name="contact_invited_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {'came' if self.has_come else 'invited'}"

    @property
    def name(self) -> str:
        """The person's name as written out."""
        if self.member:
            return self.member.display_name
        return self.contact.name if self.contact else ""


class Decision(CaseRecord):
    """One thing a meeting decided, as it is read back from the minutes."""

    data_class = "meetings"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", editable=False)
    text = models.CharField("decision", max_length=400)

    class Meta:
        ordering = ("created_at",)

    def __str__(self) -> str:
        return self.text


class TaskQuerySet(CaseQuerySet["Task"]):
    """Tasks from meetings."""

    def open(self) -> Self:
        """Not done yet."""
        return self.filter(done_at__isnull=True)


class Task(CaseRecord):
    """Something a meeting asked one seat to do by a day."""

    data_class = "meetings"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks", editable=False)
    text = models.CharField("task", max_length=300, help_text="No names of candidates.")
    owner_seat = models.CharField("who", max_length=20, choices=list(policy.SEATS.items()))
    due_on = models.DateField("by")
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects: ClassVar = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "created_at")
        constraints = [
            models.CheckConstraint(
                name="task_done_by_somebody",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_at is None and self.due_on < today
