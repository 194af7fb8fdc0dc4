"""Whom and which addresses an interview or a reply named."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dmi.core.models import CaseRecord
from dmi.people.models import Player
from dmi.places.models import Place
from targeting.survey.models.answers import CommunityReply, Interview

ONE_SOURCE = Q(interview__isnull=True, reply__isnull=False) | Q(interview__isnull=False, reply__isnull=True)


class Nomination(CaseRecord):
    """A player was named in one interview or one community reply, with the reason given."""

    data_class = "player_list"
    joins_on_merge = True
    may_stay_on_merge = True  # `nominations_of` reads those of merged entries too

    class Role(models.TextChoices):
        NOT_SAID = "", "Not said"
        SELLER = "seller", "Sells in the street"
        HELPER = "helper", "Runs, holds or looks out"
        HOUSE = "house", "Sells from a house"
        SUPPLIER = "supplier", "Supplies others"

    class Known(models.TextChoices):
        NOT_SAID = "", "Not said"
        SEEN = "seen", "Saw it"
        REPORT = "report", "From a report or arrest"
        SUPERVISED = "supervised", "From supervision"
        TOLD = "told", "Was told"

    player = models.ForeignKey(Player, models.PROTECT, related_name="nominations")
    interview = models.ForeignKey(Interview, models.PROTECT, null=True, blank=True, related_name="nominations")
    reply = models.ForeignKey(CommunityReply, models.PROTECT, null=True, blank=True, related_name="nominations")
    why = models.CharField("what was said", max_length=600)
    where_seen = models.CharField("where", max_length=200, blank=True)
    role = models.CharField("what he or she does", max_length=10, choices=Role, blank=True)
    known = models.CharField("how it is known", max_length=10, choices=Known, blank=True)
    seen_on = models.DateField("last seen dealing", null=True, blank=True)

    class Meta:
        ordering = ("player__number", "created_at")
        constraints = [
            models.CheckConstraint(name="nomination_has_one_source", condition=ONE_SOURCE),
            models.UniqueConstraint(fields=("interview", "player"), name="named_once_an_interview"),
            models.UniqueConstraint(fields=("reply", "player"), name="named_once_a_reply"),
        ]

    def __str__(self) -> str:
        return f"{self.player.number} named"


class AddressMention(CaseRecord):
    """A key address was named in one interview or one community reply, with what was said."""

    data_class = "key_addresses"

    place = models.ForeignKey(Place, models.PROTECT, related_name="mentions")
    interview = models.ForeignKey(Interview, models.PROTECT, null=True, blank=True, related_name="mentions")
    reply = models.ForeignKey(CommunityReply, models.PROTECT, null=True, blank=True, related_name="mentions")
    why = models.CharField("what was said", max_length=400)

    class Meta:
        ordering = ("created_at",)
        constraints = [
            models.CheckConstraint(name="mention_has_one_source", condition=ONE_SOURCE),
            models.UniqueConstraint(fields=("interview", "place"), name="address_once_an_interview"),
            models.UniqueConstraint(fields=("reply", "place"), name="address_once_a_reply"),
        ]

    def __str__(self) -> str:
        return "Address named"
