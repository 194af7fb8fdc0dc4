"""Step 2: who was asked, what they answered, and whom they named."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dmi.core.models import CaseRecord
from dmi.people.models import Player


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
    answers = models.JSONField(default=dict, blank=True, help_text="Question code to answer, as typed.")

    class Meta:
        ordering = ("-held_on", "officer_name")
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
    answers = models.JSONField(default=dict, blank=True, help_text="Question code to answer, as typed.")

    class Meta:
        ordering = ("-received_on", "id")
        verbose_name_plural = "community replies"

    def __str__(self) -> str:
        return f"Community reply, {self.received_on}"


class TipSource(CaseRecord):
    """Who a community reply came from, when the person wished to say so: read by nobody in daily work."""

    data_class = "tip_sources"

    reply = models.OneToOneField(CommunityReply, models.PROTECT, related_name="source")
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return "Source of a community reply"


class Nomination(CaseRecord):
    """A player was named in one interview or one community reply, with the reason given."""

    data_class = "player_list"

    player = models.ForeignKey(Player, models.PROTECT, related_name="nominations")
    interview = models.ForeignKey(Interview, models.PROTECT, null=True, blank=True, related_name="nominations")
    reply = models.ForeignKey(CommunityReply, models.PROTECT, null=True, blank=True, related_name="nominations")
    why = models.CharField("what was said", max_length=600)
    where_seen = models.CharField("where", max_length=200, blank=True)

    class Meta:
        ordering = ("player__number", "created_at")
        constraints = [
            models.CheckConstraint(
                name="nomination_has_one_source",
                condition=Q(interview__isnull=True, reply__isnull=False)
                | Q(interview__isnull=False, reply__isnull=True),
            ),
            models.UniqueConstraint(fields=("interview", "player"), name="named_once_an_interview"),
            models.UniqueConstraint(fields=("reply", "player"), name="named_once_a_reply"),
        ]

    def __str__(self) -> str:
        return f"{self.player.number} named"
