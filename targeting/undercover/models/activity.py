"""Activity documented in any other way than a buy: surveillance, a stop, a tip that was borne out."""

from __future__ import annotations

from django.contrib.gis.db import models
from django.db.models import Q

from dmi.core.models import CaseRecord
from dmi.evidence.models import MediaItem
from dmi.people.models import Player


class Observation(CaseRecord):
    """Something seen or learned about a player's dealing, with its source and its date."""

    data_class = "police_contacts"
    joins_on_merge = True

    class Kind(models.TextChoices):
        SURVEILLANCE = "surveillance", "Surveillance"
        CAMERA = "camera", "Camera"
        STOP = "stop", "Stop or search"
        TIP = "tip", "Tip, borne out"
        SEIZURE = "seizure", "Seizure"
        OTHER = "other", "Other"

    player = models.ForeignKey(Player, models.PROTECT, related_name="observations")
    kind = models.CharField(max_length=12, choices=Kind)
    seen_at = models.DateTimeField("when")
    place = models.CharField("where", max_length=200, blank=True)
    point = models.PointField(srid=4326, null=True, blank=True, editable=False)
    source = models.CharField(max_length=200)
    report_number = models.CharField(max_length=40, blank=True)
    summary = models.TextField("what was seen", max_length=2000)
    item = models.ForeignKey(
        MediaItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="photograph or recording"
    )

    class Meta:
        ordering = ("-seen_at",)
        indexes = [models.Index(fields=("player", "-seen_at"), name="observation_timeline")]
        constraints = [
            models.CheckConstraint(
                name="observation_has_a_source", condition=~Q(source=""),
                violation_error_message="Say where it comes from.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.player.number}"
