"""What a person decided about an address whose place was found but is doubtful."""

from __future__ import annotations

from django.contrib.gis.db import models

from dmi.core.models import CaseRecord


class PlaceDecision(CaseRecord):
    """One address of the files and where its incidents lie, as somebody decided who looked; later files follow it."""

    data_class = "incident_points"

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "Accepted as found"
        MOVED = "moved", "Another place chosen"
        UNLOCATED = "unlocated", "Left without a location"

    address = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    point = models.PointField(srid=4326, null=True, blank=True, spatial_index=False)
    method = models.CharField(max_length=40, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("-updated_at",)
        constraints = [
            models.UniqueConstraint(fields=("case", "address"), name="address_decided_once"),
            models.CheckConstraint(
                name="decided_place_has_a_point",
                condition=models.Q(kind="unlocated", point__isnull=True)
                | (~models.Q(kind="unlocated") & models.Q(point__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.address
