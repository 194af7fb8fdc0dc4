"""What officers and residents answered, and apart from it who a resident was."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dmi.core.fields import EncryptedTextField
from dmi.core.models import CaseRecord
from targeting.survey.models.campaign import CommunityLink
from targeting.survey.models.questions import QuestionSet


class Interview(CaseRecord):
    """One officer's answers: street, probation and parole, or vice and narcotics."""

    data_class = "officer_survey"

    class Group(models.TextChoices):
        STREET = "street", "Street officers"
        PROBATION = "probation", "Probation and parole officers"
        VICE = "vice", "Vice and narcotics officers"

    group = models.CharField("asked as", max_length=12, choices=Group)
    officer_name = models.CharField("who answered", max_length=120)
    officer_unit = models.CharField("unit or beat", max_length=120, blank=True)
    held_on = models.DateField("answered on", default=timezone.localdate)
    question_set = models.ForeignKey(QuestionSet, models.PROTECT, null=True, editable=False, related_name="+")
    answers = models.JSONField(default=dict, blank=True, help_text="Question code to answer, as given.")

    class Meta:
        ordering = ("-held_on", "officer_name", "id")
        constraints = [models.CheckConstraint(name="interview_names_the_officer", condition=~Q(officer_name=""))]

    def __str__(self) -> str:
        return f"{self.get_group_display()}, {self.held_on}"


class CommunityReply(CaseRecord):
    """What a resident or community member handed in; who it was is stored elsewhere, if at all."""

    data_class = "community_tips"

    class Channel(models.TextChoices):
        MEETING = "meeting", "At a meeting"
        PAPER = "paper", "On paper"
        ONLINE = "online", "Through the link"
        PHONE = "phone", "By telephone"

    channel = models.CharField("how it came in", max_length=10, choices=Channel)
    received_on = models.DateField(default=timezone.localdate)
    language = models.CharField(max_length=2, default="en", choices=[("en", "English"), ("es", "Spanish")])
    link = models.ForeignKey(CommunityLink, models.PROTECT, null=True, editable=False, related_name="replies")
    once = models.UUIDField(null=True, unique=True, editable=False, help_text="Stops a second press from counting.")
    question_set = models.ForeignKey(QuestionSet, models.PROTECT, null=True, editable=False, related_name="+")
    answers = models.JSONField(default=dict, blank=True, help_text="Question code to answer, as given.")

    class Meta:
        ordering = ("-received_on", "id")
        verbose_name_plural = "community replies"

    def __str__(self) -> str:
        return f"Community reply, {self.received_on}"


class TipSource(CaseRecord):
    """Who a community reply came from, when the person wished to say so: encrypted, and read in no daily work."""

    data_class = "tip_sources"

    reply = models.OneToOneField(CommunityReply, models.PROTECT, related_name="source")
    full_name = EncryptedTextField(max_length=120)
    reached_at = EncryptedTextField(max_length=160, blank=True)

    def __str__(self) -> str:
        return "Source of a community reply"
