"""Visits in small groups: planned, made, what was said, what was promised, and the contact afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from callin.outreach.models.families import Influential, Language
from dmi.core.models import CaseRecord


class Answer(models.TextChoices):
    """Whether somebody will come to the call-in."""

    YES = "yes", "Will come"
    MAYBE = "maybe", "Perhaps"
    NO = "no", "Will not come"


class Visit(CaseRecord):
    """A pair's visit to one person: planned first, then closed with its outcome."""

    data_class = "visit_log"

    class Outcome(models.TextChoices):
        TALKED = "talked", "Talked"
        DECLINED = "declined", "Did not wish to talk"
        AWAY = "away", "Nobody home"
        MOVED = "moved", "No longer lives there"
        CALLED_OFF = "off", "Called off"

    influential = models.ForeignKey(Influential, models.PROTECT, related_name="visits")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    neighbor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    planned_on = models.DateField("day of the visit")
    planned_time = models.TimeField("time", null=True, blank=True)
    meet_at = models.CharField("where the pair meets", max_length=160, blank=True)
    closed_on = models.DateField("day it took place", null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    language = models.CharField("language spoken", max_length=2, choices=Language, default=Language.ENGLISH)
    explained_goals = models.BooleanField("We explained what the initiative is for", default=False)
    asked_for_help = models.BooleanField("We asked them to help ask the candidate to stop", default=False)
    asked_to_come = models.BooleanField("We asked them to come to the call-in", default=False)
    will_come = models.CharField("will they come", max_length=6, choices=Answer, blank=True)
    said = models.TextField("what was said", max_length=2000, blank=True)
    follow_up_on = models.DateField("contact them again by", null=True, blank=True)

    class Meta:
        ordering = ("-planned_on", "-created_at")
        constraints = [
            models.CheckConstraint(name="visit_by_two", condition=~Q(officer=F("neighbor"))),
            models.CheckConstraint(
                name="visit_closed_whole",
                condition=Q(closed_on__isnull=True, outcome="") | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                violation_error_message="Say on which day it took place and how it went.",
            ),
            models.CheckConstraint(
                name="visit_words_need_a_talk",
                condition=Q(outcome="talked")
                | Q(explained_goals=False, asked_for_help=False, asked_to_come=False, will_come=""),
                violation_error_message="Only a visit at which you talked has ticks and an answer.",
            ),
            models.CheckConstraint(
                name="visit_answer_recorded",
                condition=Q(asked_to_come=False) | ~Q(will_come=""),
                violation_error_message="You asked them to come: record the answer.",
            ),
            models.UniqueConstraint(
                fields=("influential",),
                condition=Q(outcome=""),
                name="one_open_visit_a_person",
                violation_error_message="A visit to this person is planned already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Visit, {self.influential}"


class FollowUp(CaseRecord):
    """A contact after a visit: a call, a message, a word after church."""

    data_class = "visit_log"

    class How(models.TextChoices):
        PHONE = "phone", "Telephone"
        MESSAGE = "message", "Message"
        IN_PERSON = "person", "In person"

    influential = models.ForeignKey(Influential, models.PROTECT, related_name="follow_ups")
    contacted_on = models.DateField("on")
    how = models.CharField(max_length=8, choices=How)
    will_come = models.CharField("will they come", max_length=6, choices=Answer, blank=True)
    note = models.CharField("what was said", max_length=400, blank=True)

    class Meta:
        ordering = ("-contacted_on", "-created_at")

    def __str__(self) -> str:
        return f"Contact after the visit, {self.influential}"


class VisitNeed(CaseRecord):
    """Something promised so that somebody can come to the call-in: a ride, child care, an interpreter."""

    data_class = "visit_log"

    class Kind(models.TextChoices):
        RIDE = "ride", "Ride"
        CHILD_CARE = "child-care", "Child care"
        INTERPRETER = "interpreter", "Interpreter"
        ACCESS = "access", "Step-free access or a seat near the door"
        OTHER = "other", "Something else"

    influential = models.ForeignKey(Influential, models.PROTECT, related_name="needs")
    kind = models.CharField("what is needed", max_length=12, choices=Kind)
    detail = models.CharField(max_length=200, blank=True)
    arranged_by = models.CharField("who arranges it", max_length=120)
    due_on = models.DateField("arranged by the day")
    met_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("due_on", "created_at")
        constraints = [
            models.CheckConstraint(
                name="need_says_what",
                condition=~Q(kind="other") | ~Q(detail=""),
                violation_error_message="Say what is needed.",
            ),
            models.CheckConstraint(name="need_has_somebody", condition=~Q(arranged_by="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.influential}"
