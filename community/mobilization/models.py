"""Step 5: the plan of who reaches which part of the neighborhood, with what, and by when."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from dmi.cases import policy
from dmi.core.models import CaseRecord


class Audience(models.TextChoices):
    """A part of the community that is reached in its own way (5.3 to 5.8)."""

    RESIDENTS = "residents", "Residents of the area"
    LEADERS = "leaders", "Neighborhood leaders"
    BUSINESSES = "businesses", "Business owners"
    FAITH = "faith", "Faith members"
    COUNCIL = "council", "Mayor and council"


class Engagement(CaseRecord):
    """One thing the team does to win a part of the community: who does it, by when, and what came of it."""

    data_class = "meetings"

    class Kind(models.TextChoices):
        VISIT = "visit", "Door to door, or a visit"
        MEETING = "meeting", "Meeting"
        TALK = "talk", "Talk about past harm and trust"
        FLYER = "flyer", "Flyer or notice"
        ASK = "ask", "Ask for a voice, a room, a helper"

    audience = models.CharField("whom it reaches", max_length=10, choices=Audience)
    kind = models.CharField("what kind", max_length=8, choices=Kind)
    what = models.CharField(
        "what is done",
        max_length=300,
        help_text="No names of candidates or residents: everyone on the team reads this.",
    )
    owner_seat = models.CharField("who sees to it", max_length=20, choices=list(policy.SEATS.items()))
    due_on = models.DateField("by")
    done_on = models.DateField("done on", null=True, blank=True)
    outcome = models.CharField("what came of it", max_length=300, blank=True)
    people_reached = models.PositiveSmallIntegerField("people reached", null=True, blank=True)

    class Meta:
        ordering = ("due_on", "created_at")
        constraints = [
            models.CheckConstraint(
                name="engagement_done_with_outcome",
                condition=Q(done_on__isnull=True, outcome="", people_reached__isnull=True)
                | (Q(done_on__isnull=False) & ~Q(outcome="")),
                violation_error_message="Say on which day it was done and what came of it.",
            )
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """The plan on which it stands."""
        return reverse("mobilization:plan", args=[self.case_id])

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_on is None and self.due_on < today
