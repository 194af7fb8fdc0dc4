"""Reviews of the review and what they concluded about each player."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dmi.core.models import CaseRecord
from dmi.people.models import Player


class ReviewSession(CaseRecord):
    """A review at which officers went through the list person by person."""

    data_class = "review_minutes"

    held_on = models.DateField(default=timezone.localdate)
    room = models.CharField(max_length=120, blank=True)
    agenda = models.TextField(max_length=1000, blank=True)
    facilitator = models.CharField("led by", max_length=160, blank=True)
    hides_names = models.BooleanField(
        "names hidden: code numbers only", default=False,
        help_text="Tick this when the data-use agreement lets the research partner work with code numbers only.",
    )  # fmt: skip
    officers = models.JSONField("officers present", default=list, help_text="Names and units, a line each.")
    notes = models.TextField(max_length=4000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-held_on",)

    def __str__(self) -> str:
        return f"Incident review of {self.held_on}"


class PlayerReview(CaseRecord):
    """What one review concluded about one player, with the reason."""

    data_class = "review_minutes"
    joins_on_merge = True
    may_stay_on_merge = True  # the minutes of a review show it under the number said there

    class Outcome(models.TextChoices):
        KEEP = "keep", "Keep"
        DROP = "drop", "Drop"
        MORE = "more", "Need more"

    session = models.ForeignKey(ReviewSession, models.PROTECT, related_name="reviews")
    player = models.ForeignKey(Player, models.PROTECT, related_name="reviews")
    outcome = models.CharField(max_length=5, choices=Outcome)
    reason = models.CharField(max_length=600)

    class Meta:
        ordering = ("player__number",)
        constraints = [
            models.UniqueConstraint(fields=("session", "player"), name="reviewed_once_a_sitting"),
            models.CheckConstraint(name="review_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.player.number}: {self.get_outcome_display()}"
